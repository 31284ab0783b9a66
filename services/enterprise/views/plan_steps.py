"""What was agreed in the plans: who does what by when, one row a step."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import PlanStep, PlanStepAgreed, PlanStepDone
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class PlanStepRow:
    """A step of the plan for one enterprise, as it was agreed last."""

    id: str
    enterprise: str
    step: PlanStep
    officer: str
    due_on: date
    done_on: date | None = None


def _key(event: PlanStepAgreed | PlanStepDone) -> str:
    return f"{event.enterprise}/{event.step}"


def _apply(row: PlanStepRow | None, event: PlanStepAgreed | PlanStepDone) -> PlanStepRow:
    if isinstance(event, PlanStepAgreed):
        return PlanStepRow(_key(event), event.enterprise, event.step, event.officer, event.due_on)
    assert row is not None, "what is done was agreed"
    return replace(row, done_on=event.done_on)


PLAN_STEPS = Fold(
    name="plan_steps",
    row=PlanStepRow,
    events=(PlanStepAgreed, PlanStepDone),
    key=_key,
    apply=_apply,
    indexes=(("enterprise",),),
)
