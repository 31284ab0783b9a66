"""The tables of a service's database: which there are, how one is made again, and what is in them."""

from dataclasses import dataclass

from eventing.database import Connection

_TABLES = """
select relname, greatest(reltuples, 0)::bigint as estimate
from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname
"""
_COLUMNS = """
select quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) ||
    case when attnotnull then ' not null' else '' end ||
    case when attgenerated = 's' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored' else '' end
from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
where attrelid = $1::text::regclass and attnum > 0 and not attisdropped order by attnum
"""
_INDEXES = """
select pg_get_indexdef(indexrelid) from pg_index where indrelid = $1::text::regclass
    and not exists (select from pg_constraint where conindid = indexrelid) order by indexrelid
"""
_NOT_DATA = ("migration", "head", "position", "build")


@dataclass(frozen=True, slots=True)
class Found:
    """A table that is there; `estimate` is about how many rows it has."""

    name: str
    estimate: int


async def tables(connection: Connection, also_migration: bool = False) -> list[Found]:
    """All tables by name; the list of migrations is only wanted where all is dropped."""
    rows = await connection.fetch(_TABLES)
    return [Found(row["relname"], row["estimate"]) for row in rows if also_migration or row["relname"] != "migration"]


async def definition(connection: Connection, table: str) -> tuple[str, ...]:
    """Statements that make it again: for tables of views and builds, which are made by the code and not by migrations.

    They have columns, computed ones among them, a primary key, a fill factor and indexes; nothing else is known here.
    """
    columns = [row[0] for row in await connection.fetch(_COLUMNS, table)]
    keys = await connection.fetch(
        "select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) from pg_constraint"
        " where conrelid = $1::text::regclass and contype in ('p', 'u') order by conname",
        table,
    )
    options = await connection.fetchval("select reloptions from pg_class where oid = $1::text::regclass", table)
    with_ = f" with ({', '.join(options)})" if options else ""
    made = f'create table "{table}" ({", ".join([*columns, *(row[0] for row in keys)])}){with_}'
    return (made, *(row[0] for row in await connection.fetch(_INDEXES, table)))


async def sequences(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Sequences that have been used, with the last number that each gave."""
    rows = await connection.fetch(
        "select sequencename, last_value from pg_sequences where schemaname = 'public' and last_value is not null"
        " order by 1"
    )
    return tuple((row["sequencename"], row["last_value"]) for row in rows)


async def content(connection: Connection) -> list[str]:
    """The tables that hold data. What a service writes at its first start, before any command, is none."""
    there = []
    for table in await tables(connection):
        if table.name in _NOT_DATA:
            continue
        if await connection.fetchval(f'select exists (select from "{table.name}")'):
            there.append(table.name)
    return there
