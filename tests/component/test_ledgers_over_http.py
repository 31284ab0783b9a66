"""A ledger's whole way over HTTP: template, check, import, what was refused, export."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import count

import httpx
import pytest
from python_calamine import CalamineWorkbook

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from eventing.ledger.books import XLSX
from services.enterprise.ledgers.survey import SURVEY
from tests.support.ledgers import comma_separated, xlsx
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

ROLES = (Role.OFFICER, Role.VIEWER)
UNION, COUNTY, DAY = "u-610113", "610113", date(2025, 5, 6)
HEADER = [column.zh for column in SURVEY.columns]
_SERIALS = count(880_000)


def row(name: str = "=西安示例机械有限公司", union: str = UNION, headcount: object = 60) -> list[object]:
    code = make_credit_code("91", COUNTY, next(_SERIALS))
    return [code, name, "私营", COUNTY, union, "2025年5月6日", headcount, None, "中型", DAY]


@pytest.fixture
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer(ROLES, UNION, subject="p-ledgers") as officer:
        yield officer


def sealed(platform: PlatformProcess) -> int:
    """The log's sequence when all that was appended has its number: an answer names what is sealed."""
    with platform.officer([Role.OPERATOR], "u-610000") as operator:

        def standing() -> dict[str, int]:
            found: dict[str, int] = operator.get("/api/enterprise/operator/standing").json()
            return found

        eventually_sync(lambda: standing()["unsealed"] == 0, within=30)
        return standing()["sequence"]


def sent(officer: httpx.Client, what: str, file: BytesIO, **params: bool) -> httpx.Response:
    return officer.post(f"/api/enterprise/ledgers/survey/{what}", content=file.getvalue(), params=params)


def test_what_was_exported_is_what_the_list_shows_and_imports_again(
    platform: PlatformProcess, officer: httpx.Client
) -> None:
    rows = [row(), row("+示例二号有限公司"), row()]
    assert sent(officer, "check", xlsx([HEADER, *rows])).json() | {"notices": []} == {
        "ledger": "survey",
        "rows": 3,
        "good": 3,
        "findings": [],
        "notices": [],
    }
    assert sent(officer, "import", xlsx([HEADER, *rows])).json()["done"] == 3
    sequence = sealed(platform)
    asked = {"region": COUNTY, "will": "willing"}
    for filters in ({"region": COUNTY}, asked):
        shown = officer.get("/api/enterprise/enterprises", params={**filters, "limit": 500}).json()
        answer = officer.get("/api/enterprise/ledgers/survey/export", params=filters)
        about, sheet = (
            CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(at).to_python() for at in (0, 1)
        )
        told = {str(line[0]).split()[0]: str(line[1]) for line in about}
        assert [line[0] for line in sheet[1:]] == [one["enterprise"] for one in shown["enterprises"]]
        assert told["行数"] == str(len(shown["enterprises"]))
        assert told["截至"].startswith("2025-05-06")
        assert told["序号"] == answer.headers["x-gonglian-position"] == f"/regions/610000/enterprise@{sequence}"
    whole = officer.get("/api/enterprise/ledgers/survey/export", params={"region": COUNTY, "format": "csv"}).content
    assert whole.startswith(b"\xef\xbb\xbf")
    again = sent(officer, "import", BytesIO(whole)).json()
    assert (again["findings"], again["done"]) == ([], again["rows"])
    assert sealed(platform) == sequence


def test_an_import_twice_changes_nothing_whatever_the_form(platform: PlatformProcess, officer: httpx.Client) -> None:
    """Mechanism: the commands' keys are made of their content."""
    rows = [row() for _ in range(20)]
    assert sent(officer, "import", xlsx([HEADER, *rows])).json()["done"] == 20
    sequence = sealed(platform)
    text = [["" if cell is None else str(cell) for cell in one] for one in rows]
    assert sent(officer, "import", comma_separated([HEADER, *text])).json()["done"] == 20
    assert sealed(platform) == sequence


def test_an_older_file_sent_again_doesnt_undo_a_newer_one(platform: PlatformProcess, officer: httpx.Client) -> None:
    """Mechanism: a known key isn't decided anew; by the rules alone the older figure would be a correction."""
    older = row(headcount=60)
    newer = [*older[:6], 70, *older[7:]]
    for each in (older, newer):
        assert sent(officer, "import", xlsx([HEADER, each])).json()["done"] == 1
    sequence = sealed(platform)
    assert sent(officer, "import", xlsx([HEADER, older])).json()["done"] == 1
    assert sealed(platform) == sequence
    assert officer.get(f"/api/enterprise/enterprises/{older[0]}").json()["enterprise"]["headcount"] == 70


def test_refused_rows_come_back_with_their_reason_and_the_others_go_in(officer: httpx.Client) -> None:
    good, elsewhere, unclear = row(), row(union="u-610300"), row(headcount="六十")
    other_name = [good[0], "别的名称有限公司", *good[2:]]
    file = xlsx([HEADER, good, elsewhere, unclear, other_name])
    answer = sent(officer, "import", file).json()
    assert (answer["rows"], answer["done"]) == (4, 1)
    assert [(one["row"], one["column"], one["code"]) for one in answer["findings"]] == [
        (3, None, "not_your_union"),
        (4, "劳动合同职工数", "cell_not_whole"),
        (5, "统一社会信用代码", "registered_already"),
    ]
    report = sent(officer, "import", file, report=True)
    assert report.headers["content-type"] == XLSX
    sheet = CalamineWorkbook.from_filelike(BytesIO(report.content)).get_sheet_by_index(0).to_python()
    assert [bool(line[-1]) for line in sheet[1:]] == [False, True, True, True]
    assert officer.get(f"/api/enterprise/enterprises/{elsewhere[0]}").status_code == 404


def test_an_officer_of_another_union_exports_none_of_it(platform: PlatformProcess, officer: httpx.Client) -> None:
    sent(officer, "import", xlsx([HEADER, row()]))
    for union, may in {"u-610300": False, "u-610100": True}.items():
        with platform.officer([Role.VIEWER], union) as viewer:
            text = viewer.get("/api/enterprise/ledgers/survey/export", params={"format": "csv"}).content.decode()
        assert (f",{UNION}," in text) == may


def test_what_cant_be_read_or_isnt_there_is_refused(officer: httpx.Client) -> None:
    def code(answer: httpx.Response) -> tuple[int, str]:
        return answer.status_code, answer.json()["code"]

    assert code(sent(officer, "check", BytesIO())) == (422, "ledger_nothing_sent")
    assert code(sent(officer, "check", BytesIO(b"PK\x03\x04"))) == (422, "ledger_not_readable")
    assert code(sent(officer, "import", comma_separated([["x"]] * 5_100))) == (422, "ledger_header_missing")
    assert code(sent(officer, "import", comma_separated([[str(cell) for cell in HEADER], *[["x"]] * 5_100]))) == (
        422,
        "ledger_too_many_rows",
    )
    assert code(officer.get("/api/enterprise/ledgers/none/template")) == (404, "ledger_unknown")
    assert code(officer.get("/api/enterprise/ledgers/survey/export?overdue=perhaps"))[0] == 422
    assert code(officer.get("/api/enterprise/ledgers/survey/export?regio=610100")) == (422, "field_unknown")


def test_reasons_are_in_the_language_that_was_asked_for(officer: httpx.Client) -> None:
    file = xlsx([HEADER, row(headcount=-1)])
    zh, en = (
        officer.post(
            "/api/enterprise/ledgers/survey/check", content=file.getvalue(), headers={"Accept-Language": language}
        ).json()["findings"][0]["title"]
        for language in ("zh", "en")
    )
    assert (zh, en) == ("数值过小", "Too small")


def test_the_template_comes_in_both_forms(officer: httpx.Client) -> None:
    for form in ("xlsx", "csv"):
        answer = officer.get("/api/enterprise/ledgers/survey/template", params={"format": form})
        assert answer.headers["content-disposition"].endswith(f".{form}")
        checked = sent(officer, "check", BytesIO(answer.content)).json()
        assert (checked["rows"], [one["code"] for one in checked["notices"]]) == (0, ["ledger_examples_skipped"])
