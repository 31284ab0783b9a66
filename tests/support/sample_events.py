"""A sample of every published event, old versions too, and a log that is sealed from samples."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from contracts import enterprise_v1
from contracts.cloudevent import GENESIS, Envelope, seal, tail, text_hash
from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    InstructorAssigned,
    InstructorEngaged,
    InstructorReleased,
    Ownership,
    SizeClass,
    UnionForm,
    VisitHeld,
    VisitOverdue,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from contracts.event import Event
from tests.support.sample_lives import LIVES
from tests.support.sample_reports import REPORTS
from tests.support.sample_stations import STATIONS

SOURCE = "/regions/610000/enterprise"
SCHEMAS = "https://gonglian.example/schemas"

_MACHINES = make_credit_code("91", "610102", 1)
_INSTRUCTOR = "p-7f3k9a2c"
_UNION, _UP = "u-610102", "u-610100"
_DAY = date(2025, 5, 20)
_LATER = date(2025, 7, 19)

SAMPLES: tuple[Event, ...] = (
    EnterpriseRegistered(
        enterprise=_MACHINES,
        name="西安示例机械有限公司",
        ownership=Ownership.PRIVATE,
        county="610102",
        union=_UNION,
        registered_on=_DAY,
    ),
    EnterpriseSurveyed(
        enterprise=_MACHINES, labour_contracts=120, dispatched=15, size_class=SizeClass.MEDIUM, surveyed_on=_DAY
    ),
    EnterpriseSurveyed(enterprise=_MACHINES, labour_contracts=0, dispatched=0, size_class=None, surveyed_on=_DAY),
    WillStated(enterprise=_MACHINES, will=Will.WILLING, stated_on=_DAY, visit_due_on=_LATER, provisional=True),
    WillStated(enterprise=_MACHINES, will=Will.REFUSING, stated_on=_DAY, visit_due_on=None, provisional=False),
    VisitHeld(enterprise=_MACHINES, held_on=_DAY, due_on=_LATER),
    VisitOverdue(enterprise=_MACHINES, due_on=_DAY, told=_UP),
    VisitOverdueWithdrawn(enterprise=_MACHINES, held_on=_DAY, due_on=_LATER),
    FoundingApplied(enterprise=_MACHINES, applied_on=_DAY),
    EnterpriseUnionized(
        enterprise=_MACHINES,
        form=UnionForm.OWN,
        members=85,
        own_committee=True,
        approved_on=_DAY,
        approved_by=_UNION,
        document="新工发〔2025〕12号",
    ),
    AccompanimentStarted(enterprise=_MACHINES, union=_UNION, approved_on=_DAY, ends_on=_LATER),
    InstructorAssigned(enterprise=_MACHINES, instructor=_INSTRUCTOR, assigned_on=_DAY),
    AccompanimentEnded(enterprise=_MACHINES, instructor=_INSTRUCTOR, ended_on=_LATER),
    AccompanimentEnded(enterprise=_MACHINES, instructor=None, ended_on=_LATER),
    InstructorEngaged(instructor=_INSTRUCTOR, enterprise=_MACHINES),
    InstructorReleased(instructor=_INSTRUCTOR, enterprise=_MACHINES),
    *LIVES,
    *REPORTS,
    *STATIONS,
)

OLD_SAMPLES: tuple[Event, ...] = (
    enterprise_v1.EnterpriseSurveyed(
        enterprise=_MACHINES, headcount=120, size_class=SizeClass.MEDIUM, surveyed_on=_DAY
    ),
    enterprise_v1.EnterpriseSurveyed(enterprise=_MACHINES, headcount=1_000_000, size_class=None, surveyed_on=_DAY),
)
"""Of each version that has a newer one."""


def an_envelope(version: int = 1, source: str = SOURCE) -> Envelope:
    """Business time in China to the second, machine time in UTC to the microsecond."""
    return Envelope(
        id=UUID(int=version, version=5),
        source=source,
        time=datetime(2025, 5, 20, 12, tzinfo=timezone(timedelta(hours=8))),
        recorded_at=datetime(2025, 5, 20, 4, 0, 1, 234567, UTC),
        version=version,
        correlation=str(UUID(int=7)),
        causation=str(UUID(int=8)),
        depth=2,
    )


def sealed_log(events: Iterable[Event] = SAMPLES, source: str = SOURCE) -> Iterator[bytes]:
    """The events as the texts of one log, from sequence 1 on."""
    prevhash = GENESIS
    for sequence, event in enumerate(events, 1):
        text = seal(tail(event, an_envelope(sequence, source), SCHEMAS), sequence, prevhash)
        prevhash = text_hash(text)
        yield text
