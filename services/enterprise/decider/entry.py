"""What the list says of one enterprise: its particulars as they hold now, and its workers day by day."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.enterprise import (
    EnterpriseDescribed,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    NameAdjudicated,
    Ownership,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Its particulars; `registered` is the entry that put it on the list, whatever has changed since."""

    registered: EnterpriseRegistered
    name: str
    ownership: Ownership
    industry: str | None
    town: str | None
    parent: str | None
    described_on: date
    county: str
    union: str
    here_since: date
    """The day from which on it counts in this county: that of its registration, or of its last move."""
    adjudicated: tuple[NameAdjudicated, ...] = ()

    @classmethod
    def of(cls, registered: EnterpriseRegistered) -> "Entry":
        return cls(
            registered,
            name=registered.name,
            ownership=registered.ownership,
            industry=registered.industry,
            town=registered.town,
            parent=registered.parent,
            described_on=registered.registered_on,
            county=registered.county,
            union=registered.union,
            here_since=registered.registered_on,
        )

    @property
    def enterprise(self) -> str:
        return self.registered.enterprise

    @property
    def registered_on(self) -> date:
        return self.registered.registered_on

    def after(self, event: EnterpriseDescribed | EnterpriseMoved | NameAdjudicated) -> "Entry":
        match event:
            case EnterpriseDescribed():
                return replace(
                    self,
                    name=event.name,
                    ownership=event.ownership,
                    industry=event.industry,
                    town=event.town,
                    parent=event.parent,
                    described_on=event.described_on,
                )
            case EnterpriseMoved():  # a town belongs to its county, and stays behind
                return replace(self, county=event.county, union=event.union, here_since=event.moved_on, town=None)
            case NameAdjudicated():
                return replace(self, adjudicated=(*self.adjudicated, event))


@dataclass(frozen=True, slots=True)
class Counts:
    """Its workers on each day on which they were counted, in the order of these days, whenever they were entered."""

    by_day: tuple[EnterpriseSurveyed, ...] = ()

    @property
    def latest(self) -> EnterpriseSurveyed:
        """What holds now."""
        return self.by_day[-1]

    def after(self, count: EnterpriseSurveyed) -> "Counts":
        """Another count of the same day replaces the first one."""
        others = (each for each in self.by_day if each.surveyed_on != count.surveyed_on)
        return Counts(tuple(sorted((*others, count), key=lambda each: each.surveyed_on)))
