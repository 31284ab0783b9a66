"""The numbers of programme 2 that are data; `rules.toml` beside this file says since when and by whom."""

from functools import partial
from pathlib import Path

from eventing import rules
from eventing.rules import Count, Numbers

__all__ = ["RULES", "CalendarDaysOf", "Rules", "WorkingDaysOf", "load", "on", "read"]


class Rules(Numbers):
    """All numbers as they hold on a day (docs/domain.md 2, [D]); what each means is said in `rules.toml`."""

    tickets_kept: Count


RULES = rules.Rules(Rules, Path(__file__).with_suffix(".toml"))

on, read, load = RULES.on, RULES.read, RULES.load
WorkingDaysOf, CalendarDaysOf = partial(rules.WorkingDaysOf, RULES), partial(rules.CalendarDaysOf, RULES)
