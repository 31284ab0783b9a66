"""The route under which a service's log is read: `GET /api/<service>/events`."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.cloudevent import BATCH_CONTENT_TYPE
from eventing.feed import Log, join
from eventing.identity import Role
from eventing.refusal import Forbidden
from eventing.shell.access import only
from eventing.shell.desk import AtDesk

LARGEST = 1000


def feed_routes(service: str, log: Log, owner: str) -> APIRouter:
    """`owner` is the union whose log it is: the feed holds every event, so only who stands that high may read it."""
    router = APIRouter(prefix=f"/api/{service}", tags=["feed"])

    @router.get(
        "/events",
        **only(Role.SUBSCRIBER, Role.OPERATOR),
        response_class=Response,
        responses={200: {"content": {BATCH_CONTENT_TYPE: {}}, "description": "CloudEvents batch JSON"}},
    )
    async def events(
        desk: AtDesk,
        after: Annotated[int, Query(ge=0, le=2**62, description="The last sequence that you have")] = 0,
        limit: Annotated[int, Query(ge=1, le=LARGEST)] = 500,
        wait: Annotated[
            float, Query(ge=0, le=30, description="Seconds to wait for the first event, within the platform's limit")
        ] = 0,
    ) -> Response:
        """The sealed events after a sequence, in order (事件流). A full page never changes and may be cached."""
        if not desk.within(owner):
            raise Forbidden("not_your_union", union=owner, yours=desk.actor.union)
        entries = await log.after(after, limit, min(wait, desk.longest_wait))
        full = len(entries) == limit
        return Response(
            join([entry.text for entry in entries]),
            media_type=BATCH_CONTENT_TYPE,
            headers={
                "Cache-Control": "private, immutable, max-age=31536000" if full else "no-store",
                "Vary": "Authorization",
            },
        )

    return router
