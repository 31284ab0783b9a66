"""The proofs of the spine, by an operator's commands on Yuhang's played platform; its data says whose it is."""

import json
import subprocess
import sys
from typing import Any

from services.stations.app import stations
from tests.support.platform_process import PlatformProcess


def gonglian(platform: PlatformProcess, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "services.cli", *words, "--json", "--data", str(platform.data)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_every_view_and_read_model_of_the_stations_is_what_their_log_says(yuhang_platform: PlatformProcess) -> None:
    """Mechanism: parity folds the log by a path of its own and compares every row; a full log of stations here."""
    compared = {one["name"]: one for one in gonglian(yuhang_platform, "parity", "--all")}
    assert compared.keys() > {fold.name for fold in stations().views} | {"stations_board", "held_station_targets"}
    assert {one["total"] for one in compared.values()} == {0}
    assert min(compared[name]["rows"] for name in ("stations_board", "stations", "nearby", "faults")) > 10


def test_rebuilt_from_the_log_they_are_the_same(yuhang_platform: PlatformProcess) -> None:
    assert gonglian(yuhang_platform, "rebuild", "--all")
    assert {one["total"] for one in gonglian(yuhang_platform, "parity", "--all")} == {0}


def test_the_log_of_stations_is_whole(yuhang_platform: PlatformProcess) -> None:
    told = {one["service"]: one for one in gonglian(yuhang_platform, "audit", "verify")}
    assert told["stations"]["source"] == "/regions/330110/stations"
    assert told["stations"]["events"] > 2000
    assert {one["finding"] for one in told.values()} == {None}
