"""Which union may an enterprise be entered under?"""

from datetime import date

from contracts.unions import UnionKind, UnknownUnion
from eventing.moment import Moment
from eventing.refusal import Invalid

FOUNDS_NOTHING = frozenset({UnionKind.FEDERATION, UnionKind.JOINT, UnionKind.GRASS_ROOTS})
"""They have no union below them to approve (docs/domain.md 1, 'What counts')."""


def must_found_unions(union: str, on: date, moment: Moment) -> None:
    """Raises `Invalid` for a union that isn't in that day's directory, or that approves none."""
    try:
        kind = moment.unions.get(union, on).kind
    except UnknownUnion as unknown:
        raise Invalid("union_unknown", "union", union=union, on=on) from unknown
    if kind in FOUNDS_NOTHING:
        raise Invalid("union_founds_nothing", "union", union=union)


def must_be_another(other: str | None, field: str, enterprise: str) -> None:
    """An enterprise is neither its own branch nor merged into itself. Raises `Invalid`."""
    if other == enterprise:
        raise Invalid("names_itself", field, enterprise=enterprise)
