"""The drive's scoreboard (programme 1): each enterprise's facts by day, and its figures counted by county and day."""

from contracts.enterprise import Metric
from services.projection.scoreboard.cells import BIT, FIGURES, Cell, Measures, Span, bit, city_of
from services.projection.scoreboard.fold import SCOREBOARD
from services.projection.scoreboard.row import EnterpriseRow

__all__ = ["BIT", "FIGURES", "SCOREBOARD", "Cell", "EnterpriseRow", "Measures", "Metric", "Span", "bit", "city_of"]
