"""What a reader must know of a code: its system, whether it means the same, and where to look it up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator import elsewhere
from generator.codes import SYSTEMS, Code
from generator.guideline import Guideline, once
from generator.speech import to_say

_MATCHES: Mapping[str, str] = {
    "exact": "",
    "broader": to_say("takes in more"),
    "narrower": to_say("only a part"),
}


@dataclass(frozen=True)
class CodeFacts:
    """A code with the words and the address that go with it."""

    code: Code
    holder: str = field(default="", compare=False)

    @property
    def system(self) -> str:
        """The name of its system."""
        return SYSTEMS[self.code.system].name

    @property
    def said_before(self) -> str:
        """The system as it is told before the code; empty if the code begins with it."""
        return "" if self.code.code.startswith(f"{self.system}:") else f"{self.system} "

    @property
    def limit(self) -> str:
        """In what it differs from the record, as `say` knows it; empty if it means the same."""
        return _MATCHES[self.code.match]

    @property
    def is_exact(self) -> bool:
        """Whether it means the same as the record."""
        return self.code.match == "exact"

    @property
    def address(self) -> str:
        """Where it is looked up; empty if its system has no address for it."""
        return elsewhere.code(self.code)


def facts_of_codes(codes: Sequence[Code]) -> Sequence[CodeFacts]:
    """Return what is to be known of the codes of a record or of the intervention."""
    return [CodeFacts(code) for code in codes]


@dataclass(frozen=True)
class SystemFacts:
    """A system of codes: how its codes look, and how many records have one, those of them that mean the same."""

    id: str
    name: str
    example: str
    records: int
    exact: int


@once
def systems_of(guideline: Guideline) -> Sequence[SystemFacts]:
    """Return what is to be known of each system of codes."""
    found = codes_of_records(guideline)
    return [
        SystemFacts(
            id_,
            system.name,
            system.example,
            len({each.holder for each in found if each.code.system == id_}),
            len({each.holder for each in found if each.code.system == id_ and each.is_exact}),
        )
        for id_, system in SYSTEMS.items()
    ]


@once
def codes_of_records(guideline: Guideline) -> Sequence[CodeFacts]:
    """Return every code of every record with the id of the record, in order."""
    return [CodeFacts(code, id_) for id_, record in guideline.records.items() for code in record.codes]
