"""The list of monthly reports (月报台账): a row for each edition, with what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.projection import ReportAccepted, ReportEvent, ReportReturned, ReportSealed, ReturnReason
from eventing.fold import Fold, replace


class ReportState(StrEnum):
    """How far a report is."""

    SEALED = "sealed"
    """It lies with the union next up."""
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One edition of a region's report of a month; the last one counts."""

    report: str
    """Region, month and edition."""
    region: str
    month: str
    edition: int
    state: ReportState
    union_id: str
    """The region's union, which sealed it."""
    sent_to: str
    """The union next up, which accepts or returns it."""
    sealed_on: date
    sealed: str
    """`ReportSealed` as it was published, in JSON: exactly what was sealed."""
    reason: ReturnReason | None = None
    """Why it was returned."""
    answered_by: str | None = None
    """The union that returned or accepted it."""
    answered_on: date | None = None


def _key(event: ReportEvent) -> str:
    return f"{event.region}-{event.month}-{event.edition:04}"  # in the order of sealing


def _apply(row: ReportRow | None, event: ReportEvent) -> ReportRow:
    if isinstance(event, ReportSealed):
        return ReportRow(
            report=_key(event),
            region=event.region,
            month=event.month,
            edition=event.edition,
            state=ReportState.SEALED,
            union_id=event.union,
            sent_to=event.sent_to,
            sealed_on=event.sealed_on,
            sealed=event.model_dump_json(),
        )
    assert row is not None, "an edition begins with its seal"
    match event:
        case ReportReturned():
            return replace(
                row,
                state=ReportState.RETURNED,
                reason=event.reason,
                answered_by=event.by,
                answered_on=event.returned_on,
            )
        case ReportAccepted():
            return replace(row, state=ReportState.ACCEPTED, answered_by=event.by, answered_on=event.accepted_on)


REPORTS = Fold(
    name="reports",
    row=ReportRow,
    events=(ReportSealed, ReportReturned, ReportAccepted),
    key=_key,
    apply=_apply,
    indexes=(("region", "month", "edition"),),
)

VIEWS: tuple[Fold, ...] = (REPORTS,)
