"""Workers are counted, a county closes its survey, an enterprise says whether it wants a union."""

from typing import ClassVar

from contracts.enterprise.registration import EnterpriseEvent
from contracts.enterprise.words import SizeClass, Will
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, Headcount, RegionCode, UnionId


class EnterpriseSurveyed(EnterpriseEvent):
    """Its workers were counted (摸底); those with a labour contract count for the rates from that day on."""

    VERSION: ClassVar[int] = 2

    labour_contracts: Headcount
    """Workers with a labour contract (劳动合同)."""
    dispatched: Headcount
    """Dispatched workers (劳务派遣) who work there; their contracts are with an agency."""
    size_class: SizeClass | None
    surveyed_on: Day


class WillStated(EnterpriseEvent):
    """It said whether it wants a union; a willing one is visited by `visit_due_on`."""

    will: Will
    stated_on: Day
    visit_due_on: Day | None
    provisional: bool
    """The due day may move: no official working-day arrangement is known yet."""


class SurveyClosed(Event):
    """A county's survey is finished; those on its list that day are its baseline (摸底底册).

    A long list is told in several events, one right after the other: `part` of `parts`, from 1 on.
    """

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "survey-{county}"

    county: RegionCode
    union: UnionId
    closed_on: Day
    enterprises: tuple[CreditCode, ...]
    part: int
    parts: int


class BaselineEntered(Event):
    """It stands on its county's baseline, with as many workers as were known when the survey was closed."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "baseline-{enterprise}"

    enterprise: CreditCode
    county: RegionCode
    closed_on: Day
