"""What the scoreboard knows of one enterprise, and how it stands in each of the drive's three rates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.enterprise import Metric, Ownership, SizeClass, UnionForm


class Standing(StrEnum):
    """How an enterprise stands in a rate; one that doesn't count for it has none."""

    COVERED = "covered"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One enterprise. Board and drill-through go by the same last four columns, so they can't disagree."""

    code: str
    name: str
    county: str
    """As recorded: the county may have got another code since."""
    union_id: str
    ownership: Ownership
    headcount: int | None = None
    """Workers with a labour contract. None: not surveyed."""
    dispatched: int | None = None
    """Dispatched workers, beside them: they count for no rate."""
    size_class: SizeClass | None = None
    """The statistics bureau's; None: not known."""
    form: UnionForm | None = None
    """None: no union has been approved."""
    members: int = 0
    approved_on: date | None = None
    own_union_100: Standing | None = None
    union_50: Standing | None = None
    small_micro_covered: Standing | None = None
    derived: bool = False
    """It counts as small or micro by its headcount, for want of the bureau's class."""

    def standing(self, metric: Metric) -> Standing | None:
        standing: Standing | None = getattr(self, metric)
        return standing
