"""Events to measure with: lives of enterprises as the drive makes them, with valid codes, each code used once."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import uuid4

from contracts.cloudevent import Envelope, Recorded, tail
from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    Ownership,
    SizeClass,
    UnionForm,
    VisitHeld,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.store import NewEvent

COUNTY, UNION = "610102", "u-610102"
NAME = "西安示例机械有限公司"
_DAY, _DUE = date(2025, 5, 6), date(2025, 5, 15)
_SERIALS = itertools.count(1)


def fresh_code() -> str:
    """A valid credit code that no other event of this run has."""
    return make_credit_code("91", COUNTY, next(_SERIALS))


def lives(enterprises: int, source: str) -> list[list[NewEvent]]:
    """The streams of so many enterprises, from registration to approval, six events each."""
    return [_recorded(_life(fresh_code()), source) for _ in range(enterprises)]


def _life(code: str) -> tuple[Event, ...]:
    return (
        EnterpriseRegistered(
            enterprise=code, name=NAME, ownership=Ownership.PRIVATE, county=COUNTY, union=UNION, registered_on=_DAY
        ),
        EnterpriseSurveyed(
            enterprise=code, labour_contracts=120, dispatched=0, size_class=SizeClass.MEDIUM, surveyed_on=_DAY
        ),
        WillStated(enterprise=code, will=Will.WILLING, stated_on=_DAY, visit_due_on=_DUE, provisional=False),
        VisitHeld(enterprise=code, held_on=_DAY, due_on=_DUE),
        FoundingApplied(enterprise=code, applied_on=_DAY),
        EnterpriseUnionized(
            enterprise=code,
            form=UnionForm.OWN,
            members=86,
            own_committee=True,
            approved_on=_DAY,
            approved_by=UNION,
            document="新工发〔2025〕12号",
        ),
    )


def _recorded(events: Sequence[Event], source: str) -> list[NewEvent]:
    now = datetime.now(UTC)
    new = []
    for version, event in enumerate(events, 1):
        id, correlation = uuid4(), str(uuid4())
        envelope = Envelope(id, source, now, now, version, correlation, correlation)
        text = tail(event, envelope, "http://127.0.0.1:8610/schemas")
        new.append(NewEvent(event.stream, version, text, Recorded(event, envelope)))
    return new
