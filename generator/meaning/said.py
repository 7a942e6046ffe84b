"""Where a claim and its passages part in what they say: signs that one has and the other has not."""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache, cached_property
from typing import NamedTuple

from generator.meaning.amounts import agree
from generator.meaning.lexicon import HEARD, Lexicon
from generator.meaning.sentence import Sentence, Together
from generator.meaning.signs import DENIED, DOWN, NEGATION, SAME, UP, family_of, plain


class Difference(NamedTuple):
    """Where a claim and its passages part: the family of signs, or what else differs, and what is wrong."""

    family: str
    wrong: str


_NEVER_DENIED = frozenset(("negation", "hedge", "time", "period", "species", "route"))
"""Families of which a denied sign is no other than the sign."""
_SHARED = frozenset(("centre", "body", "nation", "sequence", "acuteness", "term", "certainty", "protection"))
"""Families that do not tell which sentence of a text a claim rests on."""
_LOOSELY = frozenset(("time", "sequence", "direction"))
"""Families that are told in words which also tell their opposite: cut by more than half."""
_START = 4
_REACH = 7


def differences(
    claim: Sequence[Sentence],
    passages: Sequence[Sentence],
    context: Callable[[], Sequence[Set[str]]],
    lexicon: Lexicon,
    kept: Sequence[str] | None = None,
) -> Iterator[Difference]:
    """Yield where a claim's signs part from those of its passages.

    `context` returns the signs that its sources bear anyway; `kept` are those that it may not leave out, if not the
    list's own. Most signs of a claim stand in its passages as they are: what surrounds a sign is asked only of others.
    """
    compared = _Compared(claim, passages, lexicon)
    bears: Sequence[Set[str]] | None = None
    for name in compared.unmatched():
        sign = plain(name)
        if not name.endswith(HEARD) and sign not in lexicon.words.weaker:
            bears = context() if bears is None else bears
            if not any(sign in signs for signs in bears):
                yield from compared.said(name, sign)
    yield from compared.left_out(lexicon.words.kept if kept is None else kept)
    yield from compared.negations()
    yield from compared.directions()


class _Compared:
    """The signs of a claim beside those of its passages."""

    def __init__(self, claim: Sequence[Sentence], passages: Sequence[Sentence], lexicon: Lexicon):
        self._lexicon = lexicon
        self._claim = claim
        self._passages = passages
        self._ours = Together(claim)
        self._theirs = Together(passages)

    def unmatched(self) -> list[str]:
        """Return the claim's signs that its passages do not say in the same way, and those that it denies."""
        theirs = self._theirs.known
        return [name for name in dict.fromkeys(self._ours.names) if name not in theirs or name[0] == DENIED]

    def said(self, name: str, sign: str) -> Iterator[Difference]:
        """Yield what is wrong with a sign that the claim says."""
        theirs = self._theirs
        family, _, value = sign.partition(":")
        if name.startswith(DENIED) and sign in (UP, DOWN) and theirs.hear(SAME):
            return  # not to rise is to stay, or to fall
        if not theirs.hear(sign) and sign not in self._lexicon.words.loose:
            yield Difference(family, f"says “{value}”, which its passages do not")
        elif not theirs.say(sign) and self._outweighed(sign):
            yield Difference(family, f"says “{value}” where its passages say otherwise")
        elif family in _NEVER_DENIED or not theirs.hear(sign):
            return
        elif name.startswith(DENIED):
            if not any(sign in sentence.heard and NEGATION in sentence.heard for sentence in self._passages):
                yield Difference("negation", f"denies “{value}”, which its passages do not")
        elif NEGATION not in self._ours.known and theirs.known.isdisjoint((sign, sign + HEARD)):
            yield Difference("negation", f"does not deny “{value}”, as its passages do")

    def _outweighed(self, sign: str) -> bool:
        """Return whether the passages plainly say an opposite that the claim does not tell as plainly."""
        opposites = self._lexicon.opposites.get(sign, frozenset())
        tells = self._ours.hear if family_of(sign) in _LOOSELY else self._ours.say
        return any(self._theirs.say(other) and not tells(other) for other in opposites)

    @cached_property
    def _near(self) -> Sequence[Sentence]:
        return nearest(self._claim, self._passages)

    def left_out(self, kept: Sequence[str]) -> Iterator[Difference]:
        """Yield the signs that the claim may not leave out, and does."""
        said = {name.removeprefix(DENIED) for name in self._theirs.known & _plainly(tuple(kept))}
        for sign in [sign for sign in kept if sign in said] if said else ():
            if not self._ours.hear(sign) and Together(self._near).say(sign):
                family, _, value = sign.partition(":")
                yield Difference(family, f"leaves out “{value}”, which its passages say")

    def negations(self) -> Iterator[Difference]:
        """Yield where a claim holds more plain negations than its passages hold of any kind, if one; and where less."""
        if not self._ours.hear(NEGATION):
            return
        ours, theirs = self._ours.count(NEGATION), self._theirs.count(NEGATION, heard=True)
        if ours > theirs > 0:
            yield Difference("negation", f"holds {ours} negations, its passages {theirs}")
        most = self._ours.count(NEGATION, heard=True)
        if self._theirs.count(NEGATION) > most > 0 and len(self._near) == 1:
            least = Together(self._near).count(NEGATION)
            if least > most:
                yield Difference("negation", f"holds {most} negations, its passage {least}")

    def directions(self) -> Iterator[Difference]:
        """Yield where a claim says up, or down, oftener than its passages can be heard to, and the other less often."""
        for sign, other in ((UP, DOWN), (DOWN, UP)):
            if not self._ours.say(sign):
                continue
            ours, theirs = self._ours.count(sign), self._theirs.count(sign, heard=True)
            if ours > theirs > 0 and self._ours.count(other) < self._theirs.count(other):
                value = sign.partition(":")[2]
                yield Difference("direction", f"says “{value}” {ours} times, its passages {theirs}")


@cache
def _plainly(signs: tuple[str, ...]) -> frozenset[str]:
    """Return the signs as they stand in a sentence that says them plainly."""
    return frozenset([*signs, *(DENIED + sign for sign in signs)])


def nearest(claim: Sequence[Sentence], passages: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the passages that a claim rests on: that share most quantities and signs with it."""
    if len(passages) == 1:
        return list(passages)
    ours = {sign for sentence in claim for sign in sentence.heard if family_of(sign) not in _SHARED}
    measured = [measure for sentence in claim for measure in sentence.quantities]
    scores = [
        len(ours & sentence.heard) + 2 * sum(any(agree(m, each) for each in sentence.quantities) for m in measured)
        for sentence in passages
    ]
    return [sentence for sentence, score in zip(passages, scores, strict=True) if score == max(scores)]


def design_differences(
    claim: Sequence[Sentence], fitting: Callable[[], frozenset[str]], lexicon: Lexicon
) -> Iterator[Difference]:
    """Yield where a claim calls its source a design that none of its sources has.

    What it calls its source is what follows an article at the start of its first sentence: "In a retrospective cohort".
    """
    read, said = (claim[0].tokens, claim[0].said) if claim else ((), ())
    articles = lexicon.words.articles
    start = next((at for at, token in enumerate(read[:_START]) if token.text in articles), None)
    for at in range(start + 1, min(start + 1 + _REACH, len(read))) if start is not None else ():
        text = read[at].text
        if (read[at].kind == "stop" and text != "-") or text in articles or text in lexicon.words.prepositions:
            return
        called = [name for _, names in said[at] for name in names if name.startswith("design:")]
        for value in [name.removeprefix("design:") for name in dict.fromkeys(called)]:
            if value in lexicon.known_designs and value not in fitting():
                yield Difference("own design", f"calls its source “{value}”, which the reference's design is not")
