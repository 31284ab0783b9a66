"""A ledger's rows written, or read and checked, in a process of its own: `-m … in|csv|out ROWS`; says its peak, KiB.

What is read is written beforehand by a process of its own: a peak is never given back.
"""

import subprocess
import sys
import tempfile
from datetime import date
from itertools import repeat
from typing import IO

from bench.peak import peak_kib
from eventing.ledger.books import CsvRows, Rows, XlsxRows
from eventing.ledger.checking import Checker
from eventing.ledger.kinds import Cell
from eventing.ledger.sheets import AT_HOME
from eventing.ledger.table import ABOUT, find_table
from eventing.shell.texts import Texts
from services.enterprise.app import enterprise
from services.enterprise.ledgers.survey import SURVEY

_DAY = date(2025, 5, 6)
_ROW: list[Cell | None] = [
    "91610102MA0000007T",
    "西安示例机械有限公司",
    "私营",
    "610102",
    "u-610102",
    _DAY,
    120,
    3,
    "中型",
    _DAY,
]


def main(way: str, rows: int, path: str) -> None:
    print("ready", flush=True)
    with open(path, "w+b" if way.startswith("out") else "rb") as file:
        write(file, rows, way == "out csv") if way.startswith("out") else read(file)
    print(peak_kib(), flush=True)


def write(file: IO[bytes], rows: int, as_csv: bool) -> None:
    out: Rows = CsvRows(file, SURVEY) if as_csv else XlsxRows(file, SURVEY, ABOUT)  # type: ignore[arg-type]
    out.add(repeat(_ROW, rows))
    out.close([])


def read(file: IO[bytes]) -> None:
    checker = Checker(SURVEY, find_table(file, SURVEY, AT_HOME), Texts(enterprise().home), "zh")  # type: ignore[arg-type]
    for row in checker.rows():
        if row.findings:
            raise RuntimeError(str(row.findings))


if __name__ == "__main__":
    way, rows = sys.argv[1], int(sys.argv[2])
    with tempfile.NamedTemporaryFile() as named:
        if way != "out":
            written = "out csv" if way == "csv" else "out"
            subprocess.run(
                [sys.executable, "-c", f"import bench.ledger_memory as m; m.main({written!r}, {rows}, {named.name!r})"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        main(way, rows, named.name)
