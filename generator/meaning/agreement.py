"""Where claims part from their passages, as the lock keeps these: for the rules about meaning."""

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import cache
from itertools import chain

from generator.data import Comparison, Dose, Share
from generator.guideline import ClaimEntry, Guideline, once
from generator.linked_text import plain_text
from generator.meaning.amounts import agree
from generator.meaning.figures import (
    course_differences,
    order_differences,
    quantity_differences,
    total_differences,
)
from generator.meaning.lexicon import HEARD, UNKNOWN, Lexicon, lexicon_of
from generator.meaning.measures import Measure
from generator.meaning.said import Difference, design_differences, differences
from generator.meaning.sentence import Sentence, Together, kept, read_sentences
from generator.meaning.signs import HUMAN, NEGATION, family_of, plain
from generator.meaning.told import name_differences, none_differences, year_differences
from generator.model import Citation, Claim
from generator.notions import PEOPLE
from generator.passages import PassageKey
from generator.problems import Problem
from generator.quantities import Period, Quantity
from generator.sources import Reference

_RETROSPECTIVE, _PROSPECTIVE = frozenset(["design:retrospective"]), "design:prospective"
_VIEWS = frozenset(("background", "conclusion"))
_OF_THE_STUDY = (
    *("design", "comparator", "population", "species", "role", "posthoc", "disease", "centre", "body", "nation"),
)
"""Families that describe a study: what one passage of a source says of it holds for the others."""
_OF_THE_NAME = ("population", "role", "disease", "harm", "outcome", "comparator", "route", "extent", "severity")

RULES_OF_FAMILIES = (
    *("negation-agrees", "hedge-agrees", "direction-agrees", "cause-agrees", "design-agrees", "treatment-agrees"),
    *("population-agrees", "analysis-agrees", "extent-agrees", "time-agrees", "outcome-agrees"),
)
"""The rules that compare families of signs; the list of signs says which families each compares."""

FIX = "Compare it with the passage; where the claim is right, say why with `python -m generator compare {}`."


def find_differences(guideline: Guideline, rule: str, *families: str, fix: str = "") -> Iterator[Problem]:
    """Yield a problem, under a rule, for each difference of its families of signs and of others that it names."""
    families = (*lexicon_of(guideline).words.rules.get(rule, ()), *families)
    for id_, found in differences_of(guideline).items():
        entry = guideline.claims[id_]
        for difference in found:
            if difference.family in families:
                mend = " ".join(filter(None, (fix, FIX.format(id_))))
                yield Problem(rule, difference.wrong, mend, entry.place("text"))


@once
def differences_of(guideline: Guideline) -> Mapping[str, Sequence[Difference]]:
    """Return where each claim parts from its passages, by its id; none for a claim with a passage that is not read."""
    if "signs" in guideline.unread:
        return {}
    return {id_: found for id_, entry in guideline.claims.items() if (found := list(compare(entry, entry.claim)))}


def compare(entry: ClaimEntry, claim: Claim) -> Iterator[Difference]:
    """Yield where a claim, in the place of an entry's, parts from its passages; each difference once."""
    guideline = entry.guideline
    lexicon = lexicon_of(guideline)
    passages = passages_of(claim, guideline)
    if not passages:
        return
    ours = read_sentences(plain_text(claim.text), lexicon)
    found = [
        *differences(ours, passages, lambda: context_of(entry, claim), lexicon),
        *design_differences(ours, lambda: _designs(claim, guideline), lexicon),
        *quantity_differences(ours, passages),
        *order_differences(ours, passages),
        *course_differences(ours, lexicon),
        *total_differences(ours, lexicon),
        *name_differences(claim, ours, entry.record, names_of(guideline)[entry.record], guideline, lexicon),
        *year_differences(claim, ours, lexicon),
        *none_differences(claim, ours, entry.guideline, lexicon),
        *_unattributed(ours, claim, guideline),
        *_data_differences(claim, ours, passages, lexicon),
    ]
    yield from dict.fromkeys(found)


def passages_of(claim: Claim, guideline: Guideline) -> list[Sentence]:
    """Return the sentences of a claim's passages; none if one of them is not locked with its meaning."""
    known = locked_sentences(guideline)
    locked = [known.get(cite.key, ()) for cite in claim.cites]
    return [*chain.from_iterable(locked)] if all(locked) else []


@once
def locked_sentences(guideline: Guideline) -> Mapping[PassageKey, Sequence[Sentence]]:
    """Return the sentences of each locked passage, ready to be compared."""
    lexicon = lexicon_of(guideline)
    return {
        key: [kept(sentence, lexicon) for sentence in passage.sentences] for key, passage in guideline.passages.items()
    }


def context_of(entry: ClaimEntry, claim: Claim) -> Sequence[Set[str]]:
    """Return the signs that a claim may bear without its passage: of its sources, its record and its populations."""
    studies, described = _studies(entry.guideline), _described(entry.guideline)
    signs = [{f"population:{name}" for name in claim.population}, names_of(entry.guideline)[entry.record]]
    for pmid in dict.fromkeys([cite.pmid for cite in claim.cites]):
        signs.append(studies.get(pmid, frozenset()))
        fitting = described.get(pmid, frozenset())
        signs.append(fitting - _RETROSPECTIVE if any(_PROSPECTIVE in each for each in signs) else fitting)
    return signs


@once
def _studies(guideline: Guideline) -> Mapping[str, frozenset[str]]:
    """Return, for each source, what its title and its locked passages plainly say of the study."""
    lexicon = lexicon_of(guideline)
    found: dict[str, set[str]] = {pmid: _titled(reference, lexicon) for pmid, reference in guideline.references.items()}
    for key, sentences in locked_sentences(guideline).items():
        found.setdefault(key.pmid, set()).update(map(_of_the_study, Together(sentences).known))
    return {pmid: frozenset(signs) for pmid, signs in found.items()}


@cache
def _of_the_study(name: str) -> str:
    """Return the sign that is plainly said and describes a study; nothing for every other."""
    return plain(name) if name[-1] != HEARD and family_of(plain(name)) in _OF_THE_STUDY else ""


@once
def _described(guideline: Guideline) -> Mapping[str, frozenset[str]]:
    """Return, for each source, the signs of its species and those that fit its design."""
    designs = lexicon_of(guideline).words.designs
    return {
        pmid: frozenset(
            [
                *(f"design:{name}" for name in designs.get(reference.design, ())),
                HUMAN if guideline.means("species", reference.species, PEOPLE) else f"species:{reference.species}",
            ]
        )
        for pmid, reference in guideline.references.items()
    }


def _titled(reference: Reference, lexicon: Lexicon) -> set[str]:
    signs = {plain(name) for sentence in read_sentences(reference.title, lexicon) for name in sentence.signs}
    return {name for name in signs if family_of(name) not in ("species", "negation", "hedge")}


@once
def names_of(guideline: Guideline) -> Mapping[str, frozenset[str]]:
    """Return what the names of each record say."""
    lexicon = lexicon_of(guideline)
    return {
        id_: frozenset(
            plain(sign)
            for name in (record.name, *record.also_known_as)
            for sentence in read_sentences(name, lexicon)
            for sign in sentence.signs
            if family_of(plain(sign)) in _OF_THE_NAME
        )
        for id_, record in guideline.records.items()
    }


def _designs(claim: Claim, guideline: Guideline) -> frozenset[str]:
    fitting = lexicon_of(guideline).words.designs
    cited = [guideline.references[cite.pmid].design for cite in claim.cites if cite.pmid in guideline.references]
    return frozenset(name for design in cited for name in fitting.get(design, ()))


def _unattributed(ours: Sequence[Sentence], claim: Claim, guideline: Guideline) -> Iterator[Difference]:
    """Yield where a claim tells as a fact what only the opening or the conclusion of its sources says."""
    parts = {part for cite in claim.cites for part in parts_of_text(cite, guideline)}
    if parts and parts <= _VIEWS and not any(map(Together(ours).hear, lexicon_of(guideline).words.views)):
        yield Difference("view", f"tells as a fact what its sources say in their {' and '.join(sorted(parts))}")


def parts_of_text(cite: Citation, guideline: Guideline) -> tuple[str, ...]:
    """Return which parts of its source a passage stands in: as the citation says, or by the headings of the text."""
    passage = guideline.passages.get(cite.key)
    return (cite.part,) if cite.part else (passage.parts if passage else ())


def turns(claim: Claim, guideline: Guideline) -> bool:
    """Return whether a claim holds a word that turns what it says before."""
    lexicon = lexicon_of(guideline)
    read = [token for sentence in read_sentences(plain_text(claim.text), lexicon) for token in sentence.tokens]
    text = f" {' '.join(token.text for token in read if token.kind == 'word')} "
    return any(f" {word} " in text for word in lexicon.words.tells_a_turn)


def _data_differences(
    claim: Claim, ours: Sequence[Sentence], passages: Sequence[Sentence], lexicon: Lexicon
) -> Iterator[Difference]:
    """Yield quantities of the data that the text, or else no passage, holds in another unit."""
    if claim.data is None:
        return
    said = [measure for sentence in ours for measure in sentence.quantities]
    printed = [measure for sentence in passages for measure in sentence.quantities]
    denies = any(NEGATION in sentence.signs for sentence in ours)
    for measure in measured(claim, lexicon):
        if denies and not measure.plain_number:
            continue  # none of thirteen is nought patients, and nought per cent
        if not any(measure.plain_number == other.plain_number for other in said):
            yield Difference("data", f"“{measure}” of the data is not in the text")
        for where, others in (("the text", said), ("its passages", printed)):
            same = [other for other in others if other.number == measure.number]
            if same and not any(agree(measure, other) for other in others):
                yield Difference("data", f"“{measure}” of the data is “{same[0]}” in {where}")


def measured(claim: Claim, lexicon: Lexicon) -> Iterator[Measure]:
    """Yield the quantities of a claim's data, each with its unit."""

    def measure(number: Quantity | Decimal | int | None, unit: str) -> Iterator[Measure]:
        numbers = number.numbers if isinstance(number, Quantity) else () if number is None else (number,)
        for each in numbers:
            yield Measure(str(each), lexicon.unit_of.get(unit, UNKNOWN))

    def period(value: Period | None) -> Iterator[Measure]:
        if value and value.quantity:
            yield from measure(value.quantity, {"cycle": "courses", "course": "courses"}.get(value.unit, value.unit))

    data = claim.data
    if isinstance(data, Dose):
        yield from measure(data.amount, data.unit)
        yield from measure(data.days, "day")
        yield from measure(data.hours, "hour")
        yield from period(data.every)
        yield from period(data.duration)
    elif isinstance(data, Share):
        unit = lexicon.words.counted.get(data.unit, "")
        yield from measure(data.events, unit)
        yield from measure(data.of, unit)
        yield from measure(data.percent, "%")
    elif isinstance(data, Comparison):
        for arm in data.arms:
            yield from measure(arm.percent, "%")
