"""The board as a picture: `gonglian demo --exit --json | python -m demo.drive.picture > docs/board.svg`."""

import json
import re
import sys

from rich.console import Console

from demo.drive.board import show


def picture(told: str) -> str:
    """SVG of the board as the terminal shows it, with the reader's own fonts."""
    console = Console(record=True, width=84, file=sys.stderr, force_terminal=True)
    show(json.loads(told)["drive"]["boards"], console)
    svg = console.export_svg(title="gonglian demo")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    text = sys.stdin.read()
    sys.stdout.write(picture(text[text.index("{") :]))
