"""A call for each route of the service of stations; the matters are of a county within the city."""

from typing import Any

from tests.support.calls import Call

_TOWN = "t-610102-01"


def station_calls() -> list[Call]:
    day = "2025-05-06"

    def command(route: str, **body: Any) -> Call:
        return Call("POST", f"/api/stations/{route}", body, of_county=True)

    return [
        command(
            "list-town",
            town=_TOWN,
            name="西一路街道",
            kind="subdistrict",
            centre={"lat": 34.2658, "lon": 108.9541, "datum": "wgs84"},
            reach_m=3000,
            listed_on=day,
        ),
        command("count-outdoor-workers", town=_TOWN, workers=800, counted_on=day),
        command("delist-town", town="t-610102-02", delisted_on=day),
        Call("GET", "/api/stations/towns", bound=False),
        Call("GET", "/api/stations/events", above_only=True),
    ]
