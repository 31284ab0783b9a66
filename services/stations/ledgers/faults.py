"""报修台账: the faults at a union's stations; filled in, it enters their repairs."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from contracts.stations import DismissalReason, Equipment, Symptom
from eventing.ledger.kinds import Choice, Code, Day, YesNo
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.stations.commands import RepairFault
from services.stations.ledgers.columns import NAME_SHOWN, STATION
from services.stations.queries.faults import FaultsAsked, list_faults
from services.stations.views.faults import FaultState

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

EQUIPMENT = Choice(
    {
        Equipment.SEATING: "桌椅",
        Equipment.AIR_CONDITIONING: "空调",
        Equipment.REFRIGERATOR: "冰箱",
        Equipment.MICROWAVE: "微波炉",
        Equipment.DRINKING_WATER: "饮水",
        Equipment.FIRST_AID: "急救箱",
        Equipment.TELEVISION: "电视",
        Equipment.CHARGING: "充电",
    }
)
SYMPTOM = Choice({Symptom.BROKEN: "损坏", Symptom.MISSING: "缺失", Symptom.EMPTY: "用完", Symptom.UNSAFE: "有安全隐患"})
STATE = Choice(
    {
        FaultState.REPORTED: "待核实",
        FaultState.CONFIRMED: "待修复",
        FaultState.DISMISSED: "不属故障",
        FaultState.REPAIRED: "已修复",
        FaultState.DROPPED: "设施已撤",
    }
)
DISMISSED_FOR = Choice(
    {
        DismissalReason.WORKS: "能正常使用",
        DismissalReason.KNOWN_ALREADY: "已知故障",
        DismissalReason.NOT_THERE: "没有该设施",
    }
)


async def _page(desk: "Desk", asked: FaultsAsked) -> Page:
    found = await list_faults(desk, asked)
    return Page(found.faults, found.next, found.freshness)


FAULTS = Ledger(
    name="faults",
    zh="报修台账",
    en="Faults",
    columns=(
        Column(
            "fault",
            "报修编号",
            "Report",
            Code(lower=True),
            "f-7f3k9a2c",
            "报修时得到的编号；先导出再填写最省事。",
            "The number of the report; easiest: export, then fill in.",
        ),
        replace(STATION, explained_zh="报修的驿站。", explained_en="Where it was reported."),
        Column(
            "repaired_on",
            "修复日期",
            "Repaired on",
            Day(),
            date(2025, 5, 19),
            "实际修复的日期，不是录入的日期。",
            "The day of the repair, not of its entry.",
        ),
    ),
    becomes=(Becomes(RepairFault, "repair-fault"),),
    export=Export(FaultsAsked, _page),
    also=(
        NAME_SHOWN,
        Column("equipment", "设施", "Equipment", EQUIPMENT),
        Column("symptom", "现象", "Symptom", SYMPTOM),
        Column("state", "状态", "State", STATE),
        Column("reported_on", "报修日期", "Reported on", Day()),
        Column("confirmed_on", "确认日期", "Confirmed on", Day()),
        Column("due_on", "修复期限", "Due on", Day()),
        Column("overdue", "修复逾期", "Overdue", YesNo()),
        Column("late", "逾期修复", "Repaired late", YesNo()),
        Column("dismissed_for", "不属故障原因", "Dismissed for", DISMISSED_FOR),
    ),
)
