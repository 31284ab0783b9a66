"""The numbers of the board and its reports that are data; `rules.toml` beside this file says since when and by whom."""

from pathlib import Path

from eventing import rules
from eventing.rules import Count, Numbers


class Rules(Numbers):
    """All numbers as they hold on a day (docs/domain.md 1, [D]); what each means is said in `rules.toml`."""

    own_union_from: Count
    union_from: Count
    small_below: Count
    covered_from: Count
    pace_days: Count
    report_looks_back: Count


RULES = rules.Rules(Rules, Path(__file__).with_suffix(".toml"))

on, load = RULES.on, RULES.load
