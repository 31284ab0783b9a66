"""服务台账: services of the day as they are planned, and as the hosts counted them afterwards."""

from typing import TYPE_CHECKING

from contracts.stations import ServiceKind
from eventing.ledger.kinds import Choice, Code, Day, Text, TimeOfDay, Whole
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.stations.commands import CountService, PlanService
from services.stations.queries.services import ServicesAsked, list_services
from services.stations.views.services import ServiceState

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

KIND = Choice(
    {
        ServiceKind.HAIRCUT: "义务理发",
        ServiceKind.REPAIRS: "小家电维修",
        ServiceKind.LEGAL_ADVICE: "法律咨询",
        ServiceKind.FILM: "电影放映",
        ServiceKind.MARKET: "公益集市",
    }
)
STATE = Choice({ServiceState.PLANNED: "已安排", ServiceState.CANCELLED: "已取消", ServiceState.HELD: "已举办"})

SERVICE = Column(
    "service",
    "服务编号",
    "Service",
    Code(lower=True),
    "d-330110-001-20250516-1",
    "驿站编号、日期、当日第几项。",
    "Station, day, and which of that day it is.",
)
SHOWN = (Column("held_on", "服务日期", "Held on", Day()), Column("state", "状态", "State", STATE))
KIND_OF = Column("kind", "服务项目", "Kind", KIND, ServiceKind.HAIRCUT, "提供什么服务。", "What is offered.")
PROVIDER = Column(
    "provider",
    "提供单位",
    "Provider",
    Text(),
    "杭州示例美发服务队",
    "单位名称，不填个人姓名。",
    "An organisation, never a person.",
)
BOOKED = Column("booked", "预约人数", "Booked", Whole())


async def _page(desk: "Desk", asked: ServicesAsked) -> Page:
    found = await list_services(desk, asked)
    return Page(found.services, found.next, found.freshness)


SERVICES_OF_THE_DAY = Ledger(
    name="services-of-the-day",
    zh="驿站服务台账",
    en="Services of the day",
    columns=(
        SERVICE,
        KIND_OF,
        PROVIDER,
        Column("starts", "开始时间", "Starts", TimeOfDay(), "13:30", "如 9:30 或 13:30。", "Like 9:30 or 13:30."),
        Column("ends", "结束时间", "Ends", TimeOfDay(), "16:30", "须晚于开始时间。", "After it starts."),
        Column("capacity", "名额", "Capacity", Whole(), 30, "可预约的人数，1 至 500。", "Tickets, 1 to 500."),
    ),
    becomes=(Becomes(PlanService, "plan-service"),),
    export=Export(ServicesAsked, _page),
    also=(*SHOWN, BOOKED, Column("visits", "到场人数", "Visits", Whole())),
)

SERVICE_COUNTS = Ledger(
    name="service-counts",
    zh="服务计数台账",
    en="Counts of services",
    columns=(
        SERVICE,
        Column("visits", "到场人数", "Visits", Whole(), 27, "有无预约都算。", "With a ticket or without."),
        Column("no_shows", "爽约人数", "No-shows", Whole(), 4, "已预约而未到。", "Booked, and didn't come."),
    ),
    becomes=(Becomes(CountService, "count-service"),),
    export=Export(ServicesAsked, _page),
    also=(*SHOWN, KIND_OF, BOOKED),
)
