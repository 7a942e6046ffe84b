"""What a claim says beside what its passages say: signs and quantities of both, and where they differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.evidence.lexicon import HEARD, INTERVAL, UNKNOWN, Lexicon
from generator.evidence.measures import COUNTED, Measure, measures
from generator.evidence.signs import DENIED, signs
from generator.evidence.tokens import Token, even, sentences, tokens


class Sentence(NamedTuple):
    """A sentence as far as its meaning is kept: its signs, and its quantities in order."""

    signs: tuple[str, ...]
    quantities: tuple[Measure, ...]


class Difference(NamedTuple):
    """Where a claim and its passages part: the family of signs, or `quantity` or `order`, and what is wrong."""

    family: str
    wrong: str


KEPT = ("negation:no", "hedge:may", "significance:not-significant")
"""Signs of a passage that a claim may not leave out."""

_ANY = frozenset(("hedge:may", "cause:association"))
"""Signs that a claim may add: they make it weaker."""

_NEAR = 3
_REACH = 7
_BACK = 5
_NEVER_DENIED = frozenset(("negation", "hedge", "time", "period", "species", "route"))
"""Families of which a denied sign is no other than the sign."""


def read_sentences(text: str, lexicon: Lexicon) -> list[Sentence]:
    """Return the sentences of a text as far as their meaning is kept."""
    return [read_sentence(sentence, lexicon) for sentence in sentences(even(text))]


def read_sentence(sentence: str, lexicon: Lexicon) -> Sentence:
    """Return a sentence of an even text as far as its meaning is kept."""
    read = tokens(sentence)
    found = measures(read, lexicon)
    return Sentence((*signs(read, lexicon), *_tested(read, found)), tuple(found))


def _tested(read: Sequence[Token], found: Iterable[Measure]) -> Iterator[str]:
    """Yield what a p value says without a word: significance below 0.05, or else none and with it a negation."""
    for measure in found:
        before = read[max(0, measure.position - 3) : measure.position]
        if measure.unit is UNKNOWN and "p" in {token.text for token in before} and before[-1].kind == "stop":
            if _number(measure) < Decimal("0.05") or before[-1].text == "<":
                yield "significance:significant" + HEARD
            else:
                yield from ("significance:not-significant" + HEARD, "negation:no" + HEARD)


def plain(name: str) -> str:
    """Return a sign without the marks that it is denied or only heard."""
    return name.removeprefix(DENIED).removesuffix(HEARD)


def differences(
    claim: Sequence[Sentence], passages: Sequence[Sentence], context: Iterable[str], lexicon: Lexicon
) -> Iterator[Difference]:
    """Yield where a claim parts from its passages. `context` are signs that the sources and the record bear anyway."""
    yield from _signs(claim, passages, frozenset(context), lexicon)
    yield from _quantities(claim, passages)
    yield from _order(claim, passages)


def _signs(
    claim: Sequence[Sentence], passages: Sequence[Sentence], context: frozenset[str], lexicon: Lexicon
) -> Iterator[Difference]:
    said = {name for sentence in passages for name in sentence.signs}
    heard = {plain(name) for name in said}
    plainly = {plain(name) for name in said if not name.endswith(HEARD)}
    ours = [name for sentence in claim for name in sentence.signs]
    heard_in_claim = {plain(name) for name in ours}
    plain_in_claim = {plain(name) for name in ours if not name.endswith(HEARD)}
    for name in dict.fromkeys(ours):
        if name.endswith(HEARD):
            continue
        sign = plain(name)
        family, _, value = sign.partition(":")
        if sign in _ANY or sign in context:
            continue
        if sign not in heard and sign in lexicon.words.loose:
            if any(other in plainly and other not in heard_in_claim for other in lexicon.opposites.get(sign, ())):
                yield Difference(family, f"says “{value}” where its passages say otherwise")
        elif sign not in heard:
            yield Difference(family, f"says “{value}”, which its passages do not")
        elif sign not in plainly and any(
            other in plainly and other not in heard_in_claim for other in lexicon.opposites.get(sign, ())
        ):
            yield Difference(family, f"says “{value}” where its passages say otherwise")
        elif family not in _NEVER_DENIED:
            if name.startswith(DENIED):
                if not any(_denies(sentence, sign) for sentence in passages):
                    yield Difference("negation", f"denies “{value}”, which its passages do not")
            elif (
                "negation:no" not in plain_in_claim
                and all(
                    DENIED + sign in sentence.signs or DENIED + sign + HEARD in sentence.signs
                    for sentence in passages
                    if sign in {plain(other) for other in sentence.signs}
                )
                and sign not in said
                and sign + HEARD not in said
            ):
                yield Difference("negation", f"does not deny “{value}”, as its passages do")
    yield from _negations(claim, passages)
    yield from _directions(claim, passages)
    near = {plain(name) for sentence in nearest(claim, passages) for name in sentence.signs if not name.endswith(HEARD)}
    for name in KEPT:
        if name in near and name not in heard_in_claim:
            family, _, value = name.partition(":")
            yield Difference(family, f"leaves out “{value}”, which its passages say")


def _negations(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield where a claim holds more plain negations than its passages hold of any kind, if they hold one at all."""
    ours = sum(sentence.signs.count("negation:no") for sentence in claim)
    theirs = sum(name.startswith("negation:no") for sentence in passages for name in sentence.signs)
    if ours > theirs > 0:
        yield Difference("negation", f"holds {ours} negations, its passages {theirs}")
    near = nearest(claim, passages)
    least = sum(sentence.signs.count("negation:no") for sentence in near)
    heard = sum(name.startswith("negation:no") for sentence in claim for name in sentence.signs)
    if len(near) == 1 and least > heard > 0:
        yield Difference("negation", f"holds {heard} negations, its passage {least}")


def _directions(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield where a claim says up, or down, more often than its passages can be heard to, and the other less often."""
    for sign, other in (("direction:up", "direction:down"), ("direction:down", "direction:up")):
        ours, theirs = _count(claim, sign, plainly=True), _count(passages, sign, plainly=False)
        if ours > theirs > 0 and _count(claim, other, plainly=True) < _count(passages, other, plainly=True):
            value = sign.partition(":")[2]
            yield Difference("direction", f"says “{value}” {ours} times, its passages {theirs}")


def _count(read: Sequence[Sentence], sign: str, plainly: bool) -> int:
    return sum(
        plain(name) == sign and not (plainly and name.endswith(HEARD)) for sentence in read for name in sentence.signs
    )


def nearest(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the passages that a claim rests on: those that share most quantities and signs with it."""
    ours = {plain(name) for sentence in claim for name in sentence.signs}
    scores = []
    for sentence in passages:
        shared = sum(any(agree(m, other) for other in sentence.quantities) for part in claim for m in part.quantities)
        scores.append(2 * shared + len(ours & {plain(name) for name in sentence.signs}))
    best = max(scores, default=0)
    return [sentence for sentence, score in zip(passages, scores, strict=True) if score == best]


def _denies(sentence: Sentence, sign: str) -> bool:
    """Return whether a sentence that holds a sign denies it, or plainly denies anything."""
    if sign not in {plain(name) for name in sentence.signs}:
        return False
    return "negation:no" in sentence.signs or "negation:no~" in sentence.signs


def agree(ours: Measure, theirs: Measure) -> bool:
    """Return whether two quantities are the same amount, of dimensions that agree or are not told."""
    mine, other = ours.unit.dimension, theirs.unit.dimension
    if mine == other or ("cases" in (mine, other) and {mine, other} <= CASES):
        return ours.value == theirs.value
    if _number(ours) != _number(theirs):
        return False
    if not other and mine in COUNTED:
        return "." not in ours.number
    if not mine:
        return not other or other in COUNTED or other == INTERVAL.dimension
    return not other or other == INTERVAL.dimension or mine == INTERVAL.dimension


CASES = frozenset(("persons", "cases", "events"))
"""A case may be a patient or an event."""


def _number(measure: Measure) -> Decimal:
    return Decimal(measure.number.partition("^")[0])


def _quantities(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    theirs = [measure for sentence in passages for measure in sentence.quantities]
    for sentence in claim:
        for measure in sentence.quantities:
            if not measure.loose and not any(agree(measure, other) for other in theirs):
                yield Difference("quantity", f"“{measure}” is not among the quantities of its passages")


def _beside(first: Measure, second: Measure, passages: Sequence[Sentence]) -> bool:
    """Return whether two quantities stand near each other in a sentence of a passage, or one is in none."""
    apart = []
    for sentence in passages:
        firsts = [i for i, measure in enumerate(sentence.quantities) if agree(first, measure)]
        seconds = [i for i, measure in enumerate(sentence.quantities) if agree(second, measure)]
        apart += [abs(i - j) for i in firsts for j in seconds]
    return not apart or min(apart) <= _NEAR


def _order(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield pairs of neighbouring numbers of one dimension that a sentence of a passage has the other way round."""
    for sentence in claim:
        for first, second in zip(sentence.quantities, sentence.quantities[1:], strict=False):
            if second.bracketed and not _beside(first, second, passages):
                yield Difference("order", f"“{first} ({second})” is no pair in its passages")
            if first.part:
                if second.unit.dimension in (*COUNTED, "") and _number(first) > _number(second):
                    yield Difference("order", f"“{first}” of “{second}” is more than all")
                continue
            if first.unit.dimension != second.unit.dimension or _number(first) == _number(second):
                continue
            orders = set()
            for other in passages:
                firsts = [i for i, measure in enumerate(other.quantities) if agree(first, measure)]
                seconds = [i for i, measure in enumerate(other.quantities) if agree(second, measure)]
                if firsts and seconds:
                    orders |= {i < j for i in firsts for j in seconds}
            if orders == {False}:
                yield Difference("order", f"“{first}” stands before “{second}”, in its passages after it")


def number_differences(text: str, lexicon: Lexicon) -> Iterator[Difference]:
    """Yield where a claim's own numbers belie its words: a rise from more to less, or a fall from less to more."""
    for sentence in sentences(even(text)):
        read = tokens(sentence)
        values = {measure.position: measure for measure in measures(read, lexicon)}
        for position, token in enumerate(read):
            first, last = values.get(position + 1), _second(read, position, values)
            if token.text != "from" or first is None or last is None or first.unit.dimension != last.unit.dimension:
                continue
            before = [
                name
                for at in range(max(0, position - _BACK), position)
                for _, says in lexicon.phrases.at(read, at)
                for name in says
            ]
            for name, belied in (("direction:up", first.value > last.value), ("direction:down", first.value < last.value)):
                if name in before and belied and not {"direction:up", "direction:down"} <= set(before):
                    yield Difference("direction", f"goes “{name.partition(':')[2]}” from {first} to {last}")


def _second(read: Sequence[Token], position: int, values: Mapping[int, Measure]) -> Measure | None:
    """Return the number behind the "to" that follows a "from" and its number."""
    for at in range(position + 2, min(position + 2 + _BACK, len(read) - 1)):
        if read[at].text == "to":
            return values.get(at + 1)
    return None


def design_differences(text: str, fitting: frozenset[str], lexicon: Lexicon) -> Iterator[Difference]:
    """Yield where a claim calls its source a design that none of its sources has.

    What it calls its source is what follows an article at the start of its first sentence: "In a retrospective cohort".
    """
    known = {name for names in lexicon.words.designs.values() for name in names}
    first = next(sentences(even(text)), "")
    read = tokens(first)
    for position, token in enumerate(read[:4]):
        if token.text not in lexicon.words.articles:
            continue
        for at in range(position + 1, min(position + 1 + _REACH, len(read))):
            if (read[at].kind == "stop" and read[at].text != "-") or read[at].text in lexicon.words.prepositions:
                break
            names = [name for _, says in lexicon.phrases.at(read, at) for name in says]
            for name in dict.fromkeys(names):
                value = name.removeprefix("design:")
                if name.startswith("design:") and value in known - fitting:
                    yield Difference("own design", f"calls its source “{value}”, which the reference's design is not")
        return
