"""人数变动台账: the workers of enterprises that are on the list, counted again."""

from dataclasses import replace
from datetime import date

from eventing.ledger.ledger import Becomes, Ledger
from services.enterprise.commands import SurveyEnterprise
from services.enterprise.ledgers.columns import (
    DISPATCHED,
    ENTERPRISE,
    ENTERPRISE_LIST,
    HEADCOUNT_OF,
    NAME_SHOWN,
    SIZE,
    SURVEYED_ON,
)

HEADCOUNT = Ledger(
    name="headcount",
    zh="人数变动台账",
    en="Headcounts",
    columns=(ENTERPRISE, HEADCOUNT_OF, DISPATCHED, SIZE, replace(SURVEYED_ON, example=date(2025, 9, 1))),
    becomes=(Becomes(SurveyEnterprise, "survey"),),
    export=ENTERPRISE_LIST,
    also=(NAME_SHOWN,),
)
