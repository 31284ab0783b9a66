"""A toy that keeps a telephone number, and what lies in the vault then."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from contracts.enterprise import FoundingApplied, WillStated
from contracts.event import Event
from eventing.decision import Command, Decision, Keeping
from eventing.execution import Execution
from eventing.moment import Moment
from eventing.refusal import Refused
from eventing.store import Store
from eventing.vault import Erasure, Kept, Vault
from tests.support.toy import DAY, SOURCE, XINCHENG, StandingClock, _one, will_stated

VAULT_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
VAULT = Vault(VAULT_KEY, "enterprise")
PHONE, OTHER_PHONE = "13900001234", "13900005678"


class Reach(Command):
    """Say by which number an enterprise is reached; once for all enterprises of a group."""

    enterprise: str
    group: str = "g"
    phone: Annotated[str, Kept("telephone"), Field(pattern=r"^1[0-9]{10}$")]


class Forget(Command):
    """Its number is no longer needed."""

    enterprise: str


class Doubt(Command):
    """Refused, after all."""

    enterprise: str
    phone: Annotated[str, Kept("telephone")]


def _reach(command: Reach, count: int, _: Moment) -> Sequence[Event]:
    assert command.phone == "", "a decision sees nothing of what is kept"
    return [FoundingApplied(enterprise=command.enterprise, applied_on=DAY)]


def _forget(command: Forget, count: int, _: Moment) -> Sequence[Event]:
    return [will_stated(command.enterprise)]


def _doubt(command: Doubt, count: int, _: Moment) -> Sequence[Event]:
    raise Refused("doubtful")


KEEPING = Keeping(
    lambda command: command.enterprise, lambda command: command.group, twice=lambda: Refused("reached_twice", "phone")
)
ERASURES = (Erasure((WillStated,), lambda event: event.enterprise),)
DECISIONS = (
    Decision((Reach,), _one, _reach, lambda *_: XINCHENG, keeps=KEEPING),
    Decision((Forget,), _one, _forget, lambda *_: XINCHENG),
    Decision((Doubt,), _one, _doubt, lambda *_: XINCHENG, keeps=Keeping(lambda command: command.enterprise)),
)


def keeping(store: Store, source: str = SOURCE) -> Execution:
    return Execution(store, DECISIONS, source, StandingClock(), "http://localhost/schemas", vault=VAULT)


async def kept(store: Store, entry: str) -> dict[str, str]:
    """What lies there, readable."""
    async with store.unit() as unit:
        return {item.name: VAULT.content(item) for item in await unit.kept(entry)}
