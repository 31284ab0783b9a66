"""The list behind a gap: those that aren't covered, and how many of them the target asks for."""

from eventing.shell.desk import Desk
from services.projection.queries.board import BoardAsked, board_of
from services.projection.queries.enterprises import EnterprisePage, EnterprisesAsked, list_enterprises


async def list_behind(desk: Desk, asked: EnterprisesAsked) -> EnterprisePage:
    """The page, and behind a gap its number from the same day's board. Raises as `list_enterprises` does."""
    page = await list_enterprises(desk, asked)
    narrowed = (asked.shell, asked.derived, asked.baseline) != (None, None, None)
    if asked.metric is None or asked.covered is not False or narrowed:
        return page
    board = await board_of(desk, BoardAsked(region=asked.region, as_of=page.as_of, at_least=asked.at_least))
    gaps = {figure.metric: figure.gap for figure in board.region.figures}
    return page.model_copy(update={"needed": gaps[asked.metric]})
