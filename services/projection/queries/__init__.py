"""What the scoreboard answers: the board of a region and those in it, and the enterprises behind each figure."""

from services.projection.queries.board import BoardAsked, Scoreboard, board_of
from services.projection.queries.enterprises import EnterprisePage, EnterprisesAsked, list_enterprises

__all__ = [
    "BoardAsked",
    "EnterprisePage",
    "EnterprisesAsked",
    "Scoreboard",
    "board_of",
    "list_enterprises",
]
