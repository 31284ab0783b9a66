"""How much of a workbook lies in memory while its rows are read."""

import tracemalloc

from eventing.ledger.workbook import open_workbook
from tests.support.ledgers import xlsx


def peak(rows: int) -> int:
    """Bytes that reading takes, at most, where each row has a text of its own."""
    file = xlsx([[f"{number:0300}"] for number in range(rows)])
    tracemalloc.start()
    try:
        assert sum(len(row) for row in open_workbook(file, {}).sheets[0].rows) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_neither_rows_nor_texts_lie_in_memory() -> None:
    """Mechanism: rows come one by one, and shared texts lie in a file; here alone they would be 1.4 MB."""
    peak(10)  # what is made once, by the first
    few, many = peak(400), peak(4_000)
    assert many - few < 600_000
