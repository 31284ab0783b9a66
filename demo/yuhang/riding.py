"""A rider's day on the terminal: at what time what was asked, and what the platform answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.text import Text

from demo.officers import Json
from demo.yuhang import words
from demo.yuhang.answers import Near

_AHEAD = timedelta(days=7)
"""The platform looks no further ahead."""
_ASKED = {
    "microwave": "最近的、有微波炉的开放驿站？ the nearest open one with a microwave?",
    "haircut": "今天哪里有义务理发？ where is a haircut today?",
    "ticket": "预约理发 books a place",
    "fault": "报修 reports what doesn't work",
    "night": "夜里哪里还开着？ which one is open at night?",
}


def show_ride(ride: Sequence[Json], console: Console) -> None:
    """Print it in its order."""
    day = datetime.fromisoformat(ride[0]["at"])
    console.print(Text(f"外卖骑手的一天 A rider's day · {day:%Y-%m-%d}", style="bold"))
    console.print(Text("按演示结束时所知 as it is known when the play ends", style="dim"))
    for each in ride:
        console.print(Text(f"{datetime.fromisoformat(each['at']):%H:%M} ").append(_ASKED[each["asked"]]))
        for line in _answered(each):
            console.print(Text(f"      {line}", style="dim"))
    console.print()


def _answered(each: Json) -> Iterator[str]:
    match each:
        case {"ticket": ticket}:
            kind = words.SERVICES[ticket["kind"]]
            yield f"{kind} {ticket['starts']}–{ticket['ends']} · 已预约 booked {ticket['booked']}"
            yield f"后来 later: 到场 came {ticket['visits']}"
        case {"fault": fault}:
            yield f"{fault['name']}"
            yield f"{words.EQUIPMENT[fault['equipment']]} {words.SYMPTOMS[fault['symptom']]} · {fault['fault']}"
            yield f"{words.FAULTS[fault['state']]} · 修复期限 due {fault['due_on']}"
        case _:
            at = datetime.fromisoformat(each["at"])
            for near in map(Near.model_validate, each["stations"]):
                yield from _near(near, at)


def _until(open_until: datetime, at: datetime) -> str:
    if open_until - at >= _AHEAD:
        return "昼夜开放 day and night"
    same = open_until.date() == at.date()
    return f"开放至 open until {open_until:%H:%M}" if same else f"开放至 open until {open_until:%m-%d %H:%M}"


def _near(near: Near, at: datetime) -> Iterator[str]:
    yield f"{near.name} {near.metres:.0f} m · {_until(near.open_until, at)}"
    for on in near.on:
        yield f"  今日 on: {words.SERVICES[on.kind]} {on.starts}–{on.ends}"
    if near.broken:
        yield "  报修中 out of order: " + "、".join(words.EQUIPMENT[one] for one in near.broken)
