"""What the demo tells, without how fresh it is: two runs must agree in it. Reads and writes JSON."""

import json
import sys
from typing import Any


def figures(told: Any) -> Any:
    """All of it but each answer's `freshness`."""
    match told:
        case dict():
            return {key: figures(each) for key, each in sorted(told.items()) if key != "freshness"}
        case list():
            return [figures(each) for each in told]
        case _:
            return told


if __name__ == "__main__":
    json.dump(figures(json.load(sys.stdin)), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
