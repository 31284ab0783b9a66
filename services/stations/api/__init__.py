"""The HTTP interface: one route per command, and what the views answer."""

from fastapi import APIRouter

from services.stations.api import (
    equipment,
    faults,
    hosts,
    hours,
    inspections,
    nearby,
    placements,
    services,
    sheets,
    stations,
    targets,
    titles,
    towns,
    visits,
)

router = APIRouter(prefix="/api/stations", tags=["stations 工会驿站"])

for subject in (
    nearby,  # asked most, by everybody: routes are tried in this order
    towns,
    stations,
    hours,
    placements,
    equipment,
    faults,
    inspections,
    visits,
    titles,
    sheets,
    hosts,
    services,
    targets,
):
    router.include_router(subject.router)
