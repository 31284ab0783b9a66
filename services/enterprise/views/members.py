"""Members by union and month (入会台账): counts, as reported last."""

from dataclasses import dataclass

from contracts.enterprise import MembersReported
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class MembersRow:
    """One union's members at the end of one month; the last three are among all."""

    report: str
    """`<credit code>/<month>`."""
    enterprise: str
    month: str
    members: int
    women: int
    migrant: int
    new_forms: int


def _key(event: MembersReported) -> str:
    return f"{event.enterprise}/{event.month}"


def _apply(_: MembersRow | None, event: MembersReported) -> MembersRow:
    return MembersRow(
        _key(event), event.enterprise, event.month, event.members, event.women, event.migrant, event.new_forms
    )


MEMBERS = Fold(
    name="union_members",
    row=MembersRow,
    events=(MembersReported,),
    key=_key,
    apply=_apply,
    indexes=(("month", "report"),),
)
