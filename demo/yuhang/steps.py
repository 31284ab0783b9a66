"""What officers of Yuhang's union do, as actions: a command about one thing, or a filled-in ledger."""

from collections.abc import Mapping, Sequence
from datetime import date

from demo.action import AFTERNOON, MORNING, Action, Role, Sheet

DISTRICT = "330110"
UNION = f"u-{DISTRICT}"

_SUBJECTS = ("station", "town", "service", "region")


def station_id(number: int) -> str:
    return f"s-{DISTRICT}-{number:03}"


def asked(
    day: date,
    command: str,
    facts: Mapping[str, object],
    key: str,
    *,
    role: Role = "officer",
    hour: int = MORNING,
) -> Action:
    """A command of the service of stations. What is about the same station, town or service follows in its order."""
    about = next(str(facts[subject]) for subject in _SUBJECTS if subject in facts)
    return Action(
        about=about,
        day=day,
        union=UNION,
        role=role,
        path=f"/api/stations/{command}",
        body=facts,
        key=f"demo:yuhang:{about}:{command}:{key}",
        hour=hour,
    )


def filled_in(
    day: date, ledger: str, header: Sequence[str], rows: Sequence[Sequence[object]], *, hour: int = AFTERNOON
) -> Action:
    """A ledger that is brought in, after the commands of the day; one of each kind a day."""
    return Action(
        about=f"ledger {ledger}",
        day=day,
        union=UNION,
        role="officer",
        path=f"/api/stations/ledgers/{ledger}/import",
        body=Sheet((header, *rows)),
        key=f"demo:yuhang:{ledger}:{day}",
        hour=hour,
    )
