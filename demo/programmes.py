"""The programmes that `gonglian demo` plays, each on the platform of its region, those of one region on one clock."""

from collections.abc import Mapping, Sequence

from demo.drive.programme import DRIVE
from demo.programme import Programme
from demo.yuhang.programme import YUHANG

PROGRAMMES = (DRIVE, YUHANG)
"""In the order in which they are shown."""


def by_region() -> Mapping[str, Sequence[Programme]]:
    """In the same order."""
    found: dict[str, list[Programme]] = {}
    for programme in PROGRAMMES:
        found.setdefault(programme.region, []).append(programme)
    return found
