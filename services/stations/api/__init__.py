"""The HTTP interface: one route per command, and what the views answer."""

from fastapi import APIRouter

from services.stations.api import hours, placements, stations, towns

router = APIRouter(prefix="/api/stations", tags=["stations 工会驿站"])

for subject in (towns, stations, hours, placements):
    router.include_router(subject.router)
