"""What counts for the drive's rates, and what is covered? (docs/domain.md 1, 'What counts'; our defaults [D])"""

from contracts.creditcode import OwnerKind, owner_kind
from contracts.enterprise import Ownership, SizeClass, UnionForm
from eventing.fold import replace
from services.projection.scoreboard.row import EnterpriseRow, Standing

NON_PUBLIC = frozenset(
    {Ownership.PRIVATE, Ownership.FOREIGN, Ownership.HONG_KONG_MACAO_TAIWAN, Ownership.MIXED_PRIVATE_CONTROLLED}
)
"""非公有制: collective ownership (集体) is public (公有制) in the usual statistics, as the state's is."""

OUTSIDE = frozenset({OwnerKind.SOLE_PROPRIETOR, OwnerKind.COOPERATIVE})
"""Codes 92… and 93…."""

HUNDRED, FIFTY = 100, 50
"""以上 includes the number."""

SMALL_OR_MICRO = frozenset({SizeClass.SMALL, SizeClass.MICRO})

OWN = frozenset({UnionForm.OWN})
OWN_OR_JOINT = frozenset({UnionForm.OWN, UnionForm.JOINT})
"""Whether joint unions count in `union_50` is an open question to the province's union; by default they do."""


def judged(row: EnterpriseRow) -> EnterpriseRow:
    """The row with its standing in each rate, from its other columns. Not surveyed: in none."""
    if row.ownership not in NON_PUBLIC or owner_kind(row.code) in OUTSIDE or row.headcount is None:
        return replace(row, own_union_100=None, union_50=None, small_micro_covered=None, derived=False)
    derived = row.size_class is None and row.headcount < FIFTY
    return replace(
        row,
        own_union_100=_standing(row.headcount >= HUNDRED, row.form in OWN),
        union_50=_standing(row.headcount >= FIFTY, row.form in OWN_OR_JOINT),
        small_micro_covered=_standing(
            derived or row.size_class in SMALL_OR_MICRO,
            row.form is not None and row.members >= 1,
        ),
        derived=derived,
    )


def _standing(counts: bool, covered: bool) -> Standing | None:
    if not counts:
        return None
    return Standing.COVERED if covered else Standing.UNCOVERED
