"""Two contacts, the county's confirmation, letters, replies, an end: in this order, and only for one that refuses."""

from datetime import date, timedelta

import pytest

from contracts.enterprise import (
    Authority,
    ClosingReason,
    ContactWay,
    EnterpriseClosed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    LeavingReason,
    SupervisionOutcome,
    Will,
)
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import (
    CloseSupervision,
    ConfirmRefusal,
    EndSupervision,
    EnterpriseCommand,
    RecordRefusalContact,
    RecordSupervisionReply,
    SendSupervisionLetter,
)
from services.enterprise.policies.supervision import POLICIES
from services.enterprise.views.supervision import SUPERVISIONS, SupervisionRow
from tests.support.enterprises import (
    BAKERY,
    MACHINES,
    STATED,
    TODAY,
    XINCHENG,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    given,
    unwilling,
    willing,
)
from tests.support.supervised import (
    CALLED,
    CALLED_AGAIN,
    CONFIRMED,
    DOCUMENT,
    ENDED,
    REPLIED,
    SENT,
    a_confirmed_refuser,
    a_contacted_refuser,
    a_supervised_refuser,
    called,
    confirmed,
    ended,
    letter,
    reply,
)

A_DAY = timedelta(days=1)
STILL, NO_CAUSE = SupervisionOutcome.STILL_REFUSING, SupervisionOutcome.NO_CAUSE
INSPECTION, MARKET = Authority.LABOUR_INSPECTION, Authority.MARKET_SUPERVISION


def call(on: date = CALLED, way: ContactWay = ContactWay.TELEPHONE) -> RecordRefusalContact:
    return RecordRefusalContact(enterprise=MACHINES, way=way, contacted_on=on)


def confirm(on: date = CONFIRMED) -> ConfirmRefusal:
    return ConfirmRefusal(enterprise=MACHINES, confirmed_on=on)


def write(authority: Authority = INSPECTION, on: date = SENT, document: str = DOCUMENT) -> SendSupervisionLetter:
    return SendSupervisionLetter(enterprise=MACHINES, authority=authority, document=document, sent_on=on)


def answer(authority: Authority = INSPECTION, on: date = REPLIED) -> RecordSupervisionReply:
    return RecordSupervisionReply(enterprise=MACHINES, authority=authority, replied_on=on)


def end(outcome: SupervisionOutcome = SupervisionOutcome.TALKS, on: date = ENDED) -> EndSupervision:
    return EndSupervision.model_validate({"enterprise": MACHINES, "outcome": outcome, "ended_on": on})


# Contacts


def test_a_contact_with_one_that_refuses_is_recorded_for_the_union_that_looks_after_it() -> None:
    given(*a_refusing_enterprise()).when(call()).then(called())


def test_on_the_day_of_the_refusal_too_and_not_before_or_in_the_future() -> None:
    given(*a_refusing_enterprise()).when(call(STATED)).then(called(STATED))
    given(*a_refusing_enterprise()).when(call(STATED - A_DAY)).refused(
        "earlier_than_it_can_be", "contacted_on", earliest=STATED
    )
    given(*a_refusing_enterprise()).when(call(TODAY + A_DAY)).refused("in_the_future", "contacted_on")


def test_one_contact_a_day_counts() -> None:
    once = (*a_refusing_enterprise(), called())
    given(*once).when(call()).nothing_new()
    given(*once).when(call(way=ContactWay.VISIT)).refused("contacted_that_day", "contacted_on", contacted_on=CALLED)
    given(*once).when(call(CALLED_AGAIN)).then(called(CALLED_AGAIN))


@pytest.mark.parametrize("command", [call(), confirm(), write()])
@pytest.mark.parametrize(
    "history",
    [
        a_surveyed_enterprise(),
        a_willing_enterprise(),
        (*a_surveyed_enterprise(), unwilling(Will.HESITANT)),
        a_unionized_enterprise(),
    ],
)
def test_only_one_that_refuses_is_supervised(history: tuple[Event, ...], command: EnterpriseCommand) -> None:
    given(*history).when(command).refused("not_refusing")


@pytest.mark.parametrize("command", [call(), confirm(), write()])
def test_one_that_nobody_knows_is_not(command: EnterpriseCommand) -> None:
    given().when(command).refused("enterprise_unknown", "enterprise")


def test_the_matter_belongs_to_the_union_that_looks_after_the_enterprise() -> None:
    assert given(*a_refusing_enterprise()).when(call()).owner() == XINCHENG


# Confirmation


def test_a_refusal_is_confirmed_after_contacts_on_two_days() -> None:
    given(*a_contacted_refuser()).when(confirm()).then(confirmed())


def test_not_after_one_nor_before_the_second() -> None:
    given(*a_refusing_enterprise()).when(confirm()).refused("contacts_missing", "confirmed_on", known=0, needed=2)
    given(*a_refusing_enterprise(), called()).when(confirm()).refused("contacts_missing", "confirmed_on", known=1)
    given(*a_contacted_refuser()).when(confirm(CALLED_AGAIN - A_DAY)).refused(
        "contacts_missing", "confirmed_on", known=1
    )
    given(*a_contacted_refuser()).when(confirm(CALLED_AGAIN)).then(...)


def test_confirmed_once_and_not_in_the_future() -> None:
    given(*a_contacted_refuser()).when(confirm(TODAY + A_DAY)).refused("in_the_future", "confirmed_on")
    given(*a_confirmed_refuser()).when(confirm()).nothing_new()
    given(*a_confirmed_refuser()).when(confirm(CONFIRMED + A_DAY)).refused("refusal_confirmed", "confirmed_on")


def test_more_contacts_may_follow() -> None:
    given(*a_confirmed_refuser()).when(call(CONFIRMED)).then(called(CONFIRMED))


# Letters and replies


def test_an_authority_is_asked_once_the_refusal_is_confirmed() -> None:
    given(*a_contacted_refuser()).when(write()).refused("confirmation_needed")
    given(*a_confirmed_refuser()).when(write()).then(letter())


def test_each_authority_once() -> None:
    given(*a_supervised_refuser()).when(write()).nothing_new()
    given(*a_supervised_refuser()).when(write(on=SENT + A_DAY)).refused(
        "letter_sent", "authority", document=DOCUMENT, sent_on=SENT
    )
    given(*a_supervised_refuser()).when(write(MARKET)).then(letter(MARKET))


def test_no_letter_before_the_confirmation_or_in_the_future() -> None:
    given(*a_confirmed_refuser()).when(write(on=CONFIRMED - A_DAY)).refused("earlier_than_it_can_be", "sent_on")
    given(*a_confirmed_refuser()).when(write(on=TODAY + A_DAY)).refused("in_the_future", "sent_on")


def test_the_authority_that_was_asked_replies() -> None:
    given(*a_supervised_refuser()).when(answer()).then(reply())
    given(*a_supervised_refuser()).when(answer(MARKET)).refused("letter_needed", "authority")
    given(*a_contacted_refuser()).when(answer()).refused("confirmation_needed")
    given(*a_supervised_refuser()).when(answer(on=SENT - A_DAY)).refused("earlier_than_it_can_be", "replied_on")


def test_a_reply_is_entered_once() -> None:
    given(*a_supervised_refuser(), reply()).when(answer()).nothing_new()
    given(*a_supervised_refuser(), reply()).when(answer(on=TODAY)).refused("reply_recorded", "replied_on")


# The end


@pytest.mark.parametrize("history", [a_contacted_refuser(), a_confirmed_refuser(), a_supervised_refuser()])
def test_talks_end_it_at_any_time(history: tuple[Event, ...]) -> None:
    given(*history).when(end()).then(ended())


def test_any_other_outcome_needs_an_authority() -> None:
    given(*a_confirmed_refuser()).when(end(STILL)).refused("outcome_needs_letter", "outcome")
    given(*a_supervised_refuser()).when(end(STILL)).then(ended(STILL))
    given(*a_supervised_refuser()).when(end(NO_CAUSE)).refused("outcome_needs_reply", "outcome")
    given(*a_supervised_refuser(), reply()).when(end(NO_CAUSE)).then(ended(NO_CAUSE))


def test_that_it_is_gone_is_no_officers_word() -> None:
    with pytest.raises(ValueError, match="outcome"):
        end(SupervisionOutcome.ENTERPRISE_GONE)


def test_it_ends_not_before_the_last_that_was_entered() -> None:
    given(*a_supervised_refuser(), reply()).when(end(on=REPLIED - A_DAY)).refused(
        "earlier_than_it_can_be", "ended_on", earliest=REPLIED
    )
    given(*a_supervised_refuser()).when(end(on=TODAY + A_DAY)).refused("in_the_future", "ended_on")


def test_what_has_not_begun_or_has_ended_does_not_end() -> None:
    given(*a_refusing_enterprise()).when(end()).refused("not_supervised")
    given(*a_contacted_refuser(), ended()).when(end()).nothing_new()
    given(*a_contacted_refuser(), ended()).when(end(on=ENDED + A_DAY)).refused("supervision_ended", "ended_on")


def test_after_the_end_only_a_later_contact_begins_anew() -> None:
    over = (*a_supervised_refuser(), ended(STILL))
    given(*over).when(answer()).refused("supervision_ended", ended_on=ENDED)
    given(*over).when(write(MARKET)).refused("supervision_ended", ended_on=ENDED)
    given(*over).when(confirm()).refused("contacts_missing", "confirmed_on", known=0)
    given(*over).when(call(ENDED)).refused("supervision_ended", "contacted_on", ended_on=ENDED)
    given(*over).when(call(ENDED + A_DAY)).then(called(ENDED + A_DAY))
    given(*over, called(ENDED + A_DAY)).when(confirm(TODAY)).refused("contacts_missing", "confirmed_on", known=1)


def reactions(event: Event) -> list[object]:
    return [command for policy in POLICIES if policy.on is type(event) for command in policy.then(event)]


@pytest.mark.parametrize("said", [willing(on=TODAY), unwilling(Will.HESITANT, on=TODAY)])
def test_who_no_longer_refuses_talks(said: Event) -> None:
    close = CloseSupervision(enterprise=MACHINES, outcome=SupervisionOutcome.TALKS, ended_on=TODAY)
    assert reactions(said) == [close]
    given(*a_supervised_refuser(), said).when(close).then(ended(on=TODAY))


def test_who_refuses_again_goes_on_being_supervised() -> None:
    assert reactions(unwilling(on=TODAY)) == []


GONE: tuple[EnterpriseEvent, ...] = (
    EnterpriseClosed(enterprise=MACHINES, reason=ClosingReason.DEREGISTERED, closed_on=TODAY),
    EnterpriseMerged(enterprise=MACHINES, into=BAKERY, merged_on=TODAY),
    EnterpriseLeft(enterprise=MACHINES, province="510000", reason=LeavingReason.RELOCATED, left_on=TODAY),
)


@pytest.mark.parametrize("event", GONE)
def test_with_an_enterprise_that_is_gone_it_ends(event: EnterpriseEvent) -> None:
    gone = SupervisionOutcome.ENTERPRISE_GONE
    close = CloseSupervision(enterprise=MACHINES, outcome=gone, ended_on=TODAY)
    assert reactions(event) == [close]
    given(*a_contacted_refuser()).when(close).then(ended(gone, on=TODAY))
    given(*a_refusing_enterprise()).when(close).nothing_new()
    given(*a_contacted_refuser(), ended()).when(close).nothing_new()


# What the ledger shows


def row_after(*events: Event) -> SupervisionRow:
    row = fold_in_memory(SUPERVISIONS, events)[0][MACHINES]
    assert isinstance(row, SupervisionRow)
    return row


def test_the_ledger_begins_with_the_first_contact() -> None:
    moved = EnterpriseMoved(enterprise=MACHINES, county="610103", union="u-610103", moved_on=TODAY)
    assert fold_in_memory(SUPERVISIONS, [*a_refusing_enterprise(), moved]) == ({}, {})
    assert row_after(*a_refusing_enterprise(), called()) == SupervisionRow(MACHINES, XINCHENG, 1, CALLED)


def test_it_shows_how_far_it_has_come() -> None:
    row = row_after(*a_supervised_refuser(), reply(), letter(MARKET), letter(Authority.OTHER), ended(STILL))
    assert row == SupervisionRow(
        enterprise=MACHINES,
        union_id=XINCHENG,
        contacts=2,
        contacted_on=CALLED_AGAIN,
        confirmed_on=CONFIRMED,
        labour_inspection_sent_on=SENT,
        labour_inspection_replied_on=REPLIED,
        market_supervision_sent_on=SENT,
        other_sent_on=SENT,
        outcome=STILL,
        ended_on=ENDED,
    )


def test_every_authority_has_its_days_there() -> None:
    for authority in Authority:
        row = row_after(*a_confirmed_refuser(), letter(authority), reply(authority))
        assert (getattr(row, f"{authority}_sent_on"), getattr(row, f"{authority}_replied_on")) == (SENT, REPLIED)


def test_a_contact_entered_late_is_not_the_latest() -> None:
    assert row_after(*a_contacted_refuser(), called(STATED)).contacted_on == CALLED_AGAIN


def test_it_goes_along_with_an_enterprise_that_moves() -> None:
    moved = EnterpriseMoved(enterprise=MACHINES, county="610103", union="u-610103", moved_on=TODAY)
    assert row_after(*a_confirmed_refuser(), moved).union_id == "u-610103"


def test_who_is_supervised_anew_has_one_row_which_begins_anew() -> None:
    again = called(ENDED + A_DAY)
    assert row_after(*a_supervised_refuser(), ended(), again) == SupervisionRow(MACHINES, XINCHENG, 1, ENDED + A_DAY)
