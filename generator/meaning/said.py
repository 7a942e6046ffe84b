"""Where a claim and its passages part in what they say: signs that one has and the other has not."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.meaning.amounts import agree
from generator.meaning.lexicon import HEARD, Lexicon
from generator.meaning.sentence import Sentence
from generator.meaning.signs import DENIED, DOWN, NEGATION, SAME, UP, plain


class Difference(NamedTuple):
    """Where a claim and its passages part: the family of signs, or what else differs, and what is wrong."""

    family: str
    wrong: str


_NEVER_DENIED = frozenset(("negation", "hedge", "time", "period", "species", "route"))
"""Families of which a denied sign is no other than the sign."""
_START = 4
_REACH = 7


def differences(
    claim: Sequence[Sentence],
    passages: Sequence[Sentence],
    context: frozenset[str],
    lexicon: Lexicon,
    kept: Sequence[str] | None = None,
) -> Iterator[Difference]:
    """Yield where a claim's signs part from those of its passages.

    `context` are signs that its sources bear anyway, `kept` those that it may not leave out, if not the list's own.
    """
    compared = _Compared(claim, passages, lexicon)
    for name in dict.fromkeys(compared.ours):
        sign = plain(name)
        if not name.endswith(HEARD) and sign not in lexicon.words.weaker and sign not in context:
            yield from compared.said(name, sign)
    near = nearest(claim, passages)
    yield from compared.left_out(near, lexicon.words.kept if kept is None else kept)
    yield from _negations(claim, passages, near)
    yield from _directions(claim, passages)


class _Compared:
    """The signs of a claim beside those of its passages."""

    def __init__(self, claim: Sequence[Sentence], passages: Sequence[Sentence], lexicon: Lexicon):
        self._lexicon = lexicon
        self._passages = passages
        self._heard = set().union(*(sentence.heard for sentence in passages))
        self._plainly = set().union(*(sentence.plainly for sentence in passages))
        self._said = {name.removesuffix(HEARD) for sentence in passages for name in sentence.signs}
        self.ours = [name for sentence in claim for name in sentence.signs]
        self._heard_in_claim = {plain(name) for name in self.ours}
        self._denies = NEGATION in self.ours

    def said(self, name: str, sign: str) -> Iterator[Difference]:
        """Yield what is wrong with a sign that the claim says."""
        family, _, value = sign.partition(":")
        if name.startswith(DENIED) and sign in (UP, DOWN) and SAME in self._heard:
            return  # not to rise is to stay, or to fall
        if sign not in self._heard and sign not in self._lexicon.words.loose:
            yield Difference(family, f"says “{value}”, which its passages do not")
        elif sign not in self._plainly and self._outweighed(sign):
            yield Difference(family, f"says “{value}” where its passages say otherwise")
        elif family in _NEVER_DENIED or sign not in self._heard:
            return
        elif name.startswith(DENIED):
            if not any(sign in sentence.heard and NEGATION in sentence.heard for sentence in self._passages):
                yield Difference("negation", f"denies “{value}”, which its passages do not")
        elif not self._denies and sign not in self._said:
            yield Difference("negation", f"does not deny “{value}”, as its passages do")

    def _outweighed(self, sign: str) -> bool:
        """Return whether the passages plainly say an opposite that the claim does not tell."""
        return not self._lexicon.opposites.get(sign, frozenset()).isdisjoint(self._plainly - self._heard_in_claim)

    def left_out(self, near: Sequence[Sentence], kept: Sequence[str]) -> Iterator[Difference]:
        """Yield the signs that the claim may not leave out, and does."""
        said = set().union(*(sentence.plainly for sentence in near))
        for sign in kept:
            if sign in said and sign not in self._heard_in_claim:
                family, _, value = sign.partition(":")
                yield Difference(family, f"leaves out “{value}”, which its passages say")


def nearest(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the passages that a claim rests on: that share most quantities and signs with it."""
    if len(passages) == 1:
        return list(passages)
    ours = set().union(*(sentence.heard for sentence in claim))
    measured = [measure for sentence in claim for measure in sentence.quantities]
    scores = [
        len(ours & sentence.heard.keys())
        + 2 * sum(any(agree(m, each) for each in sentence.quantities) for m in measured)
        for sentence in passages
    ]
    return [sentence for sentence, score in zip(passages, scores, strict=True) if score == max(scores)]


def _negations(
    claim: Sequence[Sentence], passages: Sequence[Sentence], near: Sequence[Sentence]
) -> Iterator[Difference]:
    """Yield where a claim holds more plain negations than its passages hold of any kind, if one; and where less."""
    ours, theirs = _count(claim, NEGATION), _count(passages, NEGATION, heard=True)
    if ours > theirs > 0:
        yield Difference("negation", f"holds {ours} negations, its passages {theirs}")
    least, most = _count(near, NEGATION), _count(claim, NEGATION, heard=True)
    if len(near) == 1 and least > most > 0:
        yield Difference("negation", f"holds {most} negations, its passage {least}")


def _directions(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield where a claim says up, or down, more often than its passages can be heard to, and the other less often."""
    for sign, other in ((UP, DOWN), (DOWN, UP)):
        ours, theirs = _count(claim, sign), _count(passages, sign, heard=True)
        if ours > theirs > 0 and _count(claim, other) < _count(passages, other):
            value = sign.partition(":")[2]
            yield Difference("direction", f"says “{value}” {ours} times, its passages {theirs}")


def _count(read: Sequence[Sentence], sign: str, heard: bool = False) -> int:
    """Return how often a sign is plainly said, or with `heard` also only heard."""
    return sum((sentence.heard if heard else sentence.plainly)[sign] for sentence in read)


def design_differences(claim: Sequence[Sentence], fitting: frozenset[str], lexicon: Lexicon) -> Iterator[Difference]:
    """Yield where a claim calls its source a design that none of its sources has.

    What it calls its source is what follows an article at the start of its first sentence: "In a retrospective cohort".
    """
    words = lexicon.words
    known = {name for names in words.designs.values() for name in names}
    read, said = (claim[0].tokens, claim[0].said) if claim else ((), ())
    start = next((at for at, token in enumerate(read[:_START]) if token.text in words.articles), None)
    for at in range(start + 1, min(start + 1 + _REACH, len(read))) if start is not None else ():
        if (read[at].kind == "stop" and read[at].text != "-") or read[at].text in (
            *words.prepositions,
            *words.articles,
        ):
            return
        for name in dict.fromkeys(name for _, names in said[at] for name in names):
            value = name.removeprefix("design:")
            if name.startswith("design:") and value in known - fitting:
                yield Difference("own design", f"calls its source “{value}”, which the reference's design is not")
