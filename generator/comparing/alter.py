"""A claim whose meaning is changed on purpose, so that it can be seen whether a reader notices.

Each change is one that happens by mistake: a direction or unit exchanged, a negation lost or added, a hedge dropped,
another number of the passage, another population, comparator or design.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from generator.data import Dose
from generator.evidence.passages import normalise, numerals
from generator.guideline import ClaimEntry
from generator.linked_text import plain_text
from generator.model import Claim
from generator.places import KeyPath
from generator.quantities import Period, Quantity
from generator.walks import written_in

_LAST = "negation added"  # fits nearly every sentence, and is seen at once in many

_EXCHANGED = {
    "direction": "increased|reduced increase|decrease higher|lower more|less improved|worsened improvement|worsening "
    "longer|shorter faster|slower rose|fell earlier|later greater|smaller better|worse superior|inferior",
    "frequency": "common|rare commonly|rarely frequent|infrequent often|seldom most|few many|few always|sometimes",
    "unit": "g/kg|mg/kg days|weeks weeks|months months|years hours|days day|week week|month month|year minutes|hours",
    "population": "adults|children adult|paediatric men|women young|elderly",
    "comparator": "before|after during|after first-line|second-line untreated|treated",
    "design": "randomised|uncontrolled prospective|retrospective controlled|uncontrolled double-blind|open-label",
    "significance": "significant|insignificant significantly|hardly",
}
"""Words that say the opposite of each other, by what is changed if one stands for the other."""

_REPLACED = {
    "hedge": (
        (r"(?:may|might|could) be", "is"),
        (r"may|might|could", "will"),
        (r"(?:appears?|seems?) to be", "is"),
        (r"(?:probably|possibly|perhaps) ", ""),
        (r"suggest", "prove"),
        (r"suggests", "proves"),
        (r"suggested", "proved"),
        (r"usually|generally|often|mostly", "always"),
        (r"associated with", "caused by"),
        (r"some", "all"),
    ),
    "negation": (
        (r"cannot", "can"),
        (r"no longer", "still"),
        (r"not ", ""),
        (r"none of", "all of"),
        (r"no ((?:\w+ )?(?!was\b|has\b)\w{3,}s\b)", r"several \1"),
        (r"no patient", "every patient"),
        (r"no (?=difference|effect|benefit|association|evidence|increase|change)", "a clear "),
        (r"never", "always"),
    ),
    "comparator": ((r"without", "with"), (r"than placebo", "than no treatment")),
    "population": ((r"mice|rats|guinea pigs|animals", "patients"),),
    _LAST: ((r"(was|were|is|are|did|does|should|has|have)\b(?! (?:not|no|never|neither|none)\b)", r"\1 not"),),
}
"""Patterns and what is put in their place."""

_SAID_BESIDE = frozenset({"comparator", "design", "population", "unit"})
_STEM = 5  # letters of a word that are looked for, so that `adults` is told by `adult`
_HELD_BY = r"(?<![\w-])(?:{})"
_ENDED = r"(?![\w-])"
_NUMBER = r"(?<![\w.,'’)/])(?<![A-Za-z]-){}(?!\w|[.,]\d{})"


class Altered(NamedTuple):
    """A claim that says something else than it did, and in which words."""

    claim: Claim
    what: str


class _Change(NamedTuple):
    kind: str
    pattern: str
    new: str

    def apply(self, text: str) -> str:
        """Return a text with the first place changed; a capital at its beginning is kept."""
        found = re.search(self.pattern, text, re.IGNORECASE)
        if not found:
            return text
        head, new = text[: found.start()], self._put(found)
        if article := re.search(r"\b[Aa](n?) $", head):
            head = head[: article.start() + 1] + ("n " if new[:1] in tuple("aeiou") else " ")
        return head + new + text[found.end() :]

    def _put(self, found: re.Match[str]) -> str:
        new = found.expand(self.new)
        return new[:1].upper() + new[1:] if found[0][:1].isupper() else new

    def fits(self, text: str, beside: str) -> bool:
        """Return whether there is something to change in a text, and what is beside it in lower case tells of it."""
        found = re.search(self.pattern, text, re.IGNORECASE)
        return found is not None and (self.kind not in _SAID_BESIDE or found[0][:_STEM].casefold() in beside)

    def told(self, text: str) -> str:
        """Return what it changes in a text, in words; empty if nothing."""
        found = re.search(self.pattern, text, re.IGNORECASE)
        return f"{self.kind}: {found[0].strip()!r} became {self._put(found).strip()!r}" if found else ""


def rank(*parts: str) -> str:
    """Return what puts things in an order by chance that is always the same."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def alter(entry: ClaimEntry, beside: str, seed: str) -> Altered | None:
    """Return a claim with its meaning changed in one place; None if no change is known that fits it.

    `beside` is the text that is shown beside it: what it does not say, such as a design, no reader could miss there.
    """
    claim = entry.claim
    text, beside = plain_text(claim.text), beside.casefold()
    fitting = [change for change in (*_WORDS, *_numbers(entry, text)) if change.fits(text, beside)]
    if not fitting:
        return None
    kinds = {change.kind for change in fitting}
    kind = min(kinds - {_LAST} or kinds, key=lambda name: rank(seed, entry.id, name))
    change = min((one for one in fitting if one.kind == kind), key=lambda one: rank(seed, *one))
    data = claim.data
    if data is not None:
        free = {path for path, _ in written_in(data)} | ({("unit",)} if isinstance(data, Dose) else set())
        data = _rebuilt(data, change, free)
    altered = claim.model_copy(update={"text": change.apply(text), "data": data})
    return Altered(altered, change.told(text))


def _words() -> Iterator[_Change]:
    for kind, pairs in _EXCHANGED.items():
        for pair in pairs.split():
            one, other = pair.split("|")
            for old, new in ((one, other), (other, one)):
                yield _Change(kind, _HELD_BY.format(re.escape(old)) + _ENDED, new)
    for kind, patterns in _REPLACED.items():
        for pattern, new in patterns:
            yield _Change(kind, _HELD_BY.format(pattern) + (_ENDED if pattern[-1].isalpha() else ""), new)


_WORDS = tuple(_words())


def _numbers(entry: ClaimEntry, text: str) -> Iterator[_Change]:
    """Yield the exchange of a number for one of its passages that the claim does not give, and that could stand there.

    It is of about the same size, and no percentage above 100.
    """
    locked = [entry.guideline.passages.get(cite.key) for cite in entry.claim.cites]
    figures = [figure for passage in locked if passage for figure in passage.figures]
    own = list(dict.fromkeys(numerals(normalise(text))))
    for old in own:
        for new in figures:
            if new not in own and _is_alike(old, new):
                share = r"|\s?%" if Decimal(new) > 100 else ""
                yield _Change("number", _NUMBER.format(re.escape(old), share), new)


def _is_alike(old: str, new: str) -> bool:
    if not all(re.fullmatch(r"[1-9]\d*(?:\.\d+)?|0\.\d*[1-9]\d*", number) for number in (old, new)):
        return False
    return Decimal(old) < 10 * Decimal(new) and Decimal(new) < 10 * Decimal(old)


_Node = TypeVar("_Node")


def _rebuilt(node: _Node, change: _Change, free: set[KeyPath], path: KeyPath = ()) -> _Node:
    """Return data with a change made in every text and number that an author writes freely."""
    made: object = node
    if isinstance(node, BaseModel):
        fields = {name: info.alias or name for name, info in type(node).model_fields.items()}
        made = node.model_copy(
            update={name: _rebuilt(getattr(node, name), change, free, (*path, key)) for name, key in fields.items()}
        )
    elif isinstance(node, tuple):
        made = tuple(_rebuilt(value, change, free, (*path, key)) for key, value in enumerate(node))
    elif path in free:
        made = _changed(node, change)
    return made if isinstance(made, type(node)) else node


def _changed(value: object, change: _Change) -> object:
    match value:
        case str():
            return change.apply(value)
        case int():
            new = change.apply(str(value))
            return int(new) if new.isdecimal() else value
        case Decimal():
            return Decimal(change.apply(str(value))) if change.kind == "number" else value
        case Quantity():
            low, high = (_rebuilt(number, change, {()}) for number in (value.low, value.high))
            return replace(value, low=value.low if low is None else low, high=high)
        case Period():
            unit = change.apply(f"{value.unit}s").removesuffix("s")
            return Period(_rebuilt(value.quantity, change, {()}), unit)
    return value
