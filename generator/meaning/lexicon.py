"""The controlled list of signs and units, ready to be looked up: what words of a language mean, in a sentence."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from generator.guideline import Guideline, once
from generator.meaning.tokens import HYPHENS, Token, tokens
from generator.wordlist import WordList

Said = tuple[int, tuple[str, ...]]
"""What begins at a token: how many tokens it takes, and the signs or units that phrases of so many tokens mean."""


class _Phrase(NamedTuple):
    """A phrase with what it means; of two that take as many tokens, the one of the lower rank comes first."""

    rank: int
    words: tuple[str, ...]
    says: tuple[str, ...]


class _Begun(NamedTuple):
    """The phrases that begin with a word: what those say that take no further one, and the longer ones.

    Those whose second word is whole are found by it, among all others; `others` are those of which it is a stem.
    """

    alone: list[Said]
    by_second: dict[str, list[_Phrase]]
    others: list[_Phrase]


class Unit(NamedTuple):
    """A unit of measurement or a noun that is counted: its name, its dimension, and how many of the base unit it is."""

    name: str
    dimension: str
    factor: Decimal


UNKNOWN = Unit("", "", Decimal(1))
INTERVAL = Unit("", "interval", Decimal(1))
"""Of a number in a confidence interval that is printed without its unit."""


@dataclass(frozen=True)
class Phrases:
    """Phrases by their first word; a `*` at the end of a word stands for any ending."""

    exact: dict[str, list[_Phrase]] = field(default_factory=dict)
    stems: dict[str, list[_Phrase]] = field(default_factory=dict)
    known: dict[str, _Begun | None] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Sequence[str]]) -> "Phrases":
        """Return the phrases of each meaning, ready to be found."""
        meanings: dict[tuple[str, ...], list[str]] = {}
        for meaning, phrases in said.items():
            for phrase in phrases:
                meanings.setdefault(_words(phrase), []).append(meaning)
        made = cls()
        for rank, (words, says) in enumerate(sorted(meanings.items(), key=lambda item: (-len(item[0]), item[0]))):
            first = words[0]
            index, key = (made.stems, first[:-1]) if first.endswith("*") else (made.exact, first)
            index.setdefault(key, []).append(_Phrase(rank, words, tuple(says)))
        return made

    def at(self, read: Sequence[Token], position: int) -> Sequence[Said]:
        """Return the phrases that begin at a token: how many tokens each takes, and what it says; the longest first."""
        first = read[position].text
        begun = self.known[first] if first in self.known else self._beginning_with(first)
        if begun is None:
            return ()
        longer = begun.others
        if begun.by_second:
            longer = begun.by_second.get(_following(read, position + 1), longer)
        if not longer:
            return begun.alone
        found: dict[int, tuple[str, ...]] = {}
        for phrase in longer:
            if length := _length(phrase.words, read, position):
                found[length] = found.get(length, ()) + phrase.says
        return [*sorted(found.items(), reverse=True), *begun.alone] if found else begun.alone

    def _beginning_with(self, first: str) -> _Begun | None:
        """Return the phrases whose first word is a word, if any; what was looked up is kept."""
        found = [*self.exact.get(first, ())]
        for end in range(1, len(first) + 1):
            found += self.stems.get(first[:end], ())
        begun = _Begun([], {}, [])
        for rank, phrase in enumerate(found):
            second = next((word for word in phrase.words[1:] if word != "-"), "")
            if not second:
                begun.alone[:] = [(1, (*begun.alone[0][1], *phrase.says) if begun.alone else phrase.says)]
            else:
                group = begun.others if second.endswith("*") else begun.by_second.setdefault(second, [])
                group.append(phrase._replace(rank=rank))
        for group in begun.by_second.values():
            group[:] = sorted((*begun.others, *group))
        self.known[first] = begun if found else None
        return self.known[first]


def _following(read: Sequence[Token], position: int) -> str:
    """Return the text of the next token that is no hyphen; nothing at the end."""
    at = _after_hyphens(read, position)
    return read[at].text if at < len(read) else ""


def _after_hyphens(read: Sequence[Token], position: int) -> int:
    while position < len(read) and read[position].text in HYPHENS:
        position += 1
    return position


def _words(phrase: str) -> tuple[str, ...]:
    found: list[str] = []
    for token in tokens(phrase):
        if token.text == "*" and found and not token.spaced:
            found[-1] += "*"
        else:
            found.append(token.text)
    return tuple(found)


def _length(words: tuple[str, ...], read: Sequence[Token], position: int) -> int:
    """Return how many tokens a phrase takes from a position, hyphens passed over; 0 where it does not stand there."""
    at = position + 1  # its first word is how it was found
    for word in words[1:]:
        if word == "-":
            continue
        at = _after_hyphens(read, at)
        if at == len(read):
            return 0
        text = read[at].text
        if not (text.startswith(word[:-1]) if word.endswith("*") else text == word):
            return 0
        at += 1
    return at - position


@dataclass(frozen=True)
class Lexicon:
    """A word list, ready to be looked up."""

    words: WordList
    read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The sentences of each text that was read with it."""
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The quantity of each text in which the lock keeps one."""

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of all signs: `family:value` where it is said plainly, `family:value~` where it may be heard."""
        said = {}
        for family, values in self.words.signs.items():
            for value, sign in values.items():
                said[f"{family}:{value}"] = sign.says
                said[f"{family}:{value}{HEARD}"] = sign.also
        return Phrases.of(said)

    @cached_property
    def unit_phrases(self) -> Phrases:
        """The spellings of all units."""
        return Phrases.of({name: unit.written for units in self.words.units.values() for name, unit in units.items()})

    @cached_property
    def unit_of(self) -> Mapping[str, Unit]:
        """Each unit by its name."""
        return {
            name: Unit(name, dimension, unit.base)
            for dimension, units in self.words.units.items()
            for name, unit in units.items()
        }

    @cached_property
    def known_designs(self) -> frozenset[str]:
        """The signs of the family `design` that fit a design of the vocabulary."""
        return frozenset(name for names in self.words.designs.values() for name in names)

    @cached_property
    def at_a_time(self) -> Sequence[Set[str]]:
        """The words of each phrase of what holds at a time."""
        return [frozenset(phrase.split()) for phrase in self.words.at_a_time]

    @cached_property
    def opposites(self) -> Mapping[str, frozenset[str]]:
        """For each sign, those of which one plainly said outweighs it where it is only heard."""
        return {name: frozenset(group) - {name} for group in self.words.opposites for name in group}


HEARD = "~"
"""Stands behind a sign that is not said plainly, but may be heard in a word."""


@once
def lexicon_of(guideline: Guideline) -> Lexicon:
    """Return the word list of a guideline, ready to be looked up."""
    return Lexicon(guideline.words)
