"""What an officer who shuts a station, or sets when it is open, is warned of: services that were planned for then."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.stations import ServiceId
from eventing.moment import CHINA
from eventing.shell.desk import Desk, Done
from services.stations.commands import StationCommand
from services.stations.queries.services_on import PLANNED, with_an_open_station
from services.stations.views.services import SERVICES

_MOST = 100
_OF_STATION = """
select *, capacity - booked as free from {rows}
where station = $1 and state = 'planned' and (held_on, ends) > ($2::date, $3::text) order by service limit $4
"""


class ServiceStranded(BaseModel):
    """警告: the station is shut when this service is to start. Cancel it, and have a keeper tell those who booked."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    code: Literal["service_stranded"] = "service_stranded"
    service: ServiceId
    booked: int
    """So many hold a ticket."""


class StationDone(Done):
    """What a change of a station got."""

    warnings: tuple[ServiceStranded, ...] = ()


async def warnings(desk: Desk, command: StationCommand) -> Sequence[ServiceStranded]:
    """As it is now: its services to come that can't start, the first hundred."""
    now = desk.moment.at.astimezone(CHINA)
    async with desk.read(SERVICES) as reading:
        sql = _OF_STATION.format(rows=reading.rows)
        rows = await reading.fetch(sql, command.station, now.date(), f"{now:%H:%M}", _MOST)
        planned = PLANNED.validate_python([dict(row) for row in rows])
        fine = {each.service for each in await with_an_open_station(reading, planned, desk.moment)}
    return [ServiceStranded(service=row["service"], booked=row["booked"]) for row in rows if row["service"] not in fine]
