"""陪跑检查台账: the check-ins of the 60 days alongside."""

from datetime import date
from typing import TYPE_CHECKING

from eventing.ledger.kinds import Choice, Day, Whole
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.enterprise.commands import HoldCheckIn
from services.enterprise.ledgers.columns import ENTERPRISE, NAME_SHOWN
from services.enterprise.queries.check_ins import CheckInsAsked, list_check_ins
from services.enterprise.views.check_ins import CheckInOutcome

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

OUTCOME = Choice({CheckInOutcome.IN_TIME: "按期", CheckInOutcome.LATE: "逾期完成", CheckInOutcome.MISSED: "逾期未查"})


async def _page(desk: "Desk", asked: CheckInsAsked) -> Page:
    found = await list_check_ins(desk, asked)
    return Page(found.check_ins, found.next, found.freshness)


CHECK_INS = Ledger(
    name="check-ins",
    zh="陪跑检查台账",
    en="Check-ins",
    columns=(
        ENTERPRISE,
        Column("day", "第几天", "Day", Whole(), 7, "陪跑的第 7、15、30、45 或 60 天。", "7, 15, 30, 45 or 60."),
        Column(
            "held_on", "检查日期", "Held on", Day(), date(2025, 5, 26), "实际检查的日期。", "The day of the check-in."
        ),
    ),
    becomes=(Becomes(HoldCheckIn, "hold-check-in"),),
    export=Export(CheckInsAsked, _page),
    also=(
        NAME_SHOWN,
        Column("due_on", "应查日期", "Due on", Day()),
        Column("outcome", "结果", "Outcome", OUTCOME),
    ),
)
