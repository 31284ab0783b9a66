"""摸底台账: an enterprise comes on the list and its workers are counted, in one row."""

from dataclasses import replace
from datetime import date

from contracts.enterprise import Ownership
from eventing.ledger.kinds import Code, Day
from eventing.ledger.ledger import Becomes, Column, Ledger
from services.enterprise.commands import RegisterEnterprise, SurveyEnterprise
from services.enterprise.ledgers.columns import (
    DISPATCHED,
    ENTERPRISE,
    ENTERPRISE_LIST,
    HEADCOUNT_OF,
    NAME_SHOWN,
    OWNERSHIP,
    SIZE,
    STATE_SHOWN,
    SURVEYED_ON,
)

SURVEY = Ledger(
    name="survey",
    zh="摸底台账",
    en="Survey of enterprises",
    columns=(
        ENTERPRISE,
        replace(
            NAME_SHOWN,
            example="西安示例机械有限公司",
            explained_zh="营业执照上的全称。",
            explained_en="As on the business licence.",
        ),
        Column(
            "ownership",
            "所有制类型",
            "Ownership",
            OWNERSHIP,
            Ownership.PRIVATE,
            "从下拉列表选择。",
            "Choose from the list.",
        ),
        Column(
            "county",
            "区县代码",
            "County",
            Code(digits=6),
            "610102",
            "GB/T 2260 六位代码，填所在区、县。",
            "Six digits of GB/T 2260.",
        ),
        Column(
            "union",
            "负责的工会",
            "Union that looks after it",
            Code(lower=True),
            "u-610102",
            "工会名录中的编号。",
            "Its id in the union directory.",
            shown="union_id",
        ),
        Column(
            "registered_on",
            "建档日期",
            "Registered on",
            Day(),
            date(2025, 5, 6),
            "不填即导入当天。",
            "Left empty: the day of the import.",
        ),
        HEADCOUNT_OF,
        DISPATCHED,
        SIZE,
        replace(SURVEYED_ON, example=date(2025, 5, 7)),
    ),
    becomes=(Becomes(RegisterEnterprise, "register"), Becomes(SurveyEnterprise, "survey")),
    export=ENTERPRISE_LIST,
    also=STATE_SHOWN,
)
