"""The sides that the benchmarks measure come up, and the bare ones do what ours does: a benchmark is run seldom."""

from pathlib import Path

import pytest

from bench.ground import Child
from tests.support.brokers import Broker


@pytest.mark.parametrize("side", ["ours", "bare", "board", "nearby", "knn"])
async def test_a_side_serves(dsn: str, broker: Broker, tmp_path: Path, side: str) -> None:
    """Mechanism: the bare route runs our path's statements, and doesn't start where these have become others."""
    child = await Child.start(tmp_path / "log", "bench.serving", side, dsn, broker.address, str(tmp_path))
    assert 0 < int(child.said) < 65536
    assert float((await child.end()).split("\n", 1)[0]) >= 0
