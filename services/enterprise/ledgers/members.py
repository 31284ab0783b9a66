"""入会月报: how many members the founded unions have at the end of a month."""

from typing import TYPE_CHECKING

from eventing.ledger.kinds import Month, Whole
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.enterprise.commands import ReportMembers
from services.enterprise.ledgers.columns import ENTERPRISE, NAME_SHOWN
from services.enterprise.queries.members import MembersAsked, list_members

if TYPE_CHECKING:
    from eventing.shell.desk import Desk


async def _page(desk: "Desk", asked: MembersAsked) -> Page:
    found = await list_members(desk, asked)
    return Page(found.reports, found.next, found.freshness)


MEMBERS = Ledger(
    name="members",
    zh="入会月报",
    en="Members by month",
    columns=(
        ENTERPRISE,
        Column("month", "月份", "Month", Month(), "2025-06", "人数为该月底的。", "The numbers are those at its end."),
        Column("members", "会员数", "Members", Whole(), 90, "全部会员。", "All of them."),
        Column("women", "女会员", "Women", Whole(), 30, "含在会员数中。", "Among the members."),
        Column("migrant", "农民工会员", "Migrant workers", Whole(), 20, "含在会员数中。", "Among the members."),
        Column(
            "new_forms",
            "新就业形态会员",
            "In new forms of employment",
            Whole(),
            1,
            "含在会员数中。",
            "Among the members.",
        ),
    ),
    becomes=(Becomes(ReportMembers, "report-members"),),
    export=Export(MembersAsked, _page),
    also=(NAME_SHOWN,),
)
