"""What a workbook would take is looked at before a reader does: its parts as bytes, piece by piece."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from eventing.ledger.sheets import Bounds
from eventing.refusal import Invalid

_CELL = re.compile(rb'<(?:\w{1,20}:)?c [^>]{0,200}?r="([A-Z]{1,3})([0-9]{1,7})"')
_MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell [^>]{0,100}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}([0-9]{1,7}))"')
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:row|si)[ >/]")
_PIECE, _LONGEST = 1 << 20, 240
_WHOLE = 4 << 20
"""Bytes, at most, of what the reader has in memory at once: a row, a text, a part that isn't read by rows."""
_TOLD = 1_000
"""Merged ranges that are kept of a sheet."""


@dataclass(slots=True)
class Scan:
    """What was seen of a sheet: its last row, and its merged ranges (last row, in words)."""

    height: int = 0
    merged: dict[str, int] = field(default_factory=dict)


def scanned(file: BinaryIO, bounds: Bounds) -> Mapping[str, Scan]:
    """Each sheet's part by its name in the pack. Raises `Invalid` for what is no pack, or larger than the bounds."""
    scans = {}
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as pack:
            if sum(entry.file_size for entry in pack.infolist()) > bounds.expanded:
                raise Invalid("ledger_too_large", limit=bounds.expanded)
            for entry in pack.infolist():
                name = entry.filename.lower()
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    scans[entry.filename] = _scan(pack, entry, bounds)
                elif name.startswith("xl/sharedstrings"):
                    _scan(pack, entry, bounds)
                elif name.endswith((".xml", ".rels")) and entry.file_size > _WHOLE:
                    raise Invalid("ledger_too_large", limit=_WHOLE)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as wrong:
        raise Invalid("ledger_not_readable", why=str(wrong)[:200]) from wrong
    return scans


def _scan(pack: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds) -> Scan:
    scan, kept, quiet = Scan(), b"", 0
    with pack.open(entry) as part:
        while piece := part.read(_PIECE):
            text = kept + piece
            quiet = 0 if _ENTRY.search(text) else quiet + len(piece)
            if quiet > _WHOLE:
                raise Invalid("ledger_too_large", limit=_WHOLE)
            for letters, number in _CELL.findall(text):
                scan.height = max(scan.height, int(number))
                if scan.height > bounds.rows or _column(letters) > bounds.columns:
                    raise Invalid("ledger_too_many_rows", rows=bounds.rows, columns=bounds.columns)
            for words, last in _MERGED.findall(text):
                if len(scan.merged) < _TOLD:
                    scan.merged[words.decode()] = int(last)
            kept = text[-_LONGEST:]  # what is looked for may lie across two pieces
    return scan


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
