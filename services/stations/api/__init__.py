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
    towns,
    stations,
    hours,
    placements,
    nearby,
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
