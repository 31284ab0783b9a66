"""When is a month sealed, who returns or accepts it, and what can't be changed any more?"""

from datetime import date
from pathlib import Path

import pytest

from contracts.event import Event
from contracts.projection import ReportAccepted, ReportReturned, ReportSealed, ReturnReason
from eventing.decision import Command
from eventing.execution import Order
from eventing.fold import fold_in_memory
from eventing.refusal import Refused
from eventing.shell.texts import LANGUAGES, Texts
from services.projection import app
from services.projection.commands import AcceptReport, ReturnReport, SealReport
from services.projection.decider import DECISIONS, REPORT
from services.projection.views import REPORTS, ReportRow, ReportState
from tests.support.given import Scenario, fold
from tests.support.sample_reports import ACCEPTED, RETURNED, SEALED

TODAY = date(2025, 6, 3)
COUNTY, MONTH, UP, PROVINCE = "610102", "2025-05", "u-610100", "u-610000"

given = Scenario(DECISIONS, TODAY).given


def seal(month: str = MONTH, report: ReportSealed = SEALED, region: str = COUNTY) -> SealReport:
    return SealReport(region=region, month=month, sources=report.sources, figures=report.figures, since=report.since)


def send_back(edition: int = 1, reason: ReturnReason = ReturnReason.ENTRIES_MISSING) -> ReturnReport:
    return ReturnReport(region=COUNTY, month=MONTH, edition=edition, reason=reason)


def accept(edition: int = 1) -> AcceptReport:
    return AcceptReport(region=COUNTY, month=MONTH, edition=edition)


def returned(on: date = TODAY, by: str = UP) -> ReportReturned:
    return RETURNED.model_copy(update={"returned_on": on, "by": by})


def accepted(edition: int = 1, by: str = UP) -> ReportAccepted:
    return ACCEPTED.model_copy(update={"edition": edition, "accepted_on": TODAY, "by": by})


def test_a_month_is_sealed_as_the_board_stood_and_sent_to_the_union_next_up() -> None:
    given().when(seal()).then(SEALED)


def test_the_month_has_to_be_over() -> None:
    given().when(seal(), on=date(2025, 5, 31)).refused("month_not_over", "month", last_day=date(2025, 5, 31))
    given().when(seal(), on=date(2025, 6, 1)).then(...)


def test_a_february_ends_when_it_does() -> None:
    given().when(seal("2024-02"), on=date(2024, 2, 29)).refused("month_not_over", "month")
    given().when(seal("2024-02"), on=date(2024, 3, 1)).then(...)


def test_what_is_sealed_stays_whatever_the_board_says_by_now() -> None:
    later = SEALED.model_copy(update={"figures": ()})
    given(SEALED).when(seal(report=later)).nothing_new()
    given(SEALED, accepted()).when(seal(report=later)).nothing_new()


def test_after_a_return_it_is_sealed_again_as_a_further_edition() -> None:
    given(SEALED, RETURNED).when(seal()).then(SEALED.model_copy(update={"edition": 2}))


def test_a_region_that_no_union_looks_after_has_no_report() -> None:
    given().when(seal(region="110105")).refused("region_without_union", "region")


def test_shihezis_report_goes_to_the_division_that_its_union_answers_to() -> None:
    (sealed,) = given().when(seal(region="659001")).decide()
    assert isinstance(sealed, ReportSealed)
    assert sealed.sent_to == "u-xpcc-8"


def test_the_regions_union_seals_and_the_union_next_up_answers() -> None:
    assert given().when(seal()).owner() == "u-610102"
    assert given(SEALED).when(send_back()).owner() == UP
    assert given(SEALED).when(accept()).owner() == UP


def test_it_is_returned_with_a_reason_or_accepted() -> None:
    given(SEALED).when(send_back(), acting=UP).then(returned())
    given(SEALED).when(accept(), acting=PROVINCE).then(accepted(by=PROVINCE))


@pytest.mark.parametrize("command", [send_back(), accept()])
def test_what_was_not_sealed_can_not_be_answered(command: Command) -> None:
    given().when(command).refused("report_unknown", "month")


def test_the_same_answer_again_is_nothing_new() -> None:
    given(SEALED, RETURNED).when(send_back()).nothing_new()
    given(SEALED, accepted()).when(accept()).nothing_new()


def test_another_answer_is_refused() -> None:
    given(SEALED, RETURNED).when(send_back(reason=ReturnReason.FIGURES_DOUBTED)).refused("report_returned", "month")
    given(SEALED, RETURNED).when(accept()).refused("report_returned", "month", by=UP)
    given(SEALED, accepted()).when(send_back()).refused("report_accepted", "month", by=UP)


def test_an_answer_is_about_the_edition_that_was_read() -> None:
    again = SEALED.model_copy(update={"edition": 2})
    for answer in (accept(1), send_back(1)):
        given(SEALED, RETURNED, again).when(answer).refused("report_other_edition", "edition", last=2)
    given(SEALED, RETURNED, again).when(accept(2)).then(accepted(2))


def test_a_repeat_is_the_same_command_whatever_the_board_says_by_now() -> None:
    """Mechanism: what the desk adds is excluded from the command's text, of which the fingerprint is made."""

    def fingerprint(command: Command) -> str:
        return Order(command, actor="p-1", key="k", union=None, correlation="c", causation="c").fingerprint

    assert fingerprint(seal()) == fingerprint(seal(report=SEALED.model_copy(update={"figures": (), "since": ()})))
    assert fingerprint(seal()) != fingerprint(seal("2025-04"))


def test_every_refusal_has_its_text_with_its_facts_in_both_languages() -> None:
    texts = Texts(Path(app.__file__).parent)
    again = SEALED.model_copy(update={"edition": 2})
    refused = [
        refusal((), seal("2025-06")),
        refusal((), seal(region="110105")),
        refusal((), accept()),
        refusal((SEALED, RETURNED, again), accept(1)),
        refusal((SEALED, RETURNED), accept()),
        refusal((SEALED, accepted()), send_back()),
    ]
    for language in LANGUAGES:
        for each in refused:
            text = texts.text(each.code, language, each.facts)
            assert "{" not in text.title + text.detail
            assert "—" not in text.detail


def refusal(history: tuple[Event, ...], command: Command) -> Refused:
    with pytest.raises(Refused) as caught:
        given(*history).when(command).decide()
    return caught.value


def test_a_life_that_cannot_be_is_not_folded() -> None:
    with pytest.raises(ValueError, match="ReportAccepted can't follow NotSealed"):
        fold(REPORT.of(f"{COUNTY}-{MONTH}"), [accepted()])
    with pytest.raises(ValueError, match="ReportSealed can't follow Sealed"):
        fold(REPORT.of(f"{COUNTY}-{MONTH}"), [SEALED, SEALED])
    with pytest.raises(ValueError, match="ReportSealed can't follow Returned"):
        fold(REPORT.of(f"{COUNTY}-{MONTH}"), [SEALED, RETURNED, SEALED])


def test_each_edition_stays_on_the_list_as_it_was_sealed() -> None:
    again = SEALED.model_copy(update={"edition": 2, "figures": SEALED.figures[:1]})
    history: tuple[Event, ...] = (SEALED, RETURNED, again, accepted(2))
    rows: list[ReportRow] = [row for _, row in sorted(fold_in_memory(REPORTS, history)[0].items())]
    assert [(row.edition, row.state, row.reason) for row in rows] == [
        (1, ReportState.RETURNED, ReturnReason.ENTRIES_MISSING),
        (2, ReportState.ACCEPTED, None),
    ]
    assert [ReportSealed.model_validate_json(row.sealed) for row in rows] == [SEALED, again]
