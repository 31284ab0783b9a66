"""The nearest open stations, for everybody on the way (附近驿站)."""

from typing import Annotated

from fastapi import APIRouter, Query

from eventing.shell.access import anyone
from eventing.shell.counter import AtCounter
from services.stations.queries import nearby as queries
from services.stations.queries.nearby import Nearby, NearbyAsked

router = APIRouter()


@router.get("/nearby", **anyone())
async def nearby(asked: Annotated[NearbyAsked, Query()], desk: AtCounter) -> Nearby:
    """附近驿站 · The nearest stations that are open now or at an instant, without login."""
    return await queries.nearby(desk, asked)
