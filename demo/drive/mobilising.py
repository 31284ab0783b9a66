"""It is asked whether it wants a union: willing ones are visited, those that refuse are supervised (宣传动员)."""

from collections.abc import Iterator
from datetime import timedelta

from contracts import regions
from demo import days
from demo.drive.entry import Entry
from demo.drive.marks import Mark
from demo.drive.steps import Step, day, number_of

_REFUSED = (Mark.TALKS, Mark.STILL_REFUSING, Mark.NO_CAUSE, Mark.WILLING_AFTER_ALL, Mark.SUPERVISED)


def steps(entry: Entry) -> Iterator[Step]:
    """What it says, and what follows from that."""
    for said in entry.life.statements:
        yield Step(said.stated_on, "state-will", {"will": said.will.value, "stated_on": said.stated_on.isoformat()})
    if entry.mark is Mark.PAUSED:
        yield from _paused(entry)
    elif visit := entry.life.visit:
        yield Step(visit.entered_on, "hold-visit", {"held_on": visit.held_on.isoformat()})
    if entry.mark in _REFUSED:
        yield from _supervised(entry)


def _paused(entry: Entry) -> Iterator[Step]:
    """The clock stands still for two weeks, and the visit is held soon after it goes on."""
    said = days.index(entry.life.statements[0].stated_on)
    paused, resumed, visited = day(said + 1), day(said + 5), day(said + 6)
    yield Step(paused, "pause-visit-clock", {"reason": "stoppage", "paused_on": paused.isoformat()})
    yield Step(resumed, "resume-visit-clock", {"resumed_on": resumed.isoformat()})
    yield Step(visited, "hold-visit", {"held_on": visited.isoformat()})


def _supervised(entry: Entry) -> Iterator[Step]:
    """Two contacts, confirmed by the county, a letter to each authority, a reply, and what came of it."""
    refused = days.index(entry.life.statements[-1].stated_on)
    first, second, confirmed, sent, replied, ended = (day(refused + later) for later in (1, 2, 3, 4, 7, 9))
    yield Step(first, "record-refusal-contact", {"way": "telephone", "contacted_on": first.isoformat()})
    yield Step(second, "record-refusal-contact", {"way": "visit", "contacted_on": second.isoformat()})
    yield Step(confirmed, "confirm-refusal", {"confirmed_on": confirmed.isoformat()}, role="approver")
    for number, authority in enumerate(("labour_inspection", "market_supervision")):
        document = f"{regions.name(entry.county)[:-1]}工函〔{sent.year}〕{number_of(entry) % 4000 * 2 + number}号"
        facts = {"authority": authority, "document": document, "sent_on": sent.isoformat()}
        yield Step(sent, "send-supervision-letter", facts)
    if entry.mark is Mark.SUPERVISED:
        return
    facts = {"authority": "labour_inspection", "replied_on": replied.isoformat()}
    yield Step(replied, "record-supervision-reply", facts)
    if entry.mark is Mark.WILLING_AFTER_ALL:
        said, visited = ended - timedelta(days=1), day(days.index(ended) + 1)
        yield Step(ended, "state-will", {"will": "willing", "stated_on": said.isoformat()})
        yield Step(visited, "hold-visit", {"held_on": visited.isoformat()})
    else:
        yield Step(ended, "end-supervision", {"outcome": str(entry.mark), "ended_on": ended.isoformat()})
