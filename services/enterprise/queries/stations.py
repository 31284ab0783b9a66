"""Which unions are to know that a station of their town is closed; the stations of a town stand beside its 60 days."""

from eventing.views import view_table
from services.enterprise.queries.duties import Duties
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.stations import CLOSINGS, NOTED_STATIONS

DUTIES = (
    # No time is set for it: it is due on the day from which the station is closed.
    Duties(
        "station_closed",
        CLOSINGS,
        "select told.enterprise, its.union_id, told.closed_on as due_on, false as overdue, false as returned"
        f" from {{rows}} told join {view_table(ENTERPRISES).rows} its using (enterprise)"
        " where told.seen_on is null and its.ended_on is null",
    ),
)

STATIONS_OF_TOWN = f"""
array(
    select station from {view_table(NOTED_STATIONS).rows} as noted
    where noted.town = {{town}} and noted.since <= {{day}} and (noted.until is null or {{day}} < noted.until)
    order by station
)
"""
"""The ids of the stations that serve a town on a day: an SQL expression."""
