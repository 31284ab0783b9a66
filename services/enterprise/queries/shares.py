"""What an officer who sets a target is warned of: shares (分解任务) of less than the target above, or due later.

By the targets that were set, without counting enterprises: whether the shares together still reach it, the board and
`GET /api/projection/targets` say by their numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import Day, UnionId
from eventing.shell.desk import Desk, Done
from services.enterprise.commands import SetTarget
from services.enterprise.decider.targets import holder
from services.enterprise.views.targets import TARGETS

_HELD = """
select distinct on (union_id) union_id, percent, due_on, cascades from {rows}
where metric = $1 and union_id = any($2::text[]) order by union_id, number desc
"""


class Held(BaseModel):
    """The target that a union was set last."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    union_id: UnionId
    percent: int
    due_on: Day
    cascades: bool


class SharesShort(BaseModel):
    """警告: what is shared out to unions right below is less than the target above them, or due later."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    code: Literal["shares_below_target"] = "shares_below_target"
    union: UnionId
    """Whose target their shares fall short of."""
    percent: int = Field(examples=[75])
    due_on: Day
    below: tuple[UnionId, ...]
    """Those below it that strive for less, or later."""


class TargetDone(Done):
    """What setting a target got."""

    warnings: tuple[SharesShort, ...] = ()


async def warnings(desk: Desk, command: SetTarget) -> Sequence[SharesShort]:
    """As it is now: the target just set beside those right below, and beside the one above."""
    unions, today, own = desk.moment.unions, desk.moment.today, holder(command)
    above = unions.chain(own, today)[1:]
    below = [union for union in unions.below(own, today) if unions.parent(union, today) == own]
    async with desk.read(TARGETS) as reading:
        found = await reading.fetch(_HELD.format(rows=reading.rows), command.metric, [own, *above, *below])
    held = {record["union_id"]: Held.model_validate(dict(record)) for record in found}
    return tuple(short(held, own, above, below))


def short(held: Mapping[str, Held], own: str, above: Sequence[str], below: Sequence[str]) -> Iterator[SharesShort]:
    """Of the targets that were set, by union; `above` from the union next up on."""
    target = held[own]
    taken = (held[up] for up in above if up in held and (held[up].cascades or up == above[0]))
    higher = next(taken, None)
    if higher is not None and _is_less(target, higher):
        yield _short(higher, [own])
    if less := [union for union in below if union in held and _is_less(held[union], target)]:
        yield _short(target, less)


def _is_less(share: Held, target: Held) -> bool:
    return share.percent < target.percent or share.due_on > target.due_on


def _short(target: Held, below: Sequence[str]) -> SharesShort:
    return SharesShort(union=target.union_id, percent=target.percent, due_on=target.due_on, below=tuple(below))
