"""When does one that refuses to talk come under joint supervision, and how does that end? (重点督导)"""

from collections.abc import Sequence
from datetime import date

from contracts.enterprise import (
    RefusalConfirmed,
    RefusalContactRecorded,
    SupervisionEnded,
    SupervisionEvent,
    SupervisionLetterSent,
    SupervisionOutcome,
    SupervisionReplied,
    Will,
    WillStated,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise import rules
from services.enterprise.commands import (
    CloseSupervision,
    ConfirmRefusal,
    EndSupervision,
    EnterpriseCommand,
    RecordRefusalContact,
    RecordSupervisionReply,
    SendSupervisionLetter,
)
from services.enterprise.decider.enterprise import Enterprise, Reluctant, Unknown, responsible, unknown
from services.enterprise.decider.refusers import Confirmed, Contacted, Ended, NotContacted, Supervision


def contact(
    command: RecordRefusalContact, state: Supervision, enterprise: Enterprise, moment: Moment
) -> Sequence[SupervisionEvent]:
    refusing = _refusing(command, enterprise)
    recorded = RefusalContactRecorded(
        enterprise=command.enterprise,
        union=refusing.entry.union,
        way=command.way,
        contacted_on=command.contacted_on,
    )
    match state:
        case Contacted(ways) | Confirmed(ways) if command.contacted_on in ways:
            if ways[command.contacted_on] is command.way:
                return []
            raise Refused("contacted_that_day", "contacted_on", contacted_on=command.contacted_on)
        case Ended(ended) if command.contacted_on <= ended.ended_on:
            raise Refused("supervision_ended", "contacted_on", ended_on=ended.ended_on)
        case _:
            _must_follow(command.contacted_on, "contacted_on", refusing.said.stated_on, moment)
            return [recorded]


def confirm(
    command: ConfirmRefusal, state: Supervision, enterprise: Enterprise, moment: Moment
) -> Sequence[SupervisionEvent]:
    refusing = _refusing(command, enterprise)
    match state:
        case Confirmed(confirmed=confirmed) if confirmed.confirmed_on == command.confirmed_on:
            return []
        case Confirmed(confirmed=confirmed):
            raise Refused("refusal_confirmed", "confirmed_on", confirmed_on=confirmed.confirmed_on)
        case NotContacted() | Contacted() | Ended():
            must_have_happened(command.confirmed_on, "confirmed_on", moment)
            _must_be_contacted_often_enough(command.confirmed_on, state)
            return [
                RefusalConfirmed(
                    enterprise=command.enterprise,
                    confirmed_by=refusing.entry.union,
                    confirmed_on=command.confirmed_on,
                )
            ]


def send_letter(
    command: SendSupervisionLetter, state: Supervision, enterprise: Enterprise, moment: Moment
) -> Sequence[SupervisionEvent]:
    _refusing(command, enterprise)
    under = _confirmed(state)
    letter = SupervisionLetterSent(
        enterprise=command.enterprise, authority=command.authority, document=command.document, sent_on=command.sent_on
    )
    match under.letters.get(command.authority):
        case None:
            _must_follow(command.sent_on, "sent_on", under.confirmed.confirmed_on, moment)
            return [letter]
        case known if known == letter:
            return []
        case known:
            raise Refused("letter_sent", "authority", document=known.document, sent_on=known.sent_on)


def record_reply(
    command: RecordSupervisionReply, state: Supervision, _: Enterprise, moment: Moment
) -> Sequence[SupervisionEvent]:
    under = _confirmed(state)
    reply = SupervisionReplied(
        enterprise=command.enterprise, authority=command.authority, replied_on=command.replied_on
    )
    letter = under.letters.get(command.authority)
    if letter is None:
        raise Refused("letter_needed", "authority")
    match under.replies.get(command.authority):
        case None:
            _must_follow(command.replied_on, "replied_on", letter.sent_on, moment)
            return [reply]
        case known if known == reply:
            return []
        case known:
            raise Refused("reply_recorded", "replied_on", replied_on=known.replied_on)


def end(command: EndSupervision, state: Supervision, _: Enterprise, moment: Moment) -> Sequence[SupervisionEvent]:
    ended = SupervisionEnded(enterprise=command.enterprise, outcome=command.outcome, ended_on=command.ended_on)
    match state:
        case NotContacted():
            raise Refused("not_supervised")
        case Ended(known) if known == ended:
            return []
        case Ended(known):
            raise Refused("supervision_ended", "ended_on", ended_on=known.ended_on)
        case Contacted() | Confirmed():
            _must_allow(command.outcome, state)
            _must_follow(command.ended_on, "ended_on", state.last_day, moment)
            return [ended]


def close(command: CloseSupervision, state: Supervision, _: Enterprise, __: Moment) -> Sequence[SupervisionEvent]:
    match state:
        case Contacted() | Confirmed():
            ended = SupervisionEnded(enterprise=command.enterprise, outcome=command.outcome, ended_on=command.ended_on)
            return [ended]
        case NotContacted() | Ended():
            return []


def owner(command: EnterpriseCommand, _: Supervision, enterprise: Enterprise) -> str | None:
    """The union that looks after the enterprise contacts, confirms and writes."""
    return responsible(command, enterprise)


def _refusing(command: EnterpriseCommand, enterprise: Enterprise) -> Reluctant:
    match enterprise:
        case Unknown():
            raise unknown(command)
        case Reluctant(said=WillStated(will=Will.REFUSING)):
            return enterprise
        case _:
            raise Refused("not_refusing")


def _must_be_contacted_often_enough(confirmed_on: date, state: NotContacted | Contacted | Ended) -> None:
    needed = rules.on(confirmed_on).refusal_contacts
    known = sum(day <= confirmed_on for day in state.ways) if isinstance(state, Contacted) else 0
    if known < needed:
        raise Refused("contacts_missing", "confirmed_on", confirmed_on=confirmed_on, known=known, needed=needed)


def _confirmed(state: Supervision) -> Confirmed:
    match state:
        case Confirmed():
            return state
        case Ended(ended):
            raise Refused("supervision_ended", ended_on=ended.ended_on)
        case NotContacted() | Contacted():
            raise Refused("confirmation_needed")


def _must_allow(outcome: SupervisionOutcome, state: Contacted | Confirmed) -> None:
    """Talks may begin at any time; any other outcome needs an authority that was asked, or has replied."""
    if outcome is SupervisionOutcome.TALKS:
        return
    if not (isinstance(state, Confirmed) and state.letters):
        raise Refused("outcome_needs_letter", "outcome")
    if outcome is SupervisionOutcome.NO_CAUSE and not state.replies:
        raise Refused("outcome_needs_reply", "outcome")


def _must_follow(day: date, field: str, earliest: date, moment: Moment) -> None:
    if day < earliest:
        raise Refused("earlier_than_it_can_be", field, day=day, earliest=earliest)
    must_have_happened(day, field, moment)
