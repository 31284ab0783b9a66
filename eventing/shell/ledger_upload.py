"""A ledger that was sent as a request's body: read within bounds, checked, and told in the language asked for."""

import asyncio
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from pydantic import BaseModel

from eventing.ledger.books import XLSX
from eventing.ledger.checking import Checked, Checker, Finding
from eventing.ledger.forms import write_report
from eventing.ledger.ledger import Ledger
from eventing.ledger.sheets import OVER_HTTP
from eventing.ledger.table import Table, find_table
from eventing.refusal import Invalid, Refused
from eventing.shell.texts import Language, Texts, language_of


class Told(BaseModel):
    """Something to know about the file that kept no row back."""

    code: str
    title: str
    detail: str


class Upload:
    """A ledger that was sent: its rows checked, in one language."""

    def __init__(self, ledger: Ledger, body: bytes, texts: Texts, language: Language) -> None:
        self.language = language
        self._ledger, self._texts = ledger, texts
        self._table: Table = find_table(BytesIO(body), ledger, OVER_HTTP)
        self.checker = Checker(ledger, self._table, texts, self.language)
        self.rows: list[Checked] = list(self.checker.rows())

    def told(self, found: Mapping[int, Sequence[Finding]]) -> dict[str, Any]:
        notices = [self._told(one) for one in (*self._table.notices, *self.checker.tally.notices())]
        findings = [finding for row in sorted(found) for finding in found[row]]
        return {"ledger": self._ledger.name, "findings": findings, "notices": notices}

    def _told(self, notice: Refused) -> Told:
        title, detail = self._texts.text(notice.code, self.language, notice.facts)
        return Told(code=notice.code, title=title, detail=detail)

    async def report(self, found: Mapping[int, Sequence[Finding]]) -> Response:
        file = BytesIO()
        await asyncio.to_thread(write_report, file, self._ledger, self._table, found)
        return Response(file.getvalue(), media_type=XLSX, headers=as_file(f"{self._ledger.zh}-问题.xlsx"))


async def read_upload(ledger: Ledger, request: Request, texts: Texts) -> Upload:
    """The request's body, read and checked in a thread; raises `Invalid`."""
    body = await request.body()
    if not body:
        raise Invalid("ledger_nothing_sent")
    return await asyncio.to_thread(Upload, ledger, body, texts, language_of(request.headers.get("accept-language")))


def as_file(name: str) -> dict[str, str]:
    """Headers of an answer that is to be saved under that name."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "cache-control": "no-store"}
