"""What the CSV files hold, for programs: a data package (Frictionless Data), with the type of each column."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from generator import elsewhere
from generator.facts.edition import standing_word
from generator.guideline import Guideline
from generator.render.data.table import Column, Table
from generator.render.data.tables import tables_of


def to_package(guideline: Guideline) -> str:
    """Return the descriptor, which stands beside the files."""
    about, tables = guideline.about, tables_of(guideline)
    licence = elsewhere.licence(about.licence)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub("[^a-z0-9]+", "-", about.title.lower()).strip("-"),
        "title": about.title,
        "description": f"{about.scope}. {standing_word(about)}. All tables but those for people are in "
        "guideline.sqlite too, and guideline.json has everything.",
        "version": about.version,
        "created": f"{about.date.isoformat()}T00:00:00Z",
        **({"homepage": about.address} if about.address else {}),
        "licenses": [
            {"name": about.licence.replace(" ", "-"), "title": about.licence, **({"path": licence} if licence else {})}
        ],
        "resources": [_resource(table, tables) for table in tables.values()],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, tables: Mapping[str, Table]) -> dict[str, Any]:
    content = table.csv.encode()
    leading = [column for column in table.columns if column.leads_to]
    return {
        "name": table.name,
        "type": "table",
        "path": table.path,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column, table) for column in table.columns],
            "missingValues": [""],
            "primaryKey": [*table.key],
            **({"foreignKeys": [_leading(column, tables) for column in leading]} if leading else {}),
        },
    }


def _leading(column: Column, tables: Mapping[str, Table]) -> dict[str, Any]:
    to = tables[column.leads_to]
    return {"fields": [column.name], "reference": {"resource": to.name, "fields": [*to.key]}}


def _field(column: Column, table: Table) -> dict[str, Any]:
    constraints = {
        name: True for name, holds in (("required", column.required), ("unique", table.key == (column.name,))) if holds
    }
    return {
        "name": column.title,
        "type": column.type,
        "description": column.about,
        **({"constraints": constraints} if constraints else {}),
    }
