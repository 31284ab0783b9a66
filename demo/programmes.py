"""The programmes that `gonglian demo` plays beside each other, on one clock."""

from demo.drive.programme import DRIVE

PROGRAMMES = (DRIVE,)
"""In the order in which they are shown."""
