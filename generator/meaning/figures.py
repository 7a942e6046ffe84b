"""Where a claim and its passages part in their quantities: amounts, units, order and pairs."""

from collections.abc import Iterator, Sequence

from generator.meaning.amounts import agree, dimension_of
from generator.meaning.lexicon import Lexicon
from generator.meaning.measures import COUNTED, Measure
from generator.meaning.said import Difference
from generator.meaning.sentence import Sentence
from generator.meaning.signs import DOWN, UP

_NEAR = 3
_BACK = 5
_PEOPLE = ("persons", "cases")
_ANY_COUNT = COUNTED | {""}
_CLAUSE = (",", ";", ":", "and")


def quantity_differences(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield each quantity of a claim that no passage holds."""
    theirs = [measure for sentence in passages for measure in sentence.quantities]
    printed = {(measure.number, measure.unit.name) for measure in theirs}
    for sentence in claim:
        for measure in sentence.quantities:
            if measure.loose or (measure.number, measure.unit.name) in printed:
                continue
            if not any(agree(measure, other) for other in theirs):
                yield Difference("quantity", f"“{measure}” is not among the quantities of its passages")


def order_differences(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield neighbouring numbers that a sentence of a passage has the other way round, or does not pair."""
    for sentence in claim:
        for first, second in zip(sentence.quantities, sentence.quantities[1:], strict=False):
            alike = first.unit.dimension == second.unit.dimension and dimension_of(first) == dimension_of(second)
            may_stand_otherwise = not first.part and alike
            distances = _distances(first, second, passages) if second.bracketed or may_stand_otherwise else ()
            if second.bracketed and distances and min(map(abs, distances)) > _NEAR:
                yield Difference("order", f"“{first} ({second})” is no pair in its passages")
            if first.part:
                if second.unit.dimension in _ANY_COUNT and first.plain_number > second.plain_number:
                    yield Difference("order", f"“{first}” of “{second}” is more than all")
            elif may_stand_otherwise and distances and max(distances) < 0:
                yield Difference("order", f"“{first}” stands before “{second}”, in its passages after it")


def total_differences(claim: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Difference]:
    """Yield where more are counted than there are: of 23 patients, 45 responded.

    The total is the first number of persons in a sentence, behind a word such as of or among.
    """
    for sentence in claim:
        if sentence.texts.isdisjoint(lexicon.words.among):
            continue
        total: Measure | None = None
        for measure in sentence.quantities:
            before = sentence.tokens[measure.position - 1].text if measure.position > 0 else ""
            if total is None:
                is_total = before in lexicon.words.among and not measure.part
                total = measure if is_total and measure.unit.dimension in _PEOPLE else None
            elif _counts_people(measure, before) and measure.plain_number > total.plain_number:
                yield Difference("order", f"counts “{measure}” of “{total}”")


def _counts_people(measure: Measure, before: str) -> bool:
    """Return whether a number may be one of people: a whole number of them, or of nothing that is named."""
    return "." not in measure.number and before in _CLAUSE and measure.unit.dimension in (*_PEOPLE, "")


def _distances(first: Measure, second: Measure, passages: Sequence[Sentence]) -> list[int]:
    """Return by how many quantities the second follows the first, for each place where a sentence holds both."""
    found = []
    for sentence in passages:
        firsts = [at for at, measure in enumerate(sentence.quantities) if agree(first, measure)]
        seconds = [at for at, measure in enumerate(sentence.quantities) if agree(second, measure)] if firsts else []
        found += [after - before for before in firsts for after in seconds]
    return found


def course_differences(claim: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Difference]:
    """Yield where a claim's own numbers belie its words: a rise from more to less, or a fall from less to more."""
    words = lexicon.words
    for sentence in claim:
        if sentence.texts.isdisjoint(words.from_):
            continue
        values = {measure.position: measure for measure in sentence.quantities}
        for position, token in enumerate(sentence.tokens):
            first = values.get(position + 1) if token.text in words.from_ else None
            last = _second(sentence, position, values, lexicon) if first else None
            if first is None or last is None or first.unit.dimension != last.unit.dimension:
                continue
            before = sentence.said[max(0, position - _BACK) : position]
            names = {name for begun in before for _, each in begun for name in each}
            for name, belied in ((UP, first.value > last.value), (DOWN, first.value < last.value)):
                if belied and names & {UP, DOWN} == {name}:
                    yield Difference("direction", f"goes “{name.partition(':')[2]}” from {first} to {last}")


def _second(sentence: Sentence, position: int, values: dict[int, Measure], lexicon: Lexicon) -> Measure | None:
    """Return the number behind the "to" that follows a "from" and its number."""
    for at in range(position + 2, min(position + 2 + _BACK, len(sentence.tokens) - 1)):
        if sentence.tokens[at].text in lexicon.words.to:
            return values.get(at + 1)
    return None
