"""建会意愿台账: what enterprises said when they were asked."""

from datetime import date

from contracts.enterprise import Will
from eventing.ledger.kinds import Day
from eventing.ledger.ledger import Becomes, Column, Ledger
from services.enterprise.commands import StateWill
from services.enterprise.ledgers.columns import ENTERPRISE, ENTERPRISE_LIST, NAME_SHOWN, WILL

WILLS = Ledger(
    name="wills",
    zh="建会意愿台账",
    en="Wills",
    columns=(
        ENTERPRISE,
        Column("will", "建会意愿", "Will", WILL, Will.WILLING, "从下拉列表选择。", "Choose from the list."),
        Column(
            "stated_on",
            "表明意愿日期",
            "Stated on",
            Day(),
            date(2025, 5, 8),
            "走访时限从这一天起算。",
            "The visit's time limit runs from this day.",
        ),
    ),
    becomes=(Becomes(StateWill, "state-will"),),
    export=ENTERPRISE_LIST,
    also=(NAME_SHOWN,),
)
