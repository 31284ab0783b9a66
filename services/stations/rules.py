"""The numbers of programme 2 that are data; `rules.toml` beside this file says since when and by whom."""

from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import Field, Strict

from contracts.stations import Equipment
from eventing import rules
from eventing.rules import Count, Numbers

__all__ = ["RULES", "CalendarDaysOf", "Rules", "WorkingDaysOf", "load", "on", "read", "repair_within"]

Weight = Annotated[int, Strict(), Field(ge=0, le=100)]


class Rules(Numbers):
    """All numbers as they hold on a day (docs/domain.md 2, [D]); what each means is said in `rules.toml`."""

    tickets_kept: Count
    repair_seating: Count
    repair_air_conditioning: Count
    repair_refrigerator: Count
    repair_microwave: Count
    repair_drinking_water: Count
    repair_first_aid: Count
    repair_television: Count
    repair_charging: Count
    rating_days: Count
    rating_visits: Count
    weight_inspections: Weight
    weight_hours: Weight
    weight_faults: Weight
    weight_visits: Weight


RULES = rules.Rules(Rules, Path(__file__).with_suffix(".toml"))

on, read, load = RULES.on, RULES.read, RULES.load
WorkingDaysOf, CalendarDaysOf = partial(rules.WorkingDaysOf, RULES), partial(rules.CalendarDaysOf, RULES)


def repair_within(equipment: Equipment) -> rules.WorkingDaysOf:
    """How long a repair may take after the fault was confirmed: working days, by kind."""
    return WorkingDaysOf(f"repair_{equipment}")
