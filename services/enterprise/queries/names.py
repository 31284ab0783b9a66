"""Which enterprises of a county have similar names, and what was decided of them (同名研判)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.vocabulary import RegionCode
from eventing.read_models import Freshness, Reading
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow
from services.enterprise.views.names import ADJUDICATED, AdjudicatedRow

PAIR = r"^[0-9A-Z]{18}-[0-9A-Z]{18}$"

_OPEN = """
select a.enterprise || '-' || b.enterprise as pair, a.enterprise as one, b.enterprise as other
from {rows} a join {rows} b using (county, name_key)
where county = $1 and a.enterprise < b.enterprise and a.ended_on is null and b.ended_on is null
  and a.union_id = any($2::text[]) and b.union_id = any($2::text[])
  and (a.enterprise, b.enterprise) > (split_part($3, '-', 1), split_part($3, '-', 2))
  and not exists (select from {adjudicated} j where j.pair = a.enterprise || '-' || b.enterprise)
order by a.enterprise, b.enterprise limit $4
"""

_ADJUDICATED = """
select j.pair, j.enterprise as one, j.other
from {adjudicated} j join {rows} a on a.enterprise = j.enterprise join {rows} b on b.enterprise = j.other
where a.county = $1 and a.union_id = any($2::text[]) and b.union_id = any($2::text[]) and j.pair > $3
order by j.pair limit $4
"""

_ENTERPRISES = TypeAdapter(tuple[EnterpriseRow, ...])
_VERDICTS = TypeAdapter(tuple[AdjudicatedRow, ...])


class SimilarNamesAsked(BaseModel):
    """Of which county, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    county: RegionCode
    """Both enterprises are in it (区县)."""
    adjudicated: bool = False
    """Those that were adjudicated instead of those that wait for it (已研判)."""
    after: Annotated[str, Field(pattern=PAIR, examples=["91610102MA0000007T-91610102000000027R"])] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class SimilarNames(BaseModel):
    """Two enterprises whose names have the same core, as they stand now; and the verdict, where there is one."""

    model_config = ConfigDict(frozen=True)

    pair: str
    enterprise: EnterpriseRow
    other: EnterpriseRow
    verdict: AdjudicatedRow | None


class SimilarNamesPage(BaseModel):
    """A page of similar names, in the order of the two credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    similar_names: tuple[SimilarNames, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_similar_names(desk: Desk, asked: SimilarNamesAsked) -> SimilarNamesPage:
    """Raises nothing: a pair is there for those in whose subtree both enterprises lie."""
    tables = {"adjudicated": view_table(ADJUDICATED).rows}
    async with desk.read(ENTERPRISES) as reading:
        sql = (_ADJUDICATED if asked.adjudicated else _OPEN).format(rows=reading.rows, **tables)
        found = await reading.fetch(sql, asked.county, desk.subtree, asked.after or "", asked.limit + 1)
        page = found[: asked.limit]
        enterprises = await _enterprises(reading, [record[side] for record in page for side in ("one", "other")])
        verdicts = await _verdicts(reading, tables["adjudicated"], [record["pair"] for record in page])
    return SimilarNamesPage(
        similar_names=tuple(
            SimilarNames(
                pair=record["pair"],
                enterprise=enterprises[record["one"]],
                other=enterprises[record["other"]],
                verdict=verdicts.get(record["pair"]),
            )
            for record in page
        ),
        next=page[-1]["pair"] if len(found) > asked.limit else None,
        freshness=reading.freshness,
    )


async def _enterprises(reading: Reading, codes: list[str]) -> dict[str, EnterpriseRow]:
    found = await reading.fetch(f"select * from {reading.rows} where enterprise = any($1)", codes)
    return {row.enterprise: row for row in _ENTERPRISES.validate_python([dict(record) for record in found])}


async def _verdicts(reading: Reading, table: str, pairs: list[str]) -> dict[str, AdjudicatedRow]:
    found = await reading.fetch(f"select * from {table} where pair = any($1)", pairs)
    return {row.pair: row for row in _VERDICTS.validate_python([dict(record) for record in found])}
