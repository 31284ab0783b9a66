"""A log that begins in version 1 of an event and goes on in version 2: everything that stands on it goes on."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import astuple

from contracts import calendar, catalogue, cloudevent, enterprise_v1
from contracts.cloudevent import Sealed, UnknownType, decode, type_of
from contracts.enterprise import EnterpriseSurveyed, SizeClass
from contracts.event import Event
from contracts.upcasting import chains, reader
from eventing import known
from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.deadline_table import DeadlineTable
from eventing.deadlines import CalendarDays, Deadline, Start
from eventing.decision import Command
from eventing.embedded import MockBroker
from eventing.execution import Execution, Order
from eventing.fold import Fold, fold_in_memory
from eventing.policies import Policy
from eventing.reactions import PolicySink
from eventing.read_models import BuildSink
from eventing.reader.reader import Reader, Sink
from eventing.store.postgres import PostgresStore
from eventing.views import open_view
from services.enterprise.commands import EnterpriseCommand, StateWill, SurveyEnterprise
from services.enterprise.decider import DECISIONS
from services.enterprise.views.enterprises import ENTERPRISES
from services.projection.scoreboard import SCOREBOARD
from tests.support.building import fresh_build
from tests.support.cloudevents_sdk import read_structured
from tests.support.logs import LogUnderTest
from tests.support.old_log import BAKERY, MACHINES, OLD_LOG, SOURCE, restore
from tests.support.reading import NO_BROKER, LogFeed, Process, position, seal_all
from tests.support.toy import Apply, StandingClock, execution

V1, V2 = "gonglian.enterprise.EnterpriseSurveyed.v1", "gonglian.enterprise.EnterpriseSurveyed.v2"
DAY = date(2025, 5, 6)
NEXT_DAY = StandingClock(datetime(2025, 5, 7, 9, tzinfo=UTC))
SCHEMAS = "https://gonglian.example/schemas"


def survey(enterprise: str, labour_contracts: int, dispatched: int, size: SizeClass | None) -> EnterpriseSurveyed:
    return EnterpriseSurveyed(
        enterprise=enterprise,
        labour_contracts=labour_contracts,
        dispatched=dispatched,
        size_class=size,
        surveyed_on=DAY,
    )


# The bakery's survey stays as version 1 told it: whoever skipped that version would have none.
AFTER_THE_UPGRADE: tuple[EnterpriseCommand, ...] = (
    SurveyEnterprise(enterprise=MACHINES, headcount=99, dispatched=40, size_class=SizeClass.MEDIUM, surveyed_on=DAY),
    StateWill(enterprise=BAKERY, will="refusing", stated_on=DAY),
)


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    """The log that the older release left behind."""
    log = LogUnderTest(pool, dsn, broker.address)
    log.source = SOURCE
    await pool.execute("insert into head (source) values ($1)", SOURCE)
    await restore(log)
    return log


@pytest.fixture
async def own(own_dsn: str) -> AsyncIterator[Pool]:
    own = await open_pool(own_dsn, "consumer", 5)
    await migrate(own, SPINE)
    yield own
    await own.close()


async def go_on(log: LogUnderTest) -> list[Sealed]:
    """The service of today takes the log over: opens its view, decides on old streams; the whole log."""
    store = PostgresStore(log.pool, [await open_view(log.pool, ENTERPRISES)])
    today = Execution(store, DECISIONS, SOURCE, NEXT_DAY, SCHEMAS)
    for number, command in enumerate(AFTER_THE_UPGRADE):
        await today.carry_out(Order(command, "p-1a2b3c4d", f"new{number}", None, "c", "c"))
    return await seal_all(log)


async def read_all(log: LogUnderTest, own: Pool, own_dsn: str, sink: Sink, name: str) -> int:
    """Read the log to its head; the position that the reader came to."""
    consumer: Reader = Process(log, own, own_dsn, NO_BROKER).reader(sink, name)
    await consumer.begin()
    await consumer.take_run(await LogFeed(log.pool).after(consumer.position.sequence))
    return await position(own, name)


def as_if_all_were_new(sealed: Sequence[Sealed]) -> list[Event]:
    """The same facts without an upcaster: what a log would hold that was written in version 2 from the start."""
    surveys = iter(
        [
            survey(MACHINES, 120, 0, SizeClass.MEDIUM),
            survey(BAKERY, 49, 0, None),
            survey(MACHINES, 99, 40, SizeClass.MEDIUM),
        ]
    )
    return [next(surveys) if type_of(one.text) in (V1, V2) else decode(one.text).event for one in sealed]


async def test_the_log_goes_on_in_version_2_and_keeps_the_bytes_of_version_1(log: LogUnderTest) -> None:
    """Mechanism: the newest version is written, nothing is written anew; feed and SDK give both as they stand."""
    sealed = await go_on(log)
    assert [one.text for one in sealed[: len(OLD_LOG)]] == list(OLD_LOG)
    assert [type_of(one.text) for one in sealed if "Surveyed" in type_of(one.text)] == [V1, V1, V2]
    read = [read_structured(one.text, [("content-type", b"application/cloudevents+json")]) for one in sealed]
    data: list[Any] = [one.get_data() for one in read if one.get_type() in (V1, V2)]
    assert [(one.get("headcount"), one.get("labour_contracts"), one.get("dispatched")) for one in data] == [
        (120, None, None),
        (49, None, None),
        (None, 99, 40),
    ]


async def test_the_same_survey_again_is_nothing_new_though_it_was_written_in_version_1(log: LogUnderTest) -> None:
    """Mechanism: the store decodes a stream's history in the newest version, so a decision over it is the same."""
    today = Execution(PostgresStore(log.pool), DECISIONS, SOURCE, NEXT_DAY, SCHEMAS)
    again = SurveyEnterprise(enterprise=MACHINES, headcount=120, size_class=SizeClass.MEDIUM, surveyed_on=DAY)
    assert (await today.carry_out(Order(again, "p-1a2b3c4d", "again", None, "c", "c"))).events == ()


@pytest.mark.parametrize(
    ("size_class", "fingerprint"),
    [
        (None, "7a476a29dff82c65adf7bd2dfb51215c8d4857e65e640b2f783ba4d42f50fc04"),
        (SizeClass.MEDIUM, "90895e108ae36f4fb74c10e5fd746dbf30373af961e2582887b6ba52890a87aa"),
    ],
)
def test_a_command_sent_before_the_upgrade_and_again_after_it_is_the_same_command(
    size_class: SizeClass | None, fingerprint: str
) -> None:
    """Mechanism: `exclude_if` keeps a field that came later out of the fingerprint while nobody uses it.

    The fingerprints are those that the older release kept with its answers.
    """
    command = SurveyEnterprise(enterprise=MACHINES, headcount=120, size_class=size_class, surveyed_on=DAY)
    assert Order(command, "p-1a2b3c4d", "old2", None, "c", "c").fingerprint == fingerprint
    told = command.model_copy(update={"dispatched": 1})
    assert Order(told, "p-1a2b3c4d", "old2", None, "c", "c").fingerprint != fingerprint


async def test_a_view_holds_what_it_would_hold_of_a_log_written_in_version_2(log: LogUnderTest) -> None:
    """Mechanism: a view that is folded anew, and one that goes on, get the newest version of every event."""
    sealed = await go_on(log)
    found = await log.pool.fetch("select * from view_enterprises order by enterprise")
    rows, _ = fold_in_memory(ENTERPRISES, as_if_all_were_new(sealed))
    assert [tuple(row) for row in found] == [
        tuple(getattr(rows[code], name) for name in row.keys())  # noqa: SIM118 (a record's keys)
        for code, row in zip(sorted(rows), found, strict=True)
    ]
    assert {row["enterprise"]: (row["headcount"], row["dispatched"]) for row in found} == {
        MACHINES: (99, 40),
        BAKERY: (49, 0),
    }


@pytest.mark.parametrize("upgraded_between", [False, True], ids=["at once", "with the upgrade in between"])
async def test_the_scoreboard_counts_as_if_all_were_version_2(
    log: LogUnderTest, own: Pool, own_dsn: str, upgraded_between: bool
) -> None:
    """Mechanism: a build's sink takes an event by the names of all its versions, and folds the newest."""
    build = await fresh_build(own, SCOREBOARD)
    if upgraded_between:
        assert await read_all(log, own, own_dsn, BuildSink(build), build.reader) == len(OLD_LOG)
    sealed = await go_on(log)
    assert await read_all(log, own, own_dsn, BuildSink(build), build.reader) == len(sealed)
    rows, cells = fold_in_memory(SCOREBOARD, as_if_all_were_new(sealed))
    async with own.acquire() as connection:
        assert {row.code: row for row in await build.table.matching(connection, {})} == rows
    counted = await own.fetch(f"select * from {build.table.cells}")
    assert {tuple(row)[:3]: tuple(row)[3:] for row in counted if any(tuple(row)[3:])} == {
        astuple(cell): astuple(measures) for cell, measures in cells.items() if any(astuple(measures))
    }


def then_apply(event: EnterpriseSurveyed) -> Sequence[Command]:
    return [Apply(enterprise=event.enterprise)]


async def test_a_policy_reacts_to_both_versions_each_once(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: a policy's sink takes its event by the names of all its versions; `when` sees the newest."""
    policy = Policy("grows", on=EnterpriseSurveyed, then=then_apply, when=lambda event: event.labour_contracts >= 49)
    store = PostgresStore(own)
    sealed = await go_on(log)
    for _ in range(2):
        sink = PolicySink([policy], store, execution(store), lambda: None)
        assert await read_all(log, own, own_dsn, sink, policy.name) == len(sealed)
    reacted = await own.fetch("select stream, count(*) as times from event group by 1 order by 1")
    assert [tuple(row) for row in reacted] == [(f"enterprise-{MACHINES}", 2), (f"enterprise-{BAKERY}", 1)]


async def test_a_clock_starts_by_either_version(log: LogUnderTest) -> None:
    """Mechanism: `opens` and `closes` of a deadline see the newest version of what is recorded."""
    again = Deadline(
        "count-again",
        CalendarDays(365),
        opens=lambda event: Start(event.enterprise, DAY) if isinstance(event, EnterpriseSurveyed) else None,
        closes=lambda _: None,
        then=lambda enterprise, _: Apply(enterprise=enterprise),
    )
    table = DeadlineTable([again], calendar.load())
    old = [decode(text) for text in OLD_LOG]
    async with log.pool.acquire() as connection:
        await table.fold_in(connection, old)
    assert await log.pool.fetchval("select count(*) from deadline") == 2


@dataclass(frozen=True, slots=True)
class OldRow:
    enterprise: str
    headcount: int


OLD_FOLD = Fold(
    "old",
    OldRow,
    (enterprise_v1.EnterpriseSurveyed,),
    key=lambda event: event.enterprise,
    apply=lambda _, event: OldRow(event.enterprise, event.headcount),
)


async def test_a_consumer_that_knows_version_1_only_goes_on(
    log: LogUnderTest, own: Pool, own_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mechanism: version 2 is another type: to an older consumer unknown, not junk, and not in its reader's way."""
    sealed = await go_on(log)
    newest = [kind for kind, steps in catalogue.CHAINS.items() if not steps and kind is not EnterpriseSurveyed]
    older = chains([*newest, enterprise_v1.EnterpriseSurveyed], ())
    monkeypatch.setattr(catalogue, "CHAINS", older)
    monkeypatch.setattr(known, "CHAINS", older)
    monkeypatch.setattr(cloudevent, "READERS", {kind.type_name(): reader(kind, ()) for kind in older})

    build = await fresh_build(own, OLD_FOLD)
    assert await read_all(log, own, own_dsn, BuildSink(build), build.reader) == len(sealed)
    found = await own.fetch(f"select * from {build.table.rows}")
    assert {row["enterprise"]: row["headcount"] for row in found} == {MACHINES: 120, BAKERY: 49}
    for one in sealed:
        if type_of(one.text) == V2:
            with pytest.raises(UnknownType, match=r"EnterpriseSurveyed\.v2"):
                decode(one.text)
