"""The signs of a sentence: which words of the controlled list stand in it, in their order, and what is denied."""

from collections.abc import Iterator, Sequence

from generator.evidence.lexicon import Lexicon
from generator.evidence.tokens import Token

DENIED = "!"
"""Stands before a sign that a negation a few words earlier denies."""

_NEGATION = "negation:no"
_SIGNIFICANT, _NOT_SIGNIFICANT = "significance:significant", "significance:not-significant"
_COUNTED = ("direction:up", "direction:down")
_IDIOM = "idiom:idiom"
"""A phrase in which no word is a sign, unless it is part of a longer sign."""
_REACH = 4
_ENDS = frozenset([",", ";", ":", "(", ")", ".", "but", "and", "or", "whereas", "while"])


_Phrases = list[tuple[int, tuple[str, ...]]]


def signs(read: Sequence[Token], lexicon: Lexicon) -> list[str]:
    """Return the signs among the tokens of a sentence, in order, each once but for negations, which are counted.

    Of one family the longest phrase counts, and what stands inside it is not read again: in "not significant" there
    is no significance, and a negation only because that family lists "not".
    """
    phrases = [lexicon.phrases.at(read, position) for position in range(len(read))]
    denied = _denied(read, phrases)
    found: list[str] = []
    for position, name in _found(read, phrases):
        if name.startswith(_NEGATION):
            found.append(name)
            continue
        if name in _COUNTED:
            found.append((DENIED if position in denied else "") + name)
            continue
        if position in denied and name.startswith(_SIGNIFICANT):
            name = _NOT_SIGNIFICANT + name.removeprefix(_SIGNIFICANT)
        elif position in denied:
            name = DENIED + name
        if name not in found:
            found.append(name)
    return found


def _found(read: Sequence[Token], phrases: Sequence[_Phrases]) -> Iterator[tuple[int, str]]:
    taken: dict[str, int] = {}
    silent = 0
    for position, token in enumerate(read):
        if token.kind == "number":
            continue
        longest: dict[str, int] = {}
        for length, names in phrases[position]:
            if _IDIOM in names:
                silent = max(silent, position + length)
            for name in names:
                family = name.partition(":")[0]
                if taken.get(family, 0) > position or longest.setdefault(family, length) > length:
                    continue
                if name != _IDIOM and position + length > silent:
                    yield position, name
        for family, length in longest.items():
            taken[family] = max(taken.get(family, 0), position + length)


def _denied(read: Sequence[Token], phrases: Sequence[_Phrases]) -> set[int]:
    """Return the positions of the few words that follow a plain negation, up to a stop or a conjunction."""
    positions: set[int] = set()
    for position, token in enumerate(read):
        names = [name for _, says in phrases[position] for name in says]
        if token.kind != "word" or _NEGATION not in names or _IDIOM in names:
            continue
        for reached in range(position, min(position + 1 + _REACH, len(read))):
            if reached > position and read[reached].text in _ENDS:
                break
            positions.add(reached)
    return positions
