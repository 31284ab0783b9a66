"""Similar names in a county (同名研判)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import AdjudicateName
from services.enterprise.queries import names as queries
from services.enterprise.queries.names import SimilarNamesAsked, SimilarNamesPage

router = APIRouter()


@router.post("/adjudicate-name", response_model=Done, **only(Role.OFFICER))
async def adjudicate_name(command: AdjudicateName, desk: AtDesk) -> Response:
    """同名研判 · Decide what two enterprises of similar names are to each other: the same, different, or a branch."""
    return await desk.do(command)


@router.get("/similar-names", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def similar_names(asked: Annotated[SimilarNamesAsked, Query()], desk: AtDesk) -> SimilarNamesPage:
    """疑似同名 · Pairs of active enterprises of one county whose names have the same core, page by page."""
    return await queries.list_similar_names(desk, asked)
