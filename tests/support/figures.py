"""A board's figures alone, without how fresh they are: two runs must agree in them. Reads and writes JSON."""

import json
import sys
from typing import Any


def figures(boards: dict[str, Any]) -> dict[str, Any]:
    return {region: {key: board[key] for key in ("region", "children")} for region, board in sorted(boards.items())}


if __name__ == "__main__":
    json.dump(figures(json.load(sys.stdin)), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
