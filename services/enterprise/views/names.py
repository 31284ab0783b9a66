"""The core of an enterprise's name, by which similar ones meet, and what was decided of two (同名研判)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from contracts import regions
from contracts.enterprise import NameAdjudicated, NameEvidence, NameVerdict
from eventing.fold import Fold

_LEGAL_FORM = re.compile(
    "股份有限公司|有限责任公司|有限公司|股份公司|分公司|总公司|公司|有限合伙|普通合伙|合伙企业|集团|总厂|分厂"
)
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
_LEVEL = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|自治[州县旗]|地区|新区|林区|特区|[省市区县盟旗])$")


def name_key(name: str, county: str) -> str:
    """The core of a name: without legal form, brackets, blanks and the places that the county lies in; full width and
    half width are one (docs/domain.md 1, 'The list', [D]). Where nothing is left of it, the places stay."""
    plain = _NEITHER_LETTER_NOR_DIGIT.sub("", unicodedata.normalize("NFKC", name).upper())
    bare = _LEGAL_FORM.sub("", plain)
    return _places(county).sub("", bare) or bare or plain


@lru_cache(maxsize=4096)
def _places(county: str) -> re.Pattern[str]:
    names = {form for place in _around(county) for form in (place, _LEVEL.sub("", place)) if len(form) > 1}
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


def _around(county: str) -> Iterator[str]:
    at: str | None = county
    while at is not None:
        yield regions.name(at)
        at = regions.parent(at)


@dataclass(frozen=True, slots=True)
class AdjudicatedRow:
    """What was decided of two enterprises: `enterprise` is the one of them that the verdict is about."""

    pair: str
    """Both codes in their order: the same two, whichever was named first."""
    enterprise: str
    other: str
    verdict: NameVerdict
    evidence: NameEvidence
    decided_by: str
    decided_on: date


def pair_of(one: str, other: str) -> str:
    return "-".join(sorted((one, other)))


def _apply(_: AdjudicatedRow | None, event: NameAdjudicated) -> AdjudicatedRow:
    return AdjudicatedRow(
        pair_of(event.enterprise, event.other),
        event.enterprise,
        event.other,
        event.verdict,
        event.evidence,
        event.decided_by,
        event.decided_on,
    )


ADJUDICATED = Fold(
    name="adjudicated_names",
    row=AdjudicatedRow,
    events=(NameAdjudicated,),
    key=lambda event: pair_of(event.enterprise, event.other),
    apply=_apply,
)
