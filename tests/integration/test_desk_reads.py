"""On PostgreSQL: a county officer's desk reads what is the county's, not the province."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from eventing.database import Pool
from eventing.views import view_table
from services.enterprise.queries import desk
from services.enterprise.views.charges import CHARGES
from services.enterprise.views.enterprises import ENTERPRISES

TODAY = date(2025, 6, 10)
OURS, OF_THE_COUNTY = ["u-7"], 1_000
"""The union of a county, and how many of the 100,000 enterprises are its."""

_OF = "'e' || lpad(n::text, 6, '0'), "
_UNION = "'u-' || n % 100, "
_DAY = "date '2025-05-01' + n / 100 % 90, "
FILLED = {
    "enterprises": "insert into {rows} (enterprise, union_id, visit_due_on, visited_on, name, ownership, county,"
    " registered_on, name_key, visit_provisional, visit_overdue, approval_provisional)"
    f" select {_OF} {_UNION} {_DAY} case when n / 100 % 20 > 0 then date '2025-05-06' end, 'n', 'private',"
    " '610102', date '2025-05-01', 'n', false, false, false from generate_series(0, 99999) n",
    "charges": "insert into {rows} (enterprise, officer, union_id, assigned_on)"
    f" select {_OF} 'p-' || n % 500, {_UNION} date '2025-05-01' from generate_series(0, 99999) n",
    "unions": "insert into {rows} (enterprise, union_id, approved_on, return_visit_due_on, return_visit_missed,"
    f" term_ends_on, term_overrun) select {_OF} {_UNION} date '2025-05-01', {_DAY} false, {_DAY} false"
    " from generate_series(0, 29999) n",
    "accompaniments": "insert into {rows} (enterprise, union_id, approved_on, ends_on, status, extended, assess_by,"
    f" check_in_due_on, replace_provisional, assess_provisional) select {_OF} {_UNION} date '2025-05-01',"
    f" date '2025-06-30', 'running', false, {_DAY} {_DAY} false, false from generate_series(0, 9999) n",
    "plans": "insert into {rows} (enterprise, union_id, name, status, planned_on, committee_from_25)"
    f" select {_OF} {_UNION} 'n', 'open', {_DAY} false from generate_series(0, 9999) n",
    "plan_steps": "insert into {rows} (id, enterprise, step, officer, due_on)"
    f" select n || '/' || step, {_OF} step::text, 'p-' || n % 500, date '2025-05-01' + n / 100 % 90"
    " from generate_series(0, 9999) n, generate_series(1, 6) step",
    "supervisions": "insert into {rows} (enterprise, union_id, contacts, contacted_on)"
    f" select {_OF} {_UNION} 1, date '2025-05-01' from generate_series(0, 499) n",
}
"""A province in which every twentieth enterprise waits for its visit, by view."""


def scans(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "Relation Name" in plan:
        yield plan
    for below in plan.get("Plans", ()):
        yield from scans(below)


def read_by(scan: Mapping[str, Any]) -> int:
    """Rows that were looked at, whether they were wanted or not."""
    each = scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) + scan.get("Rows Removed by Index Recheck", 0)
    return int(each * scan["Actual Loops"])


async def test_a_county_officers_desk_reads_what_is_the_countys(pool: Pool) -> None:
    """Mechanism: the views' indexes by union, that of the plans' steps by enterprise, and the fence that has it used;
    without one of them, a part of the desk reads the whole province."""
    views = {fold.name: fold for fold in (ENTERPRISES, CHARGES, *(duty.view for duty in desk.DUTIES))}
    asked = (OURS, TODAY, date(2025, 6, 17), None)
    async with pool.acquire() as connection:
        for name, fold in views.items():
            table = view_table(fold)
            await table.create(connection)
            await connection.execute(FILLED[name].format(rows=table.rows))
            await connection.execute(f"vacuum analyze {table.rows}")
        for sql, given in ((desk.counts_sql(), asked), (desk.rows_sql(), (*asked, 0, 100))):
            found = await connection.fetchval(f"explain (analyze, format json) {sql}", *given)
            for scan in scans(orjson.loads(found)[0]["Plan"]):
                what = scan["Node Type"], scan["Relation Name"]
                assert scan["Node Type"] != "Seq Scan", what
                assert read_by(scan) <= OF_THE_COUNTY, what
