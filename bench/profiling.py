"""The profile's top lines, for a side whose goal was missed."""

import cProfile
import io
import pstats
from collections.abc import Iterator
from contextlib import contextmanager

LINES = 20


class Profile:
    """Fills `text` when the block ends."""

    text = ""


@contextmanager
def profiled() -> Iterator[Profile]:
    """Profile this thread while the block runs."""
    found, profile = Profile(), cProfile.Profile()
    profile.enable()
    try:
        yield found
    finally:
        profile.disable()
        out = io.StringIO()
        pstats.Stats(profile, stream=out).strip_dirs().sort_stats("tottime").print_stats(LINES)
        lines = [line.rstrip() for line in out.getvalue().splitlines()]
        found.text = "\n".join(line for line in lines if line)
