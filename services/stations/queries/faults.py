"""Faults (报修): one by its number, for whoever reported it; the list of an officer's union and those below it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.stations import DismissalReason, Equipment, FaultId, Symptom
from contracts.vocabulary import RegionCode, StationId
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.views.faults import FAULTS, FaultRow, FaultState
from services.stations.views.stations import STATIONS

_STATIONS = view_table(STATIONS).rows

_LIST = f"""
select f.*, s.name, s.district, s.union_id from {{rows}} f join {_STATIONS} s using (station)
where s.union_id = any($1::text[]) and f.fault > $2 and starts_with(s.district, $3)
  and ($4::text is null or station = $4) and ($5::text is null or f.state = $5)
  and ($6::bool is null or (f.state in ('reported', 'confirmed')) = $6) and ($7::bool is null or f.overdue = $7)
order by f.fault limit $8
"""

_ONE = f"select f.*, s.name from {{rows}} f join {_STATIONS} s using (station) where f.fault = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultListed(FaultRow):
    """One fault, with what is known of its station."""

    name: str
    district: str
    union_id: str


_ROWS = TypeAdapter(tuple[FaultListed, ...])


class FaultsAsked(BaseModel):
    """Which faults, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    station: StationId | None = None
    """Of one station."""
    state: FaultState | None = None
    """Reported, confirmed, dismissed, repaired or dropped."""
    open: bool | None = None
    """Those that wait for the host or for their repair (未结); false: the others."""
    overdue: bool | None = None
    """Those that wait for their repair, and whose day is over (逾期)."""
    after: FaultId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class FaultPage(BaseModel):
    """A page of faults, in the order of their numbers."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    faults: tuple[FaultListed, ...]
    next: FaultId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class FaultFound(BaseModel):
    """What has become of a report."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    fault: FaultId
    station: StationId
    name: str
    """The station's."""
    equipment: Equipment
    symptom: Symptom
    reported_on: date
    state: FaultState
    due_on: date | None
    """To be repaired by the end of that day; null: the host hasn't looked yet, or there is nothing to repair."""
    overdue: bool
    repaired_on: date | None
    dismissed_for: DismissalReason | None
    freshness: tuple[Freshness, ...]


async def list_faults(desk: Desk, asked: FaultsAsked) -> FaultPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(FAULTS) as reading:
        page, following = await reading.page(
            _ROWS,
            "fault",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.station,
            asked.state,
            asked.open,
            asked.overdue,
            limit=asked.limit,
        )
    return FaultPage(faults=page, next=following, freshness=reading.freshness)


async def find_fault(desk: Desk, fault: str) -> FaultFound:
    """For anybody who has the number. Raises `NotFound`."""
    async with desk.read(FAULTS) as reading:
        found = await reading.fetch(_ONE.format(rows=reading.rows), fault)
    if not found:
        raise NotFound("fault_unknown", "fault", fault=fault)
    return FaultFound.model_validate({**found[0], "freshness": reading.freshness})
