"""Regimens and grams for body weights, as the page of doses and each record show them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from generator.calculator import WeightNote
from generator.data import Dose
from generator.evidence.doses import WEIGHTS, Grams, WeightDose, weight_dose
from generator.evidence.wording import DoseWords, describe_time, describe_unstated_days, dose_words
from generator.facts.answers import AnswerFacts, answers_of, questions_of
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.facts.records import RecordFacts, records_of
from generator.guideline import Guideline, once
from generator.linked_text import links_in
from generator.profile import kind_of
from generator.speech import Speech, to_say

NO_ROLE = to_say("role not recorded")


@dataclass(frozen=True)
class Regimen:
    """A claim that states a dose, and the dose."""

    claim: ClaimFacts
    dose: Dose
    marks: tuple[str, ...]
    """The marks of the claim, and that it is indirect for the record that shows it."""

    @property
    def topic(self) -> str:
        """The disease, as the id of a record: the claim's own, or the first disease that the claim links to."""
        entry, treated = self.claim.entry, self.claim.entry.guideline.profile.treated
        linked = [link.record for link in links_in(entry.claim.text) if kind_of(link.record) == treated]
        return linked[0] if kind_of(entry.record) != treated and linked else entry.record

    @property
    def role(self) -> str:
        """As what it is given, or that this is not recorded."""
        return self.words.role or self.claim.entry.guideline.about.own.say(NO_ROLE)

    @property
    def apart(self) -> str:
        """The role that keeps it apart from others that give the same grams; empty where none does."""
        role = self.dose.role
        return role if role and role in self.claim.entry.guideline.profile.doses.apart else ""

    @property
    def words(self) -> DoseWords:
        """The regimen in words, part by part."""
        return dose_words(self.dose, self.claim.entry.guideline)

    @property
    def period(self) -> str:
        """What the amount is stated per, in words."""
        return str(self.claim.entry.guideline.term("dose-periods", self.dose.per).name)

    @property
    def unstated_days(self) -> str:
        """What is said beside its grams where it has no plain number of days."""
        return describe_unstated_days(self.dose, self.claim.entry.guideline)

    @property
    def notes(self) -> Sequence[WeightNote]:
        """What is to be thought of at some weights, of this regimen as its source was not on the patients named."""
        notes = self.claim.entry.guideline.profile.doses.notes
        return [note for note in notes if note.unless and note.unless not in self.claim.claim.population]

    @cached_property
    def by_weight(self) -> WeightDose | None:
        """The regimen as grams for a weight; None where none can be computed."""
        return weight_dose(self.dose, self.claim.entry.guideline)

    @property
    def cite(self) -> CitationFacts:
        """The citation that gives the dose: a claim's first."""
        return self.claim.citations[0]


@dataclass(frozen=True)
class TopicDoses:
    """A disease, or a topic of practice: what is answered of its dose, its regimens, and grams for weights."""

    record: RecordFacts
    answers: Sequence[AnswerFacts]
    regimens: Sequence[Regimen]

    @property
    def by_weight(self) -> bool:
        """Whether grams can be computed from a weight for any of its regimens."""
        return any(regimen.by_weight for regimen in self.regimens)

    @property
    def tables(self) -> Sequence["WeightTable"]:
        """Grams for weights, of the regimens that go by weight."""
        return weight_tables(self.regimens, self.record.guideline)


@dataclass(frozen=True)
class WeightTable:
    """One regimen, the claims that state it, and grams for each weight: heads of columns, then rows."""

    name: str
    regimens: Sequence[Regimen]
    heads: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]

    @property
    def apart(self) -> str:
        """The role that keeps its regimens apart from others that give the same grams; empty where none does."""
        return self.regimens[0].apart

    @property
    def roles(self) -> Sequence[str]:
        """The roles of its regimens, each once: as what the amount is given."""
        return list(dict.fromkeys(regimen.role for regimen in self.regimens))


def regimens_of(claims: Iterable[ClaimFacts]) -> list[Regimen]:
    """Return the claims that state a dose, in their order, each regimen of one disease, role and study once.

    Of equals one whose role is known is taken, then one that no other supersedes, then the first.
    """
    found = [Regimen(claim, data, claim.marks) for claim in claims if isinstance(data := claim.claim.data, Dose)]
    best: dict[tuple[object, ...], Regimen] = {}
    for regimen in sorted(found, key=lambda regimen: (regimen.dose.role is None, bool(regimen.claim.superseded_by))):
        source, dose = regimen.cite.source, regimen.dose
        same = (regimen.topic, source.reference.study or source.pmid, _key(dose), str(dose.every))
        if dose.role or (*same, None) not in best:
            best.setdefault((*same, dose.role), regimen)
            best.setdefault((*same, None), regimen)
    kept = {regimen.claim.id for regimen in best.values()}
    return [regimen for regimen in found if regimen.claim.id in kept]


def shown_regimens(record: RecordFacts) -> list[Regimen]:
    """Return the regimens that a record shows grams of: of a disease those that its answers rest on.

    Other records show those that they state. None is of a comparator, or of a harm that an answer tells of.
    """
    if not record.is_treated:
        return regimens_of(record.claims)
    support = {
        each.claim.id: each
        for answer in answers_of(record)
        for each in answer.support
        if each.claim.claim.subject != "comparator" and not each.claim.entry.is_of_harm
    }
    found = regimens_of(each.claim for each in support.values())
    return [replace(regimen, marks=support[regimen.claim.id].marks) for regimen in found]


@once
def doses_by_topic(guideline: Guideline) -> Mapping[str, TopicDoses]:
    """Return every regimen that is given as treatment by the id of its disease or topic, in the order of their names.

    Those of harms are none. Within a disease they stand in the vocabulary's order of roles, unknown last.
    """
    records = records_of(guideline)
    roles = [*guideline.vocabulary.sections["dose-roles"], None]
    found: dict[str, list[Regimen]] = {}
    for regimen in regimens_of(claims_of(guideline).values()):
        if not regimen.claim.entry.is_of_harm:
            found.setdefault(regimen.topic, []).append(regimen)
    named = sorted(found, key=lambda id_: records[id_].record.name.casefold())
    return {
        id_: TopicDoses(
            records[id_],
            _told(records[id_]),
            sorted(found[id_], key=lambda regimen: roles.index(regimen.dose.role)),
        )
        for id_ in named
    }


def any_by_weight(guideline: Guideline) -> bool:
    """Return whether grams can be computed from a weight for any regimen: else no page speaks of weights."""
    return any(topic.by_weight for topic in doses_by_topic(guideline).values())


def _told(record: RecordFacts) -> list[AnswerFacts]:
    """Return the answers that stand with the doses of a record, first those whose sources lean against it."""
    doses, asked = record.guideline.profile.doses, questions_of(record)
    names = filter(None, (doses.question, *doses.beside))
    told = [answer for name in names if name in asked and (answer := asked[name].answer)]
    return sorted(told, key=lambda facts: facts.answer.direction != "against")


@once
def without_doses(guideline: Guideline) -> Sequence[RecordFacts]:
    """Return the diseases that the page of doses has no regimen of, in the order of their names."""
    known = doses_by_topic(guideline)
    found = [facts for id_, facts in records_of(guideline).items() if facts.is_treated and id_ not in known]
    return sorted(found, key=lambda facts: facts.record.name.casefold())


def weight_tables(regimens: Sequence[Regimen], guideline: Guideline) -> list[WeightTable]:
    """Return one table for each amount and number of days, with the regimens that share it.

    Roles that the profile keeps apart have tables of their own. If one regimen is for light patients, all tables have
    their weights.
    """
    groups: dict[tuple[str, ...], list[tuple[Regimen, WeightDose]]] = {}
    for regimen in regimens:
        if regimen.by_weight:
            interval = str(regimen.dose.every) if regimen.by_weight.is_daily else ""
            group = groups.setdefault((*_key(regimen.dose), interval, regimen.apart), [])
            group.append((regimen, regimen.by_weight))
    light = guideline.profile.doses.light
    named = light and any(light.population in regimen.claim.claim.population for regimen in regimens)
    weights = (*(light.weights if light and named else ()), *WEIGHTS)
    return [_table(group, weights, guideline) for group in groups.values()]


def weights_of(tables: Sequence[WeightTable]) -> list[int]:
    """Return the weights of tables of one record, which are the same in each."""
    return [weight for weight, _ in tables[0].rows] if tables else []


def _key(dose: Dose) -> tuple[str, ...]:
    """Return what two regimens that give the same grams share."""
    numbers = "-".join(_plain(number) for number in dose.amount.numbers)
    return (dose.amount.bound + numbers, dose.unit, dose.per, str(dose.days), str(dose.hours))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _table(group: list[tuple[Regimen, WeightDose]], weights: Sequence[int], guideline: Guideline) -> WeightTable:
    _, by_weight = group[0]
    dose = by_weight.dose
    per, speech, own = guideline.term("dose-periods", dose.per).name, guideline.about.speech, guideline.about.own
    columns: dict[str, Callable[[int], Grams | None]] = {f"g {per}": by_weight.at_once}
    if by_weight.is_daily:
        interval = dose_words(dose, guideline).interval
        columns[", ".join(filter(None, (own.say("g in all"), interval)))] = by_weight.by_cycle
    else:
        columns[own.say("g each day")] = by_weight.by_day
    computed = {head: [compute(weight) for weight in weights] for head, compute in columns.items()}
    kept = {_head(head, cells, own): cells for head, found in computed.items() if (cells := [*filter(None, found)])}
    rows = [
        (weight, tuple(speech.decimals(str(cell)) for cell in cells))
        for weight, *cells in zip(weights, *kept.values(), strict=True)
    ]
    regimens = [regimen for regimen, _ in group]
    time = describe_time(dose, own)
    unstated = "" if time else describe_unstated_days(dose, guideline)
    name = f"{_key(dose)[0]} {dose.unit} {per}{time}{', ' if unstated else ''}{unstated}"
    return WeightTable(name, regimens, tuple(kept), rows)


def _head(head: str, cells: Iterable[Grams], own: Speech) -> str:
    return own.say("{what}, rounded", what=head) if any(grams.is_rounded for grams in cells) else head
