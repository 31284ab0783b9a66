"""目标台账: what unions strive for; given by an approver of that union or of one above."""

from datetime import date
from typing import TYPE_CHECKING

from contracts.enterprise import Metric, TargetReason
from eventing.ledger.kinds import Choice, Code, Day, Whole, YesNo
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.enterprise.commands import SetTarget
from services.enterprise.queries.targets import TargetsAsked, list_targets

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

METRIC = Choice(
    {
        Metric.OWN_UNION_100: "百人以上单独建会率",
        Metric.UNION_50: "五十人以上建会率",
        Metric.SMALL_MICRO_COVERED: "小微企业覆盖率",
    }
)
REASON = Choice(
    {
        TargetReason.SET_BY_PROVINCE: "省级确定",
        TargetReason.SHARED_OUT: "分解下达",
        TargetReason.CORRECTED: "更正",
        TargetReason.CIRCUMSTANCES: "情况变化",
    }
)


async def _page(desk: "Desk", asked: TargetsAsked) -> Page:
    found = await list_targets(desk, asked)
    return Page(found.targets, found.next, found.freshness)


TARGETS = Ledger(
    name="targets",
    zh="目标台账",
    en="Targets",
    columns=(
        Column(
            "region",
            "行政区划代码",
            "Region",
            Code(digits=6),
            "610102",
            "六位；没有辖区的工会填工会编号。",
            "Six digits; for a union without a region, give its id.",
        ),
        Column("metric", "指标", "Rate", METRIC, Metric.UNION_50, "三项指标之一。", "One of the three rates."),
        Column("percent", "目标（%）", "Per cent", Whole(), 75, "达到或超过即为完成。", "Reached from it on."),
        Column(
            "due_on",
            "完成期限",
            "Due on",
            Day(),
            date(2031, 12, 31),
            "最后一天，不能在过去。",
            "The last day for it, not in the past.",
        ),
        Column(
            "cascades", "下级沿用", "Cascades", YesNo(), True, "下级未单独下达时沿用。", "Unless they have their own."
        ),
        Column(
            "reason", "原因", "Reason", REASON, TargetReason.SHARED_OUT, "为何下达或调整。", "Why it is set or changed."
        ),
        Column(
            "union",
            "工会编号",
            "Union",
            Code(lower=True),
            None,
            "填了地区可不填，如 u-xpcc-8。",
            "Not needed beside a region; such as u-xpcc-8.",
            shown="union_id",
        ),
    ),
    becomes=(Becomes(SetTarget, "set-target"),),
    export=Export(TargetsAsked, _page),
    also=(
        Column("set_on", "下达日期", "Set on", Day()),
        Column("holds", "现行", "Holds", YesNo()),
    ),
)
