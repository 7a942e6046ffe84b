"""A table as data: its columns with what they hold, its rows, and the file that it makes."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds in one line, and what makes its cell of the thing that a row is about.

    `leads_to` names the table whose key the cell is. A column of `ranges` may hold two numbers that a hyphen joins.
    """

    name: str
    about: str
    of: Callable[[Any], Cell]
    type: Literal["string", "integer", "number"] = "string"
    required: bool = False
    leads_to: str = ""
    ranges: bool = False

    @property
    def title(self) -> str:
        """Its name as the first row of the CSV has it: a name may come from the content, as a cell does."""
        return _guarded(self.name)


@dataclass(frozen=True)
class Table:
    """A table of things, each a row. `key` names the columns that no two rows have alike.

    A table that shows for people what other tables hold is left out of the database.
    """

    name: str
    about: str
    columns: Sequence[Column]
    things: Sequence[Any]
    key: tuple[str, ...]
    file: str = ""
    for_people: bool = False

    @property
    def path(self) -> str:
        """The name of its file."""
        return self.file or f"{self.name}.csv"

    @cached_property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """The rows; what is not recorded is None."""
        return [
            [None if (cell := column.of(thing)) == "" else cell for column in self.columns] for thing in self.things
        ]

    @cached_property
    def csv(self) -> str:
        """The table as CSV (RFC 4180), an apostrophe before each text that a spreadsheet would take for a formula.

        That is a cell's start, also that of a column's name, and what follows a semicolon: a spreadsheet of many
        countries ends a cell there. A byte order mark stands first, by which Excel knows UTF-8.
        """
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.title for column in self.columns])
        for row in self.rows:
            writer.writerow([_shown(cell, column) for cell, column in zip(row, self.columns, strict=True)])
        return "\ufeff" + file.getvalue()


_TAKEN_FOR_A_NUMBER = re.compile(r"\d{16,}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,4}")
"""What a spreadsheet would take for a number and round, or for a month."""


def _shown(cell: Cell, column: Column) -> str:
    """Return a cell; a range of numbers has the dash of print, as a spreadsheet makes a date of `3-7`."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = re.sub(r"(?<=\d)-", "\u2013", cell) if column.ranges else cell
    return _guarded(text)


def _guarded(text: str) -> str:
    if _TAKEN_FOR_A_NUMBER.fullmatch(text):
        return f"'{text}"
    return re.sub(r"(^|;\s*)(?=[=+@\t\r-])", r"\1'", text)
