"""The tables in one file of SQLite: the same bytes for the same guideline."""

import sqlite3
from decimal import Decimal

from generator.facts.edition import standing_word
from generator.guideline import Guideline
from generator.render.data.document import FORMAT
from generator.render.data.table import Cell, Table
from generator.render.data.tables import tables_of

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
_WRITTEN_BY = slice(96, 100)
"""Where the header of a file names the version of SQLite that wrote it (file format, 1.3): each machine has another."""


def to_sqlite(guideline: Guideline) -> bytes:
    """Return a database with every table that is not for people, and `about`, which says what it is."""
    about, tables = guideline.about, [table for table in tables_of(guideline).values() if not table.for_people]
    said = {
        "title": about.title,
        "version": about.version,
        "date": about.date.isoformat(),
        "standing": standing_word(about).lower(),
        "licence": about.licence,
        "format": FORMAT,
    }
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        database.executemany("INSERT INTO about VALUES (?, ?)", said.items())
        keys = {table.name: table.key[0] for table in tables}
        for table in tables:
            database.execute(_create(table, keys))
            places = ", ".join("?" * len(table.columns))
            rows = ([_stored(cell) for cell in row] for row in table.rows)
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)  # noqa: S608
        database.commit()
        content = bytearray(database.serialize())
    finally:
        database.close()
    content[_WRITTEN_BY] = bytes(4)
    return bytes(content)


def _create(table: Table, keys: dict[str, str]) -> str:
    """Return the statement that makes a table; it stands in the file, so its columns say there what they hold."""
    lines = [
        f'  "{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
        + (f' REFERENCES "{column.leads_to}" ("{keys[column.leads_to]}")' if column.leads_to else "")
        + f", -- {column.about}"
        for column in table.columns
    ]
    key = ", ".join(f'"{name}"' for name in table.key)
    return "\n".join([f'CREATE TABLE "{table.name}" ( -- {table.about}', *lines, f"  PRIMARY KEY ({key})", ")"])


def _stored(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell
