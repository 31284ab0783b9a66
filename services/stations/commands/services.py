"""Services of the day (驿站服务日): planned, booked by ticket, returned, cancelled, held and counted, forgotten."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, Strict

from contracts.stations import CancellationReason, Places, ServiceId, ServiceKind, TicketId
from contracts.vocabulary import AskedName, Day, Headcount, TimeOfDay
from eventing.decision import Command
from eventing.vault import Kept
from services.stations.commands.phone import Phone
from services.stations.service_ids import day_of, station_of


def _of_a_day(service: str) -> str:
    """Raises `ValueError` where the eight digits are no day."""
    day_of(service)
    return service


AskedService = Annotated[ServiceId, AfterValidator(_of_a_day)]
"""A service of the day whose day there is."""


class ServiceCommand(Command):
    """Asked about one service of the day. Station and day are in its id."""

    service: AskedService

    @property
    def station(self) -> str:
        return station_of(self.service)

    @property
    def day(self) -> date:
        return day_of(self.service)


class PlanService(ServiceCommand):
    """安排服务: put it on the station's plan; again with another capacity: more or fewer tickets are given out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "service": "d-330110-001-20250516-1",
                    "kind": "haircut",
                    "provider": "杭州示例美发服务队",
                    "starts": "13:30",
                    "ends": "16:30",
                    "capacity": 30,
                }
            ]
        }
    )

    kind: ServiceKind
    provider: AskedName
    starts: TimeOfDay
    ends: TimeOfDay
    capacity: Places


class CancelService(ServiceCommand):
    """取消服务: it doesn't take place."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"service": "d-330110-001-20250516-1", "reason": "weather", "cancelled_on": "2025-05-15"}]
        }
    )

    reason: CancellationReason
    cancelled_on: Day


class BookTicket(ServiceCommand):
    """预约: one place for whoever has that telephone number."""

    ticket: TicketId
    phone: Annotated[Phone, Kept("phone")]


class ReturnTicket(ServiceCommand):
    """退约: the place is free again, and the number forgotten."""

    ticket: TicketId


class CountService(ServiceCommand):
    """服务计数: it took place; who came, and who had booked and didn't."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"service": "d-330110-001-20250516-1", "visits": 27, "no_shows": 4}]}
    )

    visits: Headcount
    """Who came, with a ticket or without."""
    no_shows: Annotated[int, Strict(), Field(ge=0, le=500)]
    """Who had booked and didn't come."""


class ForgetTickets(ServiceCommand):
    """清除预约信息: the telephone numbers of all its tickets go."""
