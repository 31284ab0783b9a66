"""A ledger that is named on the command line, its file, and what is said of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from services.platform import SERVICES

if TYPE_CHECKING:
    from eventing.ledger.checking import Finding
    from eventing.ledger.ledger import Ledger
    from eventing.ledger.table import Table
    from eventing.refusal import Refused
    from eventing.shell.texts import Language, Texts


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ledger, the service whose it is, and what its refusals say."""

    ledger: "Ledger"
    service: str
    texts: "Texts"


class Opened:
    """A ledger's file that is being read. Raises `Invalid`."""

    def __init__(self, chosen: Chosen, file: BinaryIO, language: "Language") -> None:
        from eventing.ledger.checking import Checker
        from eventing.ledger.sheets import AT_HOME
        from eventing.ledger.table import find_table

        self.chosen, self.language = chosen, language
        self.table: Table = find_table(file, chosen.ledger, AT_HOME)
        self.checker: Checker = Checker(chosen.ledger, self.table, chosen.texts, language)

    def report(self, to: Path | None, found: "Mapping[int, Sequence[Finding]]") -> None:
        from eventing.ledger.forms import write_report

        if to is not None and found:
            with to.open("wb") as file:
                write_report(file, self.chosen.ledger, self.table, found)

    def say(self, how: str, rows: int, well: int, found: "Mapping[int, Sequence[Finding]]", as_json: bool) -> None:
        """What became of the rows, `well` of them `good` or `done`."""
        import orjson

        notices = [self._notice(one) for one in (*self.table.notices, *self.checker.tally.notices())]
        findings = [one for row in sorted(found) for one in found[row]]
        if as_json:
            told = [one.model_dump() for one in findings]
            say = {"ledger": self.chosen.ledger.name, "rows": rows, how: well, "findings": told, "notices": notices}
            click.echo(orjson.dumps(say).decode())
            return
        for notice in notices:
            click.echo(f"{notice['title']} · {notice['detail']}")
        for one in findings:
            click.echo(f"  行 row {one.row}: {one.line}")
        words = {"good": "合格 good", "done": "已录入 in"}[how]
        click.echo(f"{self.chosen.ledger.zh}：{rows:,} 行 rows, {well:,} {words}, {len(found):,} 有问题 with findings")

    def _notice(self, notice: "Refused") -> dict[str, str]:
        title, detail = self.chosen.texts.text(notice.code, self.language, notice.facts)
        return {"code": notice.code, "title": title, "detail": detail}


def named(name: str) -> Chosen:
    from eventing.shell.texts import Texts

    known = []
    for make in SERVICES:
        service = make()
        for one in service.ledgers:
            if one.name == name:
                return Chosen(one, service.name, Texts(service.home))
            known.append(one.name)
    raise click.BadParameter(f"没有这种台账 no such ledger: {name}; {', '.join(known)}", param_hint="LEDGER")


@contextmanager
def told(texts: "Texts", language: "Language") -> Iterator[None]:
    """What is wrong with the whole file, or kept its rows from the service, is said; exit code 1."""
    from eventing.ledger.posting import NotLet, Unreachable
    from eventing.refusal import Invalid

    try:
        yield
    except Invalid as wrong:
        title, detail = texts.text(wrong.code, language, wrong.facts)
        raise click.ClickException(f"{title}：{detail}") from wrong
    except NotLet as wrong:
        raise click.ClickException(str(wrong)) from wrong
    except Unreachable as away:
        raise click.ClickException(
            f"平台没有应答（{away}）。已录入的不会重复，恢复后请再运行一次。"
            f" The platform doesn't answer ({away}). Run it again: what is in stays in, once."
        ) from away
