"""The enterprise whose history the demo shows: one to which much happened."""

from collections.abc import Sequence

from demo.drive.actions import plan
from demo.drive.entry import Entry
from demo.drive.marks import Mark


def most_happened_to(entries: Sequence[Entry]) -> Entry:
    """Of all, the one with most of this: it had not been willing first, its visit was entered late, it founded in full,
    it was walked with for longer or by two; and among several, the one with the most entries."""
    return max(entries, key=lambda entry: (_much(entry), len(plan(entry)), entry.code))


def _much(entry: Entry) -> int:
    visit, approval = entry.life.visit, entry.approval
    return sum(
        (
            len(entry.life.statements) > 1,
            visit is not None and visit.entered_on > visit.held_on,
            approval is not None and approval.set_up is not None,
            entry.mark in (Mark.EXTENDED, Mark.SUCCESSOR, Mark.SHELL_RECTIFIED),
            bool(entry.surveys) and entry.surveys[0].headcount >= 100,
        )
    )
