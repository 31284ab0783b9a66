"""From one datum to the other and back, and how far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.places import Point
from services.stations.geography import from_gcj02, metres, near_metres, to_gcj02

points = st.builds(Point, lat=st.floats(3.1, 53.9), lon=st.floats(73.1, 135.9))


@given(point=points)
def test_there_and_back_is_the_same_place(point: Point) -> None:
    shown = to_gcj02(point)
    assert metres(from_gcj02(shown.lat, shown.lon), point) < 0.3


@given(point=points)
def test_the_datums_lie_hundreds_of_metres_apart(point: Point) -> None:
    assert metres(point, to_gcj02(point)) < 1100


def test_a_distance_is_the_ellipsoids() -> None:
    """A degree of the meridian from 30° N, and one of the parallel there, by the ellipsoid's radii of curvature."""
    here = Point(lat=30.0, lon=120.0)
    assert metres(here, Point(lat=31.0, lon=120.0)) == pytest.approx(110_861, rel=1e-4)
    assert metres(here, Point(lat=30.0, lon=121.0)) == pytest.approx(96_486, rel=1e-4)


@given(point=points, up=st.floats(-0.5, 0.5), across=st.floats(-0.5, 0.5))
def test_a_short_distance_is_true_to_a_hundredth_of_a_percent(point: Point, up: float, across: float) -> None:
    other = Point(lat=min(max(point.lat + up, 3.0), 54.0), lon=min(max(point.lon + across, 73.0), 136.0))
    if (far := metres(point, other)) <= 60_000:
        assert near_metres(point, other) == pytest.approx(far, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
        ((39.915, 116.404), (39.91640428150164, 116.41024449916938)),
    ],
)
def test_it_is_the_shift_that_others_publish(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    """Reference pairs of the libraries eviltransform (the first three) and coordtransform; to the last digit kept."""
    shown = to_gcj02(Point(lat=wgs84[0], lon=wgs84[1]))
    assert (shown.lat, shown.lon) == pytest.approx(gcj02, abs=1.1e-6)
