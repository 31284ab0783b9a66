"""The counties' baselines (摸底底册): who stood on the list when the survey was closed, beside the live list."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import BaselineEntered
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One enterprise on the baseline of its county of that day; it stays there, wherever it goes."""

    enterprise: str
    county: str
    closed_on: date


def _apply(row: BaselineRow | None, event: BaselineEntered) -> BaselineRow:
    return row or BaselineRow(event.enterprise, event.county, event.closed_on)


BASELINE = Fold(
    name="baseline",
    row=BaselineRow,
    events=(BaselineEntered,),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("county", "enterprise"),),
)
