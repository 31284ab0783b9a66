"""The drive's scoreboard (programme 1): what counts for which rate, as rows, and counted by county."""

from services.projection.scoreboard.fold import SCOREBOARD, Cell, Measures
from services.projection.scoreboard.row import EnterpriseRow, Metric, Standing

__all__ = ["SCOREBOARD", "Cell", "EnterpriseRow", "Measures", "Metric", "Standing"]
