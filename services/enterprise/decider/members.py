"""How many members does a union have? (入会)"""

from collections.abc import Sequence

from contracts.enterprise import MembersReported, UnionEvent
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.enterprise.commands import JoinMembers, ReportMembers
from services.enterprise.decider.enterprise import Enterprise
from services.enterprise.decider.own_union import OwnUnion, existing

AMONG_ALL = ("women", "migrant", "new_forms")


def report(command: ReportMembers, state: OwnUnion, _: Enterprise, moment: Moment) -> Sequence[UnionEvent]:
    """Numbers only, and no list (docs/domain.md 1, 'Founding', [D]); the same month again corrects it."""
    must_be_among_all(command)
    union = existing(command, state)
    founded, current = f"{union.begun.approved_on:%Y-%m}", f"{moment.today:%Y-%m}"
    if not founded <= command.month <= current:
        raise Refused("outside_the_months", "month", founded=founded, current=current)
    reported = MembersReported(**command.model_dump())
    return [] if union.members.get(command.month) == reported else [reported]


def must_be_among_all(command: ReportMembers | JoinMembers) -> None:
    """Raises `Invalid` where there are more of one kind than members."""
    for part in AMONG_ALL:
        if getattr(command, part) > command.members:
            raise Invalid("more_than_members", part, members=command.members)
