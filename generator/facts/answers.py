"""What a reader must know of an answer: its words, what it rests on, what says otherwise, and what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator import links
from generator.answers import Answer, NotKnown, Step
from generator.evidence.basis import Basis, basis_of
from generator.evidence.strength import counts
from generator.facts.absolute import PerHundred, all_per_hundred
from generator.facts.backed import Backed, SupportFacts, support_of
from generator.facts.claims import ClaimFacts, claims_of
from generator.facts.marks import mark_of
from generator.facts.records import RecordFacts, records_of
from generator.guideline import Guideline, once
from generator.meaning.tokens import sentences
from generator.notions import RECOMMENDS
from generator.pathway import Checklist, Outcome
from generator.profile import RecordQuestion
from generator.sources import PendingSource
from generator.speech import Speech, to_say
from generator.words import first_of

DIRECTIONS: Mapping[str, str] = {
    "for": to_say("in favour"),
    "against": to_say("against"),
    "either-way": to_say("divided"),
    "unclear": to_say("undecided"),
}
"""Where the sources lean, with the words shown after those that say whose direction it is."""

DO_WORDS: Mapping[str, str] = {
    "check": to_say("Check"),
    "give": to_say("Give"),
    "avoid": to_say("Avoid"),
    "watch": to_say("Watch"),
    "stop": to_say("Stop"),
}
"""The verb that a line of a tick list begins with: in the language of the content, as what follows is."""

_ADVICE: Mapping[str, str] = {
    "for": to_say("recommended by {source}"),
    "against": to_say("advised against by {source}"),
}
_WEIGHED = to_say("weighed by {source}")
_CONSIDERED = to_say("considered by {source}")
_MOST_AWAITED = 3
_NO_GUIDELINE = to_say("no guideline is cited for this")


@dataclass(frozen=True)
class StepFacts(Backed):
    """A line of a tick list."""

    step: Step
    guideline: Guideline = field(repr=False)

    @property
    def verb(self) -> str:
        """The verb that it begins with, in the language of the content."""
        return self.guideline.about.own.say(DO_WORDS[self.step.do])

    @cached_property
    def support(self) -> Sequence[SupportFacts]:
        """The claims that it rests on."""
        return support_of(self.step.rests_on, self.step.line, self.guideline)


@dataclass(frozen=True)
class AnswerFacts(Backed):
    """An answer with all that a reader must know of it."""

    record: RecordFacts
    name: str
    answer: Answer
    question: RecordQuestion

    @property
    def id(self) -> str:
        """The full id, such as `folder/name#answer--question`."""
        return f"{self.record.id}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its record."""
        return links.answer_anchor(self.name)

    @property
    def speech(self) -> Speech:
        """The words of the interface."""
        return self.record.guideline.about.speech

    @property
    def first(self) -> str:
        """Its first sentence."""
        return next(sentences(self.answer.text), "")

    @property
    def whose(self) -> str:
        """Whose direction it is. No noun first: it would be read with the number of a source before it as a count."""
        return self.speech.say("the sources are") if self.leans else ""

    @property
    def leans(self) -> str:
        """Where the sources lean, in a word or two; empty where that is not asked."""
        return self.speech.say(DIRECTIONS[self.answer.direction]) if self.answer.direction else ""

    @property
    def direction(self) -> str:
        """Where the sources lean, in words; empty where that is not asked."""
        return f"{self.whose} {self.leans}" if self.leans else ""

    @cached_property
    def support(self) -> Sequence[SupportFacts]:
        """The claims that it and its steps rest on."""
        return support_of(
            self.answer.support, " ".join(text for _, text, _ in self.answer.told()), self.record.guideline
        )

    @cached_property
    def steps(self) -> Sequence[StepFacts]:
        """The lines of its tick list."""
        return [StepFacts(step, self.record.guideline) for step in self.answer.steps]

    @property
    def dispute(self) -> str:
        """That claims say otherwise, and how many; or that those it rests on disagree among themselves; else empty."""
        if self.otherwise:
            return self.speech.plural(len(self.otherwise), "{n} claim disputes it", "{n} dispute it")
        disputed = mark_of("disputed", self.speech)
        return self.speech.say("these sources disagree") if disputed in super().remarks else ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """The marks of its claims, each once, and in the place of what is disputed of each what is of the answer."""
        found = (words for words in super().remarks if words != mark_of("disputed", self.speech))
        return (*((self.dispute,) if self.dispute else ()), *found)

    @property
    def weighty(self) -> tuple[str, ...]:
        """The marks that a list may not fold: states of its sources, that it is disputed, wherein it is indirect."""
        states = (state for _, states in self.sources for state in states)
        indirect = (each.indirect for each in self.support if each.indirect)
        return tuple(dict.fromkeys([*states, *filter(None, [self.dispute]), *indirect]))

    @property
    def otherwise(self) -> Sequence[ClaimFacts]:
        """The claims that say otherwise."""
        known = claims_of(self.record.guideline)
        return [known[id_] for id_ in self.answer.otherwise if id_ in known]

    @cached_property
    def basis(self) -> Basis | None:
        """What it rests on: in steps for effect, without for frequency; None for a question that asks for neither."""
        if not self.question.is_weighed:
            return None
        direct = (each.claim.entry for each in self.support if not each.indirect)
        return basis_of(direct, in_steps=self.question.basis == "effect")

    @cached_property
    def per_hundred(self) -> Sequence[PerHundred]:
        """What trials counted of 100 on each side, for a question of effect or frequency: from direct claims alone."""
        if not self.question.is_weighed:
            return []
        return all_per_hundred([each.claim for each in self.support if not each.indirect])

    @property
    def awaited(self) -> str:
        """The papers that cannot be cited yet, in one line: those of the record for a question of effect."""
        labels = [source.label for source in self.record.pending] if self.question.basis == "effect" else []
        return first_of(labels, _MOST_AWAITED, self.speech)

    @property
    def stop_items(self) -> list[str]:
        """What the pathway stops at besides, where the question asks for it: the items that lead to an end."""
        pathway, stops = self.record.guideline.pathway, self.question.stops
        node = pathway.nodes.get(stops.at) if stops else None
        if not isinstance(node, Checklist):
            return []
        return [item.label for item in node.items if isinstance(pathway.nodes.get(item.leads or ""), Outcome)]

    @property
    def stops(self) -> str:
        """The same in one line, after the words that lead to it; empty where the question does not ask for it."""
        items = "; ".join(self.stop_items)
        return f"{self.question.stops.says} {items}." if self.question.stops and items else ""

    @property
    def basis_name(self) -> str:
        """What it rests on: the name of the step, or whose advice it is; empty where the question asks for none."""
        if self.basis:
            return self.basis.name(self.speech)
        return self._advice() if self.question.basis == "place" else ""

    @property
    def basis_why(self) -> str:
        """What the step was computed from; empty where there is none or nothing counts."""
        return self.basis.why(self.speech) if self.basis else ""

    @property
    def basis_words(self) -> str:
        """What it rests on, with what that was computed from."""
        return f"{self.basis_name} ({why})" if (why := self.basis_why) else self.basis_name

    def _advice(self) -> str:
        """Return whose advice a place in therapy is: the newest guideline a direct claim cites, or that none is."""
        guideline = self.record.guideline
        found = [
            (each.claim, cite.source)
            for each in self.support
            for cite in each.claim.citations
            if not each.indirect
            and counts(cite.citation, guideline)
            and guideline.means("designs", cite.source.reference.design, RECOMMENDS)
        ]
        if not found:
            return self.speech.say(_NO_GUIDELINE)
        claim, newest = max(found, key=lambda one: one[1].reference.year or 0)
        advises = _ADVICE.get(self.answer.direction or "", _WEIGHED)
        words = _CONSIDERED if advises == _ADVICE["for"] and claim.hedged else advises
        return self.speech.say(words, source=newest.marked_name)


@dataclass(frozen=True)
class NotKnownFacts:
    """That questions are not known, why, which sources may answer them, and which claims say something near it."""

    record: RecordFacts
    not_known: NotKnown

    @property
    def questions(self) -> Sequence[tuple[str, RecordQuestion]]:
        """The questions, each with where it stands on the page, in the order of the profile."""
        asked = self.record.guideline.profile.questions_of(self.record.kind)
        names = self.not_known.questions
        return [(links.answer_anchor(name), asked[name]) for name in asked if name in names]

    @property
    def name(self) -> str:
        """The names of the questions in one line."""
        return ", ".join(question.name for _, question in self.questions)

    @property
    def awaits(self) -> Sequence[PendingSource]:
        """The pending sources that may answer it."""
        pending = self.record.guideline.pending
        return [pending[name] for name in self.not_known.awaits if name in pending]

    @property
    def see(self) -> Sequence[tuple[str, str]]:
        """Where a reader is sent on to, among the answers of the record: anchor and what is found there."""
        asked = self.record.guideline.profile.questions_of(self.record.kind)
        sent = {
            name: says for each in self.not_known.questions if each in asked for name, says in asked[each].see.items()
        }
        return [(links.answer_anchor(name), says) for name, says in sent.items() if name in self.record.record.answers]

    @property
    def beside(self) -> Sequence[ClaimFacts]:
        """The claims of a kind that could answer it and that say something else."""
        known = claims_of(self.record.guideline)
        return [known[id_] for id_ in self.not_known.beside if id_ in known]


@dataclass(frozen=True)
class QuestionFacts:
    """A question of a record: with its answer, or with why it is not known, or with neither yet."""

    record: RecordFacts = field(repr=False)
    name: str
    question: RecordQuestion
    answer: AnswerFacts | None
    not_known: NotKnownFacts | None

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its record."""
        return links.answer_anchor(self.name)

    @property
    def id(self) -> str:
        """The full id."""
        return f"{self.record.id}#{self.anchor}"

    @property
    def names(self) -> Sequence[tuple[str, str]]:
        """Anchor and name of each question that it tells of: its own first, then those not known together with it."""
        together = self.not_known.questions if self.not_known else ()
        others = [(anchor, question.name) for anchor, question in together if anchor != self.anchor]
        return [(self.anchor, self.question.name), *others]

    @property
    def told_with(self) -> tuple[str, ...]:
        """The names of the questions that stand in one row with it, its own among them."""
        return self.not_known.not_known.questions if self.not_known else (self.name,)

    @property
    def is_told_before(self) -> bool:
        """Whether it is not known together with questions before it, and stands in one row with them."""
        return self.not_known is not None and self.not_known.questions[0][0] != self.anchor


@once
def questions_by_record(guideline: Guideline) -> Mapping[str, Mapping[str, QuestionFacts]]:
    """Return, for each record, the questions of its kind by name; none for a record that answers none yet."""
    return {id_: _questions(facts) for id_, facts in records_of(guideline).items()}


def questions_of(record: RecordFacts) -> Mapping[str, QuestionFacts]:
    """Return the questions of a record by name; none if it answers none yet."""
    return questions_by_record(record.guideline).get(record.id, {})


def answers_of(record: RecordFacts) -> Sequence[AnswerFacts]:
    """Return the answers of a record, in the order of the questions."""
    return [each.answer for each in questions_of(record).values() if each.answer]


def _questions(facts: RecordFacts) -> Mapping[str, QuestionFacts]:
    record = facts.record
    if not (record.answers or record.not_known):
        return {}
    unknown = {id(each): NotKnownFacts(facts, each) for each in record.not_known}
    found = {}
    for name, question in facts.guideline.profile.questions_of(facts.kind).items():
        said = facts.guideline.answers.get(f"{facts.id}#{links.answer_anchor(name)}")
        answer = AnswerFacts(facts, name, said, question) if isinstance(said, Answer) else None
        found[name] = QuestionFacts(facts, name, question, answer, unknown.get(id(said)))
    return found


@dataclass(frozen=True)
class ClassHarm:
    """A harm that goes with every disease, and the answers of its record that are told with it."""

    record: RecordFacts
    answers: Sequence[AnswerFacts]


@once
def class_harms(guideline: Guideline) -> Sequence[ClassHarm]:
    """Return the harms of the profile, in its order."""
    profile, records = guideline.profile, records_of(guideline)
    found = []
    for id_ in profile.class_harms:
        if id_ in records:
            told = [answer for answer in answers_of(records[id_]) if answer.name in profile.class_harms_tell]
            found.append(ClassHarm(records[id_], told))
    return found
