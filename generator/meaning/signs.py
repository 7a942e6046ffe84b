"""The signs of a sentence: which words of the controlled list stand in it, in their order, and what is denied."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from generator.meaning.lexicon import HEARD, Lexicon, Said
from generator.meaning.tokens import Token

DENIED = "!"
"""Stands before a sign that a negation a few words earlier denies."""

NEGATION = "negation:no"
HEDGE = "hedge:may"
HUMAN = "species:human"
UP, DOWN, SAME = "direction:up", "direction:down", "direction:same"
_SIGNIFICANT, _NOT_SIGNIFICANT = "significance:significant", "significance:not-significant"
_NOT_MOVED = frozenset((DENIED + UP, DENIED + DOWN))
_COUNTED = frozenset((NEGATION, NEGATION + HEARD, UP, DOWN, *_NOT_MOVED))
IDIOM = "idiom:idiom"
"""A phrase in which no word is a sign, unless the whole phrase or a longer one is."""
_REACH = 4

_Begun = Sequence[tuple[int, Sequence[Said]]]
_Idioms = Mapping[int, tuple[int, int]]


def signs(read: Sequence[Token], said: Sequence[Sequence[Said]], lexicon: Lexicon) -> list[str]:
    """Return the signs among the tokens of a sentence, in order, each once; negations and directions each time.

    `said` is what begins at each token. Of one family the longest phrase counts, and what stands inside it is not read
    again: in "not significant" there is no significance, and a negation only because that family lists "not".
    """
    begun, idioms = _begun_with_idioms(said)
    denied = _denied(read, begun, idioms, lexicon)
    found: list[str] = []
    for position, _, name in _found(read, begun, idioms):
        if position in denied and name.startswith(_SIGNIFICANT):
            name = _NOT_SIGNIFICANT + name.removeprefix(_SIGNIFICANT)
        elif position in denied and not name.startswith(NEGATION):
            name = DENIED + name
        if name not in found or name in _COUNTED:
            found.append(name)
        if name in _NOT_MOVED:
            found.append(SAME + HEARD)  # what does not rise may be heard to stay
    return found


@cache
def family_of(name: str) -> str:
    """Return the family of a sign that bears no mark that it is denied."""
    return name.partition(":")[0]


@cache
def plain(name: str) -> str:
    """Return a sign without the marks that it is denied or only heard."""
    return name[name[0] == DENIED : -1 if name[-1] == HEARD else None]


def places_of_signs(read: Sequence[Token], said: Sequence[Sequence[Said]]) -> Iterator[tuple[int, int, str]]:
    """Yield where each sign begins among the tokens of a sentence, how many it takes, and its name."""
    return _found(read, *_begun_with_idioms(said))


def _begun_with_idioms(said: Sequence[Sequence[Said]]) -> tuple[_Begun, _Idioms]:
    begun = [(position, each) for position, each in enumerate(said) if each]
    return begun, _idioms(begun)


def _found(read: Sequence[Token], begun: _Begun, idioms: _Idioms) -> Iterator[tuple[int, int, str]]:
    """Yield position, length and name of each sign, but for those inside an idiom that is no sign itself."""
    taken: dict[str, int] = {}
    for position, phrases in begun:
        if read[position].kind == "number":
            continue
        idiom = idioms.get(position)
        for length, names in phrases:
            end = position + length
            for name in [name for name in names if taken.get(family_of(name), 0) <= position]:
                taken[family_of(name)] = end
                if name != IDIOM and (idiom is None or end > idiom[1] or idiom == (position, end)):
                    yield position, length, name


def _idioms(begun: _Begun) -> _Idioms:
    """Return, for each position inside an idiom, where that begins and ends."""
    found: dict[int, tuple[int, int]] = {}
    for position, length in [(at, length) for at, phrases in begun for length, names in phrases if IDIOM in names]:
        for inside in range(position, position + length):
            found.setdefault(inside, (position, position + length))
    return found


def _denied(read: Sequence[Token], begun: _Begun, idioms: _Idioms, lexicon: Lexicon) -> set[int]:
    """Return the positions of the few words that follow a plain negation, up to a stop or a conjunction."""
    positions: set[int] = set()
    for position in [at for at, phrases in begun for _, names in phrases if NEGATION in names and at not in idioms]:
        reach = _REACH
        for reached in range(position + 1, len(read)):
            text = read[reached].text
            if reach == 0 or text in ",;:()." or text in lexicon.words.clauses:
                break
            positions.add(reached)
            reach -= text not in lexicon.words.articles
    return positions
