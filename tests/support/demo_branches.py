"""Which branch of the drive happened how often, told from the events of the log."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from contracts.cloudevent import Recorded
from contracts.event import Event
from tests.support.board_recount import told
from tests.support.demo_recount import lives_in

_OF_EVENTS: dict[str, Callable[[Any], bool]] = {
    "NameAdjudicated same": lambda e: e.verdict.value == "same",
    "NameAdjudicated different": lambda e: e.verdict.value == "different",
    "NameAdjudicated branch": lambda e: e.verdict.value == "branch",
    "EnterpriseClosed": lambda e: e.reason.value in ("deregistered", "bankrupt"),
    "EnterpriseMerged": lambda _: True,
    "EnterpriseMoved": lambda _: True,
    "EnterpriseLeft": lambda e: e.province[:2] != "61",
    "EnterpriseSurveyed dispatched": lambda e: e.dispatched > 0,
    "SurveyClosed": lambda e: len(e.enterprises) > 0,
    "BaselineEntered": lambda _: True,
    "WillStated hesitant": lambda e: e.will.value == "hesitant",
    "WillStated refusing": lambda e: e.will.value == "refusing",
    "MembersJoined": lambda _: True,
    "VisitHeld": lambda _: True,
    "VisitOverdue": lambda _: True,
    "VisitOverdueEscalated": lambda _: True,
    "VisitOverdueWithdrawn": lambda _: True,
    "VisitClockPaused": lambda _: True,
    "VisitClockResumed": lambda _: True,
    "RefusalContactRecorded": lambda _: True,
    "RefusalConfirmed": lambda _: True,
    "SupervisionLetterSent labour_inspection": lambda e: e.authority.value == "labour_inspection",
    "SupervisionLetterSent market_supervision": lambda e: e.authority.value == "market_supervision",
    "SupervisionReplied": lambda _: True,
    "SupervisionEnded talks": lambda e: e.outcome.value == "talks",
    "SupervisionEnded still_refusing": lambda e: e.outcome.value == "still_refusing",
    "SupervisionEnded no_cause": lambda e: e.outcome.value == "no_cause",
    "PlanOpened": lambda _: True,
    "PlanStepAgreed": lambda _: True,
    "PlanStepDone": lambda _: True,
    "FoundingPlanned": lambda _: True,
    "PlanReturned": lambda _: True,
    "PlanStruckOff": lambda _: True,
    "PlanLeft below_100": lambda e: e.reason.value == "below_100",
    "FoundingApplied simplified": lambda e: e.simplified,
    "FoundingApplied in full": lambda e: not e.simplified,
    "PreparatoryGroupFormed": lambda _: True,
    "SetUpApproved": lambda _: True,
    "FoundingMeetingHeld": lambda _: True,
    "EnterpriseUnionized": lambda _: True,
    "JointUnionFormed joint": lambda e: e.form.value == "joint",
    "JointUnionFormed federation": lambda e: e.form.value == "small_micro_federation",
    "JointUnionJoined": lambda _: True,
    "JointUnionLeft resolved": lambda e: e.reason.value == "resolved",
    "JointUnionDissolved": lambda _: True,
    "FederationFormed industry": lambda e: e.kind.value == "industry",
    "FederationFormed area": lambda e: e.kind.value == "area",
    "FederationJoined": lambda _: True,
    "FederationLeft": lambda _: True,
    "TermOverrun": lambda _: True,
    "TermRenewed": lambda _: True,
    "ChairVacated": lambda _: True,
    "ChairElected": lambda _: True,
    "UnionDissolved": lambda _: True,
    "InstructorAssigned": lambda _: True,
    "InstructorLeft": lambda _: True,
    "CheckInHeld in time": lambda e: e.held_on <= e.due_on,
    "CheckInHeld late": lambda e: e.held_on > e.due_on,
    "CheckInMissed": lambda _: True,
    "AccompanimentAssessed stands": lambda e: e.stands,
    "AccompanimentAssessed lacking": lambda e: not e.stands,
    "AccompanimentExtended": lambda _: True,
    "AccompanimentEnded": lambda _: True,
    "ReturnVisitHeld": lambda _: True,
    "ReturnVisitMissed": lambda _: True,
    "ShellFlagged": lambda _: True,
    "ShellRectified": lambda _: True,
    "MembersReported": lambda _: True,
    "OfficerAssigned": lambda _: True,
    "DeskHandedOver": lambda e: len(e.enterprises) > 0,
    "TargetSet shared_out": lambda e: e.reason.value == "shared_out",
    "TargetSet circumstances": lambda e: e.number > 1 and e.reason.value == "circumstances",
    "ReportSealed": lambda _: True,
    "ReportSealed again": lambda e: e.edition > 1,
    "ReportSealed since then": lambda e: len(e.since) > 0,
    "ReportReturned": lambda _: True,
    "ReportAccepted": lambda _: True,
}
"""By the event's name, and where there are several kinds of it, a word that tells them apart."""


def branches(events: Sequence[Event]) -> Counter[str]:
    """How often each happened; what never did is there with 0."""
    found: Counter[str] = Counter(dict.fromkeys(_OF_EVENTS, 0))
    by_name: dict[str, list[str]] = {}
    for branch in _OF_EVENTS:
        by_name.setdefault(branch.split()[0], []).append(branch)
    for event in events:
        found.update(branch for branch in by_name.get(type(event).__name__, ()) if _OF_EVENTS[branch](event))
    lives = lives_in(events)
    for branch, happened in _OF_LIVES.items():
        found[branch] = sum(happened(life) for life in lives.values())
    found["an instructor with a load of ten"] = _most_at_once(events) >= 10
    return found


def _crossed(life: Sequence[Event], up: bool) -> bool:
    counts = [one.labour_contracts for one in sorted(told(life, "EnterpriseSurveyed"), key=lambda e: e.surveyed_on)]
    return len(counts) > 1 and (counts[0] < 100 <= counts[-1] if up else counts[0] >= 100 > counts[-1])


def _grown_as_a_unit(life: Sequence[Event]) -> bool:
    """Its plan was opened while it was in a joint union, with 25 members or more."""
    (joined, *_), opened = told(life, "JointUnionJoined") or [None], told(life, "PlanOpened")
    return joined is not None and joined.members >= 25 and any(one.opened_on > joined.joined_on for one in opened)


def _moved_while_the_clock_ran(life: Sequence[Event]) -> bool:
    kinds = [type(event).__name__ for event in told(life, "WillStated", "EnterpriseMoved", "VisitHeld")]
    return kinds == ["WillStated", "EnterpriseMoved", "VisitHeld"]


_OF_LIVES: dict[str, Callable[[Sequence[Event]], bool]] = {
    "grown to 100": lambda life: _crossed(life, up=True),
    "shrunk below 100": lambda life: _crossed(life, up=False),
    "grown to 100 as a unit of a joint union": _grown_as_a_unit,
    "moved while the visit's clock ran": _moved_while_the_clock_ran,
    "hesitant or refusing first, founded later": lambda life: bool(
        told(life, "EnterpriseUnionized") and told(life, "WillStated")[0].will.value != "willing"
    ),
    "supervised, then willing and visited": lambda life: (
        [
            type(event).__name__
            for event in told(life, "RefusalConfirmed", "WillStated", "SupervisionEnded", "VisitHeld")
        ][-4:]
        == ["RefusalConfirmed", "WillStated", "SupervisionEnded", "VisitHeld"]
    ),
    "another instructor after one has left": lambda life: bool(
        told(life, "InstructorLeft") and len(told(life, "InstructorAssigned")) > 1
    ),
    "an instructor in the extension": lambda life: bool(
        told(life, "AccompanimentExtended") and len(told(life, "InstructorAssigned")) > 1
    ),
    "a shell dissolved": lambda life: any(one.reason.value == "shell" for one in told(life, "UnionDissolved")),
    "a shell that is still one": lambda life: bool(
        told(life, "ShellFlagged") and not told(life, "ShellRectified", "UnionDissolved")
    ),
    "a union ended with its enterprise": lambda life: bool(
        told(life, "EnterpriseUnionized") and told(life, "EnterpriseClosed")
    ),
    "registered after the survey was closed": lambda life: (
        not told(life, "BaselineEntered") and bool(told(life, "EnterpriseSurveyed"))
    ),
    "struck off after it was returned": lambda life: bool(told(life, "PlanReturned") and told(life, "PlanStruckOff")),
}


def entered_late(recorded: Sequence[Recorded]) -> int:
    """Counts of workers of this year that were entered more than a week after their day: they came in a ledger."""
    return sum(
        7 < (one.envelope.time.date() - _day(one.event)).days < 200
        for one in recorded
        if type(one.event).__name__ == "EnterpriseSurveyed"
    )


def _day(event: Any) -> date:
    found: date = event.surveyed_on
    return found


def _most_at_once(events: Sequence[Event]) -> int:
    load: Counter[str] = Counter()
    most = 0
    for event in events:
        name, instructor = type(event).__name__, getattr(event, "instructor", None)
        if name in ("InstructorEngaged", "InstructorReleased") and instructor:
            load[instructor] += 1 if name == "InstructorEngaged" else -1
            most = max(most, load[instructor])
    return most
