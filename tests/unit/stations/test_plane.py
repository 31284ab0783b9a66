"""The plane orders about as the ground does; what counts is that its bound is never broken."""

from math import hypot

from hypothesis import example, given
from hypothesis import strategies as st

from contracts.places import Point
from services.stations.geography import metres
from services.stations.plane import around, no_nearer_than, on_plane, scale

WITHIN = 50_000
points = st.builds(Point, lat=st.floats(3.1, 53.4), lon=st.floats(74.0, 134.0))
steps = st.floats(-0.5, 0.5)


@given(here=points, up=steps, across=steps)
@example(here=Point(lat=3.1, lon=100.0), up=0.45, across=0.0)
@example(here=Point(lat=53.4, lon=100.0), up=0.44, across=0.3)
def test_nothing_is_nearer_on_the_ground_than_the_plane_allows(here: Point, up: float, across: float) -> None:
    there = Point(lat=max(3.0, here.lat + up), lon=here.lon + across)
    far = metres(here, there)
    if far <= WITHIN:
        (x, y), (to_x, to_y) = on_plane(here), on_plane(there)
        bound = no_nearer_than(hypot(to_x - x, to_y - y), scale(here, WITHIN))
        assert 0.97 * far - 3 <= bound <= far


@given(here=points, up=steps, across=steps)
def test_all_that_is_within_lies_in_the_box(here: Point, up: float, across: float) -> None:
    there = Point(lat=max(3.0, here.lat + up), lon=here.lon + across)
    if metres(here, there) <= WITHIN:
        box, (x, y) = around(here, WITHIN), on_plane(there)
        assert box.west <= x <= box.east
        assert box.south <= y <= box.north
