"""Enterprises that refuse to talk, as the events that led to each state of their supervision."""

from datetime import date

from contracts.enterprise import (
    Authority,
    ContactWay,
    RefusalConfirmed,
    RefusalContactRecorded,
    SupervisionEnded,
    SupervisionLetterSent,
    SupervisionOutcome,
    SupervisionReplied,
)
from contracts.event import Event
from tests.support.enterprises import MACHINES, XINCHENG, a_refusing_enterprise

CALLED, CALLED_AGAIN = date(2025, 5, 12), date(2025, 5, 15)
CONFIRMED = date(2025, 5, 16)
SENT, REPLIED, ENDED = date(2025, 5, 19), date(2025, 6, 3), date(2025, 6, 10)
DOCUMENT = "新工函〔2025〕3号"


def called(on: date = CALLED, enterprise: str = MACHINES) -> RefusalContactRecorded:
    return RefusalContactRecorded(enterprise=enterprise, union=XINCHENG, way=ContactWay.TELEPHONE, contacted_on=on)


def confirmed(enterprise: str = MACHINES) -> RefusalConfirmed:
    return RefusalConfirmed(enterprise=enterprise, confirmed_by=XINCHENG, confirmed_on=CONFIRMED)


def letter(authority: Authority = Authority.LABOUR_INSPECTION, enterprise: str = MACHINES) -> SupervisionLetterSent:
    return SupervisionLetterSent(enterprise=enterprise, authority=authority, document=DOCUMENT, sent_on=SENT)


def reply(authority: Authority = Authority.LABOUR_INSPECTION, enterprise: str = MACHINES) -> SupervisionReplied:
    return SupervisionReplied(enterprise=enterprise, authority=authority, replied_on=REPLIED)


def ended(
    outcome: SupervisionOutcome = SupervisionOutcome.TALKS, enterprise: str = MACHINES, on: date = ENDED
) -> SupervisionEnded:
    return SupervisionEnded(enterprise=enterprise, outcome=outcome, ended_on=on)


def a_contacted_refuser(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (
        *a_refusing_enterprise(enterprise),
        called(enterprise=enterprise),
        called(CALLED_AGAIN, enterprise=enterprise),
    )


def a_confirmed_refuser(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*a_contacted_refuser(enterprise), confirmed(enterprise))


def a_supervised_refuser(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*a_confirmed_refuser(enterprise), letter(enterprise=enterprise))
