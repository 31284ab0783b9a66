"""How far joint supervision (重点督导) of an enterprise that refuses to talk has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contracts.enterprise import (
    Authority,
    ContactWay,
    RefusalConfirmed,
    RefusalContactRecorded,
    SupervisionEnded,
    SupervisionEvent,
    SupervisionLetterSent,
    SupervisionReplied,
)
from eventing.decision import StreamKind


@dataclass(frozen=True, slots=True)
class NotContacted:
    """No contact with a refusing enterprise is known."""


@dataclass(frozen=True, slots=True)
class Contacted:
    """It was contacted on these days, in these ways, and refused to talk."""

    ways: Mapping[date, ContactWay]

    @property
    def last_day(self) -> date:
        """The latest day of what was entered."""
        return max(self.ways)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The county confirmed that it refuses: it is under joint supervision."""

    ways: Mapping[date, ContactWay]
    confirmed: RefusalConfirmed
    letters: Mapping[Authority, SupervisionLetterSent] = field(default_factory=dict)
    replies: Mapping[Authority, SupervisionReplied] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The latest day of what was entered."""
        sent = (letter.sent_on for letter in self.letters.values())
        replied = (reply.replied_on for reply in self.replies.values())
        return max((*self.ways, self.confirmed.confirmed_on, *sent, *replied))


@dataclass(frozen=True, slots=True)
class Ended:
    """It talks, went on refusing, there was no cause to act, or it is gone; a later refusal begins anew."""

    ended: SupervisionEnded


Supervision = NotContacted | Contacted | Confirmed | Ended


def evolve(state: Supervision, event: SupervisionEvent) -> Supervision:
    match state, event:
        case NotContacted() | Ended(), RefusalContactRecorded():
            return Contacted({event.contacted_on: event.way})
        case Contacted() | Confirmed(), RefusalContactRecorded():
            return replace(state, ways={**state.ways, event.contacted_on: event.way})
        case Contacted(ways), RefusalConfirmed():
            return Confirmed(ways, event)
        case Confirmed(letters=letters), SupervisionLetterSent():
            return replace(state, letters={**letters, event.authority: event})
        case Confirmed(replies=replies), SupervisionReplied():
            return replace(state, replies={**replies, event.authority: event})
        case Contacted() | Confirmed(), SupervisionEnded():
            return Ended(event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


SUPERVISION: StreamKind[Supervision] = StreamKind("supervision", NotContacted(), evolve)
