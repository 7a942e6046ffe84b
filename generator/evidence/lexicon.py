"""The controlled list of signs and units: what words of a language mean, as data, and how they are found in a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.evidence.tokens import Token, tokens

class Unit(NamedTuple):
    """A unit of measurement or a noun that is counted: its name, its dimension, and how many of the base unit it is."""

    name: str
    dimension: str
    factor: Decimal


@dataclass(frozen=True)
class Phrases:
    """Phrases by their first word; a `*` at the end of a word stands for any ending."""

    exact: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)
    stems: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Sequence[str]]) -> "Phrases":
        """Return the phrases of each meaning, ready to be found."""
        meanings: dict[tuple[str, ...], list[str]] = {}
        for meaning, phrases in said.items():
            for phrase in phrases:
                meanings.setdefault(_words(phrase), []).append(meaning)
        made = cls()
        for words, says in sorted(meanings.items(), key=lambda item: (-len(item[0]), item[0])):
            first = words[0]
            index, key = (made.stems, first[:-1]) if first.endswith("*") else (made.exact, first)
            index.setdefault(key, []).append((words, tuple(says)))
        return made

    def at(self, read: Sequence[Token], position: int) -> list[tuple[int, tuple[str, ...]]]:
        """Return the phrases that begin at a token: how many tokens each takes, and what it says; the longest first."""
        first = read[position].text
        candidates = [*self.exact.get(first, ())]
        for end in range(1, len(first) + 1):
            candidates += self.stems.get(first[:end], ())
        found = [(_length(words, read, position), says) for words, says in candidates]
        return sorted((entry for entry in found if entry[0]), key=lambda entry: -entry[0])


def _words(phrase: str) -> tuple[str, ...]:
    found: list[str] = []
    for token in tokens(phrase):
        if token.text == "*" and found and not token.spaced:
            found[-1] += "*"
        else:
            found.append(token.text)
    return tuple(found)


def _length(words: tuple[str, ...], read: Sequence[Token], position: int) -> int:
    """Return how many tokens a phrase takes from a position; 0 where it does not stand there. Hyphens are passed over."""
    at = position
    for number, word in enumerate(words):
        if number and word != "-":
            while at < len(read) and read[at].text in "-‐‑–" and read[at].kind == "stop":
                at += 1
        if word == "-":
            continue
        if at >= len(read):
            return 0
        text = read[at].text
        if not (text.startswith(word[:-1]) if word.endswith("*") else text == word):
            return 0
        at += 1
    return at - position


class Sign(NamedTuple):
    """A value of a family of signs: words that say it plainly, and more words in which it may be heard."""

    says: Sequence[str]
    also: Sequence[str]


@dataclass(frozen=True)
class Lexicon:
    """The signs by family and value, the units by dimension, and the words that turn a sentence, of one language."""

    version: int = 0
    signs: Mapping[str, Mapping[str, Sign]] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, tuple[Decimal, Sequence[str]]]] = field(default_factory=dict)
    attributes: Sequence[str] = ()
    turns: Sequence[str] = ()
    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of all signs: `family:value` where it is said plainly, `family:value~` where it may be heard."""
        said = {}
        for family, values in self.signs.items():
            for value, sign in values.items():
                said[f"{family}:{value}"] = sign.says
                said[f"{family}:{value}~"] = sign.also
        return Phrases.of(said)

    @cached_property
    def unit_phrases(self) -> Phrases:
        """The spellings of all units."""
        return Phrases.of({name: written for units in self.units.values() for name, (_, written) in units.items()})

    @cached_property
    def unit_of(self) -> Mapping[str, Unit]:
        """Each unit by its name."""
        return {
            name: Unit(name, dimension, factor)
            for dimension, units in self.units.items()
            for name, (factor, _) in units.items()
        }
