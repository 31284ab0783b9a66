"""The rates as a picture: `gonglian demo --exit --json | python -m demo.drive.picture > docs/board.svg`."""

import json
import re
import sys

from rich.console import Console

from demo.drive.board import show_rates
from demo.drive.cities import PROVINCE
from demo.drive.scoreboard import Scoreboard


def picture(told: str) -> str:
    """SVG of the province's rates as the terminal shows them, with the reader's own fonts."""
    console = Console(record=True, width=84, file=sys.stderr, force_terminal=True)
    show_rates(Scoreboard.model_validate(json.loads(told)["drive"]["boards"][PROVINCE]), console)
    svg = console.export_svg(title="gonglian demo")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    text = sys.stdin.read()
    sys.stdout.write(picture(text[text.index("{") :]))
