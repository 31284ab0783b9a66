"""The drive's scoreboard (programme 1): what counts for which rate, as rows, and counted by county."""

from contracts.enterprise import Metric
from services.projection.scoreboard.fold import SCOREBOARD, Cell, Measures
from services.projection.scoreboard.row import EnterpriseRow, Standing

__all__ = ["SCOREBOARD", "Cell", "EnterpriseRow", "Measures", "Metric", "Standing"]
