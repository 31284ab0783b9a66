"""走访台账: the deep talks held with willing enterprises."""

from datetime import date

from eventing.ledger.kinds import Day, YesNo
from eventing.ledger.ledger import Becomes, Column, Ledger
from services.enterprise.commands import HoldVisit
from services.enterprise.ledgers.columns import ENTERPRISE, ENTERPRISE_LIST, NAME_SHOWN

VISITS = Ledger(
    name="visits",
    zh="走访台账",
    en="Visits",
    columns=(
        ENTERPRISE,
        Column(
            "held_on",
            "走访日期",
            "Held on",
            Day(),
            date(2025, 5, 13),
            "入企深谈的日期，不是录入的日期。",
            "The day of the deep talk, not of its entry.",
            shown="visited_on",
        ),
    ),
    becomes=(Becomes(HoldVisit, "hold-visit"),),
    export=ENTERPRISE_LIST,
    also=(
        NAME_SHOWN,
        Column("visit_due_on", "走访期限", "Visit due on", Day()),
        Column("visit_overdue", "走访逾期", "Visit overdue", YesNo()),
    ),
)
