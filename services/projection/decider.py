"""When is a month's report sealed, and by whom is it returned or accepted? (docs/domain.md 10)"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.projection import ReportAccepted, ReportEvent, ReportReturned, ReportSealed
from contracts.unions import UnknownUnion
from eventing.decision import Decision, StreamKind, StreamRef
from eventing.moment import Moment
from eventing.refusal import Invalid, NotFound, Refused
from services.projection.commands import AcceptReport, ReportCommand, ReturnReport, SealReport


@dataclass(frozen=True, slots=True)
class NotSealed:
    """Nobody has sealed that month."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """It lies with the union next up."""

    report: ReportSealed


@dataclass(frozen=True, slots=True)
class Returned:
    """It is to be sealed again."""

    report: ReportSealed
    answer: ReportReturned


@dataclass(frozen=True, slots=True)
class Accepted:
    """The month is closed."""

    report: ReportSealed
    answer: ReportAccepted


Report = NotSealed | Sealed | Returned | Accepted


def evolve(state: Report, event: ReportEvent) -> Report:
    match state, event:
        case NotSealed(), ReportSealed(edition=1):
            return Sealed(event)
        case Returned(report), ReportSealed() if event.edition == report.edition + 1:
            return Sealed(event)
        case Sealed(report), ReportReturned():
            return Returned(report, event)
        case Sealed(report), ReportAccepted():
            return Accepted(report, event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


REPORT: StreamKind[Report] = StreamKind("report", NotSealed(), evolve)


def seal(command: SealReport, state: Report, moment: Moment) -> Sequence[ReportEvent]:
    must_be_over(command.month, moment)
    match state:
        case NotSealed():
            return [_sealed(command, 1, moment)]
        case Returned(report):
            return [_sealed(command, report.edition + 1, moment)]
        case Sealed() | Accepted():
            return []  # what is sealed stays as it is


def return_(command: ReturnReport, state: Report, moment: Moment) -> Sequence[ReportEvent]:
    match read := _read(command, command.edition, state):
        case Returned(_, answer) if answer.reason == command.reason:
            return []
        case Sealed(report):
            return [
                ReportReturned(
                    region=command.region,
                    month=command.month,
                    edition=command.edition,
                    reason=command.reason,
                    by=moment.acting or report.sent_to,
                    returned_on=moment.today,
                )
            ]
        case Returned() | Accepted():
            raise _answered(read)


def accept(command: AcceptReport, state: Report, moment: Moment) -> Sequence[ReportEvent]:
    match read := _read(command, command.edition, state):
        case Accepted():
            return []
        case Sealed(report):
            return [
                ReportAccepted(
                    region=command.region,
                    month=command.month,
                    edition=command.edition,
                    by=moment.acting or report.sent_to,
                    accepted_on=moment.today,
                )
            ]
        case Returned():
            raise _answered(read)


def last_day(month: str) -> date:
    """Of a month such as 2025-05."""
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


def must_be_over(month: str, moment: Moment) -> None:
    """Raises `Refused` for a month that still runs."""
    if moment.today <= last_day(month):
        raise Refused("month_not_over", "month", month=month, last_day=last_day(month), today=moment.today)


def responsible(command: SealReport, _: Report) -> str:
    """The region's own union seals its report; unions above it may."""
    return f"u-{command.region}"


def next_up(_: ReturnReport | AcceptReport, state: Report) -> str | None:
    """The union to which it was sent answers; unions above that may."""
    return None if isinstance(state, NotSealed) else state.report.sent_to


def _sealed(command: SealReport, edition: int, moment: Moment) -> ReportSealed:
    union = f"u-{command.region}"
    try:
        sent_to = moment.unions.parent(union, moment.today) or union
    except UnknownUnion as unknown:
        raise Invalid("region_without_union", "region", region=command.region) from unknown
    return ReportSealed(
        region=command.region,
        month=command.month,
        edition=edition,
        union=union,
        sent_to=sent_to,
        sources=command.sources,
        figures=command.figures,
        since=command.since,
        sealed_on=moment.today,
    )


def _read(command: ReportCommand, edition: int, state: Report) -> Sealed | Returned | Accepted:
    """The report, in the edition that was read. Another one may say something else."""
    if isinstance(state, NotSealed):
        raise NotFound("report_unknown", "month", region=command.region, month=command.month)
    if state.report.edition != edition:
        raise Refused("report_other_edition", "edition", edition=edition, last=state.report.edition)
    return state


def _answered(state: Returned | Accepted) -> Refused:
    match state:
        case Returned(_, answer):
            return Refused("report_returned", "month", by=answer.by, returned_on=answer.returned_on)
        case Accepted(_, answer):
            return Refused("report_accepted", "month", by=answer.by, accepted_on=answer.accepted_on)


def _report(command: ReportCommand) -> tuple[StreamRef, ...]:
    return (REPORT.of(f"{command.region}-{command.month}"),)


DECISIONS: tuple[Decision, ...] = (
    Decision((SealReport,), _report, seal, responsible),
    Decision((ReturnReport,), _report, return_, next_up),
    Decision((AcceptReport,), _report, accept, next_up),
)
