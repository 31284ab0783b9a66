"""A bar is for a person at a terminal."""

import pytest

from services.cli.progress import shown


def test_nothing_is_drawn_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with shown("台账") as tell:
        tell(1, 2)
    assert capsys.readouterr().err == ""
