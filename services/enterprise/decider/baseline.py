"""When is a county's survey closed, and what stands on its baseline? (摸底结束、摸底底册)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.enterprise import BaselineEntered, SurveyClosed
from contracts.unions import UnknownUnion
from eventing.dates import must_have_happened
from eventing.decision import Rows, StreamKind
from eventing.moment import Moment
from eventing.places import must_be_a_county
from eventing.refusal import Invalid, Refused
from services.enterprise.commands import CloseSurvey, EnterOnBaseline
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow

PART = 100
"""So many enterprises at most in one event: what follows from it is one transaction, and that may take 30 s at most
(500 took 13 s on a busy machine of two cores)."""


@dataclass(frozen=True, slots=True)
class Open:
    """The county surveys."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Its baseline is frozen."""

    closed_on: date


CountySurvey = Open | Closed


def evolve(state: CountySurvey, event: SurveyClosed) -> CountySurvey:
    match state:
        case Open():
            return Closed(event.closed_on)
        case Closed(closed_on) if closed_on == event.closed_on:
            return state  # the next part of its list
        case Closed():
            raise ValueError("a survey is closed on one day")


SURVEY: StreamKind[CountySurvey] = StreamKind("survey", Open(), evolve)


@dataclass(frozen=True, slots=True)
class NotEntered:
    """On no baseline."""


@dataclass(frozen=True, slots=True)
class Entered:
    """On the baseline of one county, and it stays there."""

    entry: BaselineEntered


Baseline = NotEntered | Entered


def evolve_baseline(state: Baseline, event: BaselineEntered) -> Baseline:
    if isinstance(state, Entered):
        raise ValueError("an enterprise comes on one baseline")
    return Entered(event)


BASELINE: StreamKind[Baseline] = StreamKind("baseline", NotEntered(), evolve_baseline)


async def look(rows: Rows, command: CloseSurvey) -> Sequence[EnterpriseRow]:
    """The county's list."""
    return await rows.rows(ENTERPRISES, county=command.county)


def close(
    command: CloseSurvey, state: CountySurvey, listed: Sequence[EnterpriseRow], moment: Moment
) -> Sequence[SurveyClosed]:
    match state:
        case Closed(closed_on) if closed_on == command.closed_on:
            return []
        case Closed(closed_on):
            raise Refused("survey_closed", "closed_on", county=command.county, closed_on=closed_on)
        case Open():
            return _close(command, listed, moment)


def enter(command: EnterOnBaseline, state: Baseline, _: Moment) -> Sequence[BaselineEntered]:
    if isinstance(state, Entered):
        return []  # entered before, or it has moved here from a county whose survey was closed earlier
    return [BaselineEntered(enterprise=command.enterprise, county=command.county, closed_on=command.closed_on)]


def owner(command: CloseSurvey, _: CountySurvey) -> str:
    """The county's union; one that isn't in the directory is refused by the decision."""
    return f"u-{command.county}"


def _close(command: CloseSurvey, listed: Sequence[EnterpriseRow], moment: Moment) -> Sequence[SurveyClosed]:
    must_have_happened(command.closed_on, "closed_on", moment)
    must_be_a_county(command.county, command.closed_on)
    union = _union_of(command, moment)
    codes = tuple(row.enterprise for row in listed if _counts(row, command.closed_on))
    if not codes:
        raise Refused("nobody_surveyed", "county", county=command.county, closed_on=command.closed_on)
    parts = [codes[at : at + PART] for at in range(0, len(codes), PART)]
    return [
        SurveyClosed(
            county=command.county,
            union=union,
            closed_on=command.closed_on,
            enterprises=part,
            part=number,
            parts=len(parts),
        )
        for number, part in enumerate(parts, 1)
    ]


def _union_of(command: CloseSurvey, moment: Moment) -> str:
    try:
        return moment.unions.of_region(command.county, command.closed_on)
    except UnknownUnion as unknown:
        raise Invalid("county_without_union", "county", county=command.county, on=command.closed_on) from unknown


def _counts(row: EnterpriseRow, on: date) -> bool:
    """Whether it was registered and counted by that day, and active on it."""
    return (
        row.registered_on <= on
        and row.first_surveyed_on is not None
        and row.first_surveyed_on <= on
        and (row.ended_on is None or on < row.ended_on)
    )
