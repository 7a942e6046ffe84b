"""A claim and its passages side by side: which words and figures of one stand in the other, and which do not.

Only what the controlled list knows is marked: signs, and quantities with their units. What is marked as different is
where a reader looks first; what is not marked may differ all the same.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Literal, NamedTuple

from generator.meaning.amounts import agree
from generator.meaning.lexicon import HEARD, Lexicon
from generator.meaning.measures import TIMES, Measure
from generator.meaning.numbers import TENS, UNITS
from generator.meaning.sentence import Sentence, read_sentences
from generator.meaning.signs import NEGATION, family_of, places_of_signs, plain
from generator.meaning.tokens import HYPHENS, even, sentences, token_spans

Mark = Literal["", "same", "differs"]


class Part(NamedTuple):
    """A stretch of a text, and whether it is a figure that the other side has too, or a word or figure that differs."""

    text: str
    mark: Mark = ""


class _Spot(NamedTuple):
    """Where a sign or quantity stands in a text; `what` is the sign, `plainly` whether that is said, not only heard."""

    begin: int
    end: int
    what: str
    plainly: bool
    measure: Measure | None = None


def mark_both(
    claim: str, passages: Sequence[str], lexicon: Lexicon, borne: Set[str] = frozenset(), beside: Sequence[str] = ()
) -> tuple[list[Part], list[list[Part]]]:
    """Return the parts of a claim and those of each of its passages, in one typography.

    A word or figure of the claim that no passage has differs, unless it is one of the signs that the claim may bear, or
    stands in what is told beside the passages. One of a passage differs if the claim lacks it and either may not leave
    it out, or has another of its kind that no passage has.
    """
    ours, theirs = [*_spots(claim, lexicon)], [[*_spots(text, lexicon)] for text in passages]
    them = [*(spot for each in theirs for spot in each), *(spot for text in beside for spot in _spots(text, lexicon))]
    kept = {*lexicon.words.kept, NEGATION}
    free = {*borne, *lexicon.words.weaker}
    told = [spot for spot in ours if spot.plainly and (spot.measure or spot.what not in free)]
    lone = [spot for spot in told if not any(_say_the_same(spot, other) for other in them)]
    alone = {kind for spot in lone for kind in _kinds(spot)}

    def of_claim(spot: _Spot) -> Mark:
        return "differs" if spot in lone else "same" if spot.measure else ""

    def of_passage(spot: _Spot) -> Mark:
        if any(_say_the_same(other, spot) for other in ours):
            return "same" if spot.measure else ""
        return "differs" if spot.plainly and (spot.what in kept or not alone.isdisjoint(_kinds(spot))) else ""

    return _parts(even(claim), ours, of_claim), [
        _parts(even(text), spots, of_passage) for text, spots in zip(passages, theirs, strict=True)
    ]


def _kinds(spot: _Spot) -> set[str]:
    """Return by what a sign or quantity is another one's counterpart: family; dimension, all of time alike; number."""
    if spot.measure is None:
        return {family_of(spot.what)}
    dimension = spot.measure.unit.dimension
    return {f"of {'time' if dimension in TIMES else dimension}", f"number {spot.measure.plain_number.normalize()}"}


def _say_the_same(ours: _Spot, theirs: _Spot) -> bool:
    """Return whether a sign or quantity of a claim is one of a passage; a bare number of a claim is no time there."""
    if ours.measure and theirs.measure:
        return agree(ours.measure, theirs.measure)
    return ours.measure is theirs.measure and ours.what == theirs.what


def _parts(text: str, spots: Sequence[_Spot], mark: Callable[[_Spot], Mark]) -> list[Part]:
    """Return a text cut where its marks change; of two that overlap the first and longest counts."""
    parts: list[Part] = []
    at = 0
    for spot in sorted(spots, key=lambda spot: (spot.begin, -spot.end)):
        found = mark(spot)
        if found and spot.begin >= at:
            parts += [Part(text[at : spot.begin])] if spot.begin > at else []
            parts.append(Part(text[spot.begin : spot.end], found))
            at = spot.end
    return [*parts, *([Part(text[at:])] if at < len(text) else [])]


def _spots(text: str, lexicon: Lexicon) -> Iterator[_Spot]:
    """Yield the signs and quantities of a text with their places in it as it is when it is even."""
    at, evened = 0, even(text)
    for words, sentence in zip(sentences(evened), read_sentences(text, lexicon), strict=True):
        at = evened.index(words, at)
        spans = token_spans(words)

        for position, length, name in places_of_signs(sentence.tokens, sentence.said):
            begin, end = at + spans[position][0], at + spans[position + length - 1][1]
            yield _Spot(begin, end, plain(name), not name.endswith(HEARD))
        for measure in sentence.quantities:
            if not measure.loose:
                begin, end = at + spans[measure.position][0], at + spans[_last(sentence, measure, lexicon)][1]
                yield _Spot(begin, end, "", True, measure)
        at += len(words)


def _last(sentence: Sentence, measure: Measure, lexicon: Lexicon) -> int:
    """Return the position of the last token of a quantity: of its number, or of a unit right behind."""
    read, at = sentence.tokens, measure.position
    if read[at].text in TENS:
        second = at + 2 if at + 1 < len(read) and read[at + 1].text in HYPHENS else at + 1
        at = second if second < len(read) and 0 < UNITS.get(read[second].text, 0) < 10 else at
    found = lexicon.unit_phrases.at(read, at + 1) if at + 1 < len(read) else ()
    return at + next((length for length, names in found if measure.unit.name in names), 0)
