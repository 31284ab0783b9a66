"""What an officer has to do, whatever the subject: each subject names its own, and the desk shows them together."""

from dataclasses import dataclass

from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class Duties:
    """Things of one kind that fall due, as rows of a view.

    `select` is SQL over `{rows}` that answers `enterprise`, `union_id`, `due_on`, `overdue` (boolean) and `returned`
    (boolean: sent back by the union next up), one row for each that is open.
    """

    kind: str
    view: Fold
    select: str
