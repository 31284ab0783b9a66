"""The HTTP interface: one route per command, and what the views answer."""

from fastapi import APIRouter

from services.stations.api import towns

router = APIRouter(prefix="/api/stations", tags=["stations 工会驿站"])

for subject in (towns,):
    router.include_router(subject.router)
