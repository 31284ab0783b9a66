"""Lives of enterprises as their streams may hold them, and the orders in which such a life may be entered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from hypothesis import strategies as st

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    BaselineEntered,
    ClosingReason,
    DissolutionReason,
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    JointUnionJoined,
    JointUnionLeft,
    LeavingReason,
    MembersReported,
    Ownership,
    PlanLeaving,
    PlanLeft,
    PlanOpened,
    PlanStruckOff,
    ShellFlagged,
    ShellRectified,
    ShellSign,
    SizeClass,
    UnionDissolved,
    UnionForm,
    UnitLeaving,
    VisitHeld,
    VisitOverdue,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from contracts.event import Event

FIRST, LAST = date(2024, 12, 20), date(2025, 3, 10)
DAYS = st.dates(FIRST, LAST)
COUNTIES = ["610102", "610113", "610125", "610702"]
UNIONS = {"610102": "u-610102", "610113": "u-610113", "610125": "u-610118", "610702": "u-610702"}
NAME = "西安示例机械有限公司"

Chain = tuple[Event, ...]
Told = Callable[[date], Event]


@dataclass(frozen=True)
class Life:
    """One enterprise's facts. What stands in one chain can only be entered in its order; the chains are independent."""

    code: str
    chains: tuple[Chain, ...]

    @property
    def events(self) -> list[Event]:
        return [event for chain in self.chains for event in chain]


def entered(life: Life) -> st.SearchStrategy[list[Event]]:
    """In any order that the streams allow: an enterprise's own begins with its registration."""

    def merge(turns: Sequence[int]) -> list[Event]:
        rest = [list(chain) for chain in life.chains]
        merged = [rest[turn].pop(0) for turn in turns]
        first = next(at for at, event in enumerate(merged) if isinstance(event, EnterpriseEvent))
        registered = next(event for event in merged if isinstance(event, EnterpriseRegistered))
        merged.remove(registered)
        return [*merged[:first], registered, *merged[first:]]

    return st.permutations([at for at, chain in enumerate(life.chains) for _ in chain]).map(merge)


@st.composite
def lives(draw: st.DrawFn, number: int = 1) -> Life:
    """The life of the enterprise of that number; it is in the region all the while."""
    code = make_credit_code(draw(st.sampled_from(["91", "91", "91", "92"])), "610102", number)

    def every(least: int, most: int, tell: Callable[[date], Event]) -> list[Chain]:
        """So many facts, each of another day, each by itself."""
        return [(tell(day),) for day in draw(st.lists(DAYS, min_size=least, max_size=most, unique=True))]

    def in_turn(*tells: Told) -> Chain:
        """Beginning and end, again and again, in the order of their days."""
        days = sorted(draw(st.lists(DAYS, max_size=4)))
        return tuple(tell(day) for tell, day in zip(cycle(tells), days, strict=False))

    def county() -> str:
        return draw(st.sampled_from(COUNTIES))

    def registered(day: date) -> Event:
        at = county()
        return EnterpriseRegistered(
            enterprise=code, name=NAME, ownership=ownership(), county=at, union=UNIONS[at], registered_on=day
        )

    def ownership() -> Ownership:
        return draw(st.sampled_from([Ownership.PRIVATE, Ownership.PRIVATE, Ownership.FOREIGN, Ownership.STATE]))

    def moved(day: date) -> Event:
        at = county()
        return EnterpriseMoved(enterprise=code, county=at, union=UNIONS[at], moved_on=day)

    def described(day: date) -> Event:
        return EnterpriseDescribed(
            enterprise=code, name=NAME, ownership=ownership(), industry=None, town=None, parent=None, described_on=day
        )

    def surveyed(day: date) -> Event:
        return EnterpriseSurveyed(
            enterprise=code,
            labour_contracts=draw(st.sampled_from([0, 49, 50, 99, 100, 300])),
            dispatched=60,
            size_class=draw(st.none() | st.sampled_from(SizeClass)),
            surveyed_on=day,
        )

    def unionized(day: date) -> Event:
        return EnterpriseUnionized(
            enterprise=code,
            form=UnionForm.OWN,
            members=draw(st.sampled_from([0, 30])),
            own_committee=True,
            approved_on=day,
            approved_by="u-610102",
            document="新工发〔2025〕12号",
        )

    def joined(day: date) -> Event:
        return JointUnionJoined(
            enterprise=code,
            union="u-610102-j1",
            form=draw(st.sampled_from([UnionForm.JOINT, UnionForm.SMALL_MICRO_FEDERATION])),
            members=draw(st.integers(0, 3)),
            joined_on=day,
        )

    def reported(month: str) -> Event:
        members = draw(st.integers(0, 40))
        return MembersReported(enterprise=code, month=month, members=members, women=0, migrant=0, new_forms=0)

    def ended(day: date) -> Event:
        return draw(
            st.sampled_from(
                [
                    EnterpriseClosed(enterprise=code, reason=ClosingReason.DEREGISTERED, closed_on=day),
                    EnterpriseMerged(enterprise=code, into=make_credit_code("91", "610102", 999), merged_on=day),
                    EnterpriseLeft(enterprise=code, province="510000", reason=LeavingReason.RELOCATED, left_on=day),
                ]
            )
        )

    def unless_overdue(day: date) -> Event:
        """What settles an overdue visit that was due a week before; sometimes it had been held in time."""
        due_on = day - timedelta(days=draw(st.integers(-3, 7)))
        return draw(
            st.sampled_from(
                [
                    VisitHeld(enterprise=code, held_on=day, due_on=due_on),
                    VisitOverdueWithdrawn(enterprise=code, held_on=day, due_on=due_on),
                    WillStated(
                        enterprise=code, will=Will.REFUSING, stated_on=day, visit_due_on=None, provisional=False
                    ),
                ]
            )
        )

    chains: list[Chain] = [
        *every(1, 1, registered),
        *every(0, 2, moved),
        *every(0, 2, described),
        *every(0, 4, surveyed),
        in_turn(
            unionized,
            lambda day: UnionDissolved(enterprise=code, reason=DissolutionReason.SHELL, dissolved_on=day),
        ),
        in_turn(
            joined,
            lambda day: JointUnionLeft(enterprise=code, union="u-610102-j1", reason=UnitLeaving.RESOLVED, left_on=day),
        ),
        *((reported(month),) for month in draw(st.sets(st.sampled_from(["2024-12", "2025-01", "2025-02"])))),
        in_turn(
            lambda day: ShellFlagged(enterprise=code, signs=(ShellSign.NO_ACTIVITY,), flagged_on=day),
            lambda day: ShellRectified(enterprise=code, rectified_on=day),
        ),
        *every(0, 1, lambda day: BaselineEntered(enterprise=code, county="610102", closed_on=day)),
        in_turn(lambda day: VisitOverdue(enterprise=code, due_on=day, told="u-610100"), unless_overdue),
        in_turn(
            lambda day: PlanOpened(
                enterprise=code, county="610102", union="u-610102", labour_contracts=120, opened_on=day
            ),
            lambda day: draw(
                st.sampled_from(
                    [
                        PlanStruckOff(enterprise=code, approved_on=day, checked_by="u-610100", checked_on=day),
                        PlanLeft(enterprise=code, reason=PlanLeaving.BELOW_100, left_on=day),
                    ]
                )
            ),
        ),
        in_turn(
            lambda day: AccompanimentStarted(
                enterprise=code, union="u-610102", approved_on=day, ends_on=day + timedelta(days=60)
            ),
            lambda day: AccompanimentEnded(enterprise=code, instructor=None, ended_on=day),
        ),
        *every(0, 1, ended),
    ]
    return Life(code, tuple(chain for chain in chains if chain))
