"""Where a value stands: its file, its line, and the keys that lead to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Place:
    """Where a value stands: file relative to the project, line from 1, and the keys that lead to it.

    `at` is the line, or what finds it: a place is named for much that turns out to be right, and a line is looked up
    only for a message. Places are equal, and sorted, by file and line.
    """

    file: str
    at: int | Callable[[], int]
    path: KeyPath = ()

    @cached_property
    def line(self) -> int:
        """The line, from 1."""
        return self.at if isinstance(self.at, int) else self.at()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and (self.file, self.line) == (other.file, other.line)

    def __lt__(self, other: "Place") -> bool:
        return (self.file, self.line) < (other.file, other.line)

    def __hash__(self) -> int:
        return hash((self.file, self.line))


def record_file(id_: str) -> str:
    """Return the file of a record or a reference in a project, by its id."""
    return f"content/{id_}.yaml"
