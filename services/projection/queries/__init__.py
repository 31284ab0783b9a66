"""What the scoreboard answers: the board of a region as of a day, and the enterprises behind each of its numbers."""

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
