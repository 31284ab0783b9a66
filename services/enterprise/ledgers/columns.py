"""Columns that several ledgers have, the list that most of them show, and the labels of the choices."""

from typing import TYPE_CHECKING

from contracts.enterprise import Ownership, SizeClass, UnionForm, Will
from eventing.ledger.kinds import Choice, Code, Day, Text, Whole, YesNo
from eventing.ledger.ledger import Column, Export, Page
from services.enterprise.queries.enterprises import EnterprisesAsked, list_enterprises

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

OWNERSHIP = Choice(
    {
        Ownership.PRIVATE: "私营",
        Ownership.FOREIGN: "外商投资",
        Ownership.HONG_KONG_MACAO_TAIWAN: "港澳台投资",
        Ownership.MIXED_PRIVATE_CONTROLLED: "混合所有制（非公控股）",
        Ownership.COLLECTIVE: "集体",
        Ownership.STATE: "国有",
    }
)
SIZE_CLASS = Choice(
    {SizeClass.LARGE: "大型", SizeClass.MEDIUM: "中型", SizeClass.SMALL: "小型", SizeClass.MICRO: "微型"}
)
WILL = Choice({Will.WILLING: "愿意", Will.HESITANT: "犹豫", Will.REFUSING: "拒绝"})
FORM = Choice(
    {UnionForm.OWN: "单独建会", UnionForm.JOINT: "联合建会", UnionForm.SMALL_MICRO_FEDERATION: "小微企业联合会"}
)

ENTERPRISE = Column(
    "enterprise",
    "统一社会信用代码",
    "Unified social credit code",
    Code(upper=True),
    "91610102MA0000007T",
    "18 位，见营业执照；先把单元格设为“文本”再填写。",
    "18 characters, from the business licence; set the cell to 'text' before typing.",
)
HEADCOUNT_OF = Column(
    "headcount",
    "劳动合同职工数",
    "Workers with a labour contract",
    Whole(),
    120,
    "签订劳动合同的人数，不含劳务派遣。",
    "Without dispatched workers.",
)
DISPATCHED = Column(
    "dispatched",
    "劳务派遣人数",
    "Dispatched workers",
    Whole(),
    15,
    "单独统计，不计入建会率；没有可不填。",
    "They count for no rate; left empty: none.",
)
SIZE = Column(
    "size_class",
    "企业规模",
    "Size class",
    SIZE_CLASS,
    SizeClass.MEDIUM,
    "统计上大中小微型划分；不清楚可不填。",
    "The statistics bureau's class; may be left empty.",
)
SURVEYED_ON = Column(
    "surveyed_on", "摸底日期", "Surveyed on", Day(), None, "人数以这一天为准。", "The day of which the headcount is."
)
NAME_SHOWN = Column("name", "企业名称", "Name of the enterprise", Text())
STATE_SHOWN = (
    Column("will", "建会意愿", "Will", WILL),
    Column("stated_on", "表明意愿日期", "Stated on", Day()),
    Column("visit_due_on", "走访期限", "Visit due on", Day()),
    Column("visit_overdue", "走访逾期", "Visit overdue", YesNo()),
    Column("visited_on", "走访日期", "Visited on", Day()),
    Column("applied_on", "申请建会日期", "Applied on", Day()),
    Column("unionized_on", "批复日期", "Approved on", Day()),
    Column("form", "建会方式", "Form of union", FORM),
    Column("members", "会员数", "Members", Whole()),
    Column("alongside_until", "陪跑截止", "Alongside until", Day()),
)
"""What became of an enterprise: an export of the list shows it beside the ledger's own columns."""


async def _page(desk: "Desk", asked: EnterprisesAsked) -> Page:
    found = await list_enterprises(desk, asked)
    return Page(found.enterprises, found.next, found.freshness)


ENTERPRISE_LIST = Export(EnterprisesAsked, _page)
