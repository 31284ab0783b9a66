"""The numbers of programme 1 that are data; `rules.toml` beside this file says since when and by whom."""

from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import Strict

from eventing import rules
from eventing.rules import Count, Numbers

__all__ = ["RULES", "CalendarDaysOf", "Count", "Rules", "WorkingDaysOf", "load", "on", "read"]


class Rules(Numbers):
    """All numbers as they hold on a day (docs/domain.md 1, [S] and [D]); what each means is said in `rules.toml`."""

    visit_within: Count
    escalate_within: Count
    refusal_contacts: Count
    simplified: Annotated[bool, Strict()]
    simplified_within: Count
    alongside_days: Count
    check_in_days: tuple[Count, ...]
    extension_days: Count
    instructor_load: Count
    replace_instructor_within: Count
    return_visit_every: Count
    plan_from: Count
    desk_looks_ahead: Count


RULES = rules.Rules(Rules, Path(__file__).with_suffix(".toml"))

on, read, load = RULES.on, RULES.read, RULES.load
WorkingDaysOf, CalendarDaysOf = partial(rules.WorkingDaysOf, RULES), partial(rules.CalendarDaysOf, RULES)
