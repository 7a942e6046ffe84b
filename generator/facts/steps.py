"""The pathway with what it says: its steps. Stepper, key, decision table and handbook share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from generator.facts.answers import QuestionFacts, class_harms, questions_of
from generator.facts.claims import ClaimFacts, claims_of
from generator.facts.records import RecordFacts, records_of
from generator.facts.walk import Part, Walk, walk
from generator.fields import ANSWER
from generator.graph import Edge, diseases_at
from generator.guideline import Guideline, once
from generator.pathway import Checklist, Item, Node, Outcome, checklists_before, is_urgent, parts_that_say
from generator.sources import PendingSource
from generator.speech import Speech, to_say

_ALARMS = {
    "emergency": to_say("Stop: an emergency."),
    "contraindication": to_say("Stop: a contraindication."),
}


@dataclass(frozen=True)
class Way:
    """A way that leads from a step: what is answered, when to go back, or `Go on to` or `Back to`; where it leads.

    `is_answer` says whether something is answered; `unknown` is the question that is not known of the diseases `of`
    which alone take the way, in reading order; empty for a way that is open to all, or to the `others` alone.
    """

    answer: str
    is_answer: bool
    target: str
    number: int
    page: PurePosixPath
    speech: Speech = field(repr=False, compare=False)
    unknown: str = ""
    of: Sequence[RecordFacts] = ()
    others: bool = False

    @property
    def only(self) -> str:
        """To whom alone the way is open, in words; empty if to all."""
        return self.speech.say("the other diseases") if self.others else ", ".join(each.record.name for each in self.of)


@dataclass(frozen=True)
class Backing:
    """What a step or an item of a checklist says: answers or gaps as they are, and claims that no answer is made of."""

    said: Sequence[QuestionFacts]
    claims: Sequence[ClaimFacts]

    @property
    def told(self) -> Sequence[ClaimFacts]:
        """Every claim behind it, each once."""
        answering = [one.claim for each in self.said if each.answer for one in each.answer.support]
        return list({claim.id: claim for claim in (*answering, *self.claims)}.values())

    @property
    def mentioned(self) -> Sequence[ClaimFacts]:
        """Every claim behind it or named beside it."""
        otherwise = [claim for each in self.said if each.answer for claim in each.answer.otherwise]
        beside = [claim for each in self.said if each.not_known for claim in each.not_known.beside]
        return [*self.told, *otherwise, *beside]


@dataclass(frozen=True)
class ItemFacts(Backing):
    """A line of a checklist, and the way that it leads when it is ticked; None for what is only done.

    `expected` are the claims that say in which diseases it is expected, by the id of the disease; `unless` are the
    lines, numbered from 0, of the checklist before that are to be ticked for it not to be.
    """

    item: Item
    way: Way | None
    expected: Mapping[str, ClaimFacts]
    unless: Sequence[int]

    @property
    def told(self) -> Sequence[ClaimFacts]:
        """Every claim behind it, and those that say in which diseases it is expected, each once."""
        return list({claim.id: claim for claim in (*super().told, *self.expected.values())}.values())

    @property
    def records(self) -> Sequence[str]:
        """The records that it rests on: what the next step says of these is shown first if it is ticked."""
        return list(dict.fromkeys(id_.partition("#")[0] for id_ in (*self.item.says, *self.item.because)))


@dataclass(frozen=True)
class Step(Backing):
    """A node in the numbered key: its number, where it leads, what it says, and what is awaited.

    `diseases` are those of the ways that come to it, of which it tells the answers to `tells`. `awaited` are the
    papers, by name, that it names, or that matter to a disease of it or to the record of a claim that it rests on.
    """

    name: str
    node: Node
    number: int
    page: PurePosixPath
    ways: Sequence[Way]
    items: Sequence[ItemFacts]
    diseases: Sequence[RecordFacts]
    awaited: Mapping[str, PendingSource]
    guideline: Guideline = field(repr=False)

    @property
    def kind(self) -> str:
        """Question, checklist, action or outcome."""
        return str(getattr(self.node, "kind", ""))

    @property
    def urgent(self) -> bool:
        """Whether the way ends here because of an emergency or a contraindication."""
        return is_urgent(self.node)

    @property
    def alarm(self) -> str:
        """Why an urgent step stops the way; empty for others."""
        alarm = _ALARMS[self.node.urgent] if isinstance(self.node, Outcome) and self.node.urgent else ""
        return self.guideline.about.speech.say(alarm)

    @property
    def fixed(self) -> str:
        """The sentence of the profile for its emergency or contraindication, which it says first; empty for others."""
        profile = self.guideline.profile
        fixed = {"emergency": profile.emergency, "contraindication": profile.contraindication, None: ""}
        return fixed[self.node.urgent if isinstance(self.node, Outcome) else None]

    @property
    def stage(self) -> int:
        """The number of its stage, from 0."""
        return list(self.guideline.pathway.stages).index(self.node.stage)

    @property
    def negative(self) -> bool:
        """Whether no evidence is cited, or the sources that it says lean against."""
        return self.node.no_evidence or any(
            one.answer and one.answer.answer.direction == "against" for one in self.said
        )

    @property
    def leading(self) -> int:
        """How many of its ways are those of its items: they come first."""
        return sum(each.way is not None for each in self.items)

    @property
    def backed(self) -> Sequence[Backing]:
        """What rests on something: the step, then its items."""
        return [self, *self.items]

    @property
    def named(self) -> Mapping[str, PendingSource]:
        """The papers that it says itself are awaited."""
        return {name: source for name, source in self.awaited.items() if name in self.node.awaits}

    @property
    def heading(self) -> str:
        """Number and label."""
        return f"{self.number}. {self.node.label}"

    @property
    def about(self) -> RecordFacts | None:
        """The disease that the step is about, if it is a single one: from there on that of the way."""
        only = self.node.indications
        return records_of(self.guideline)[only[0]] if len(only) == 1 else None

    @property
    def tells(self) -> Sequence[tuple[str, str]]:
        """The questions whose answers it tells for the disease of the way: id and name."""
        profile = self.guideline.profile
        asked = profile.questions_of(profile.treated)
        return [(name, asked[name].name) for name in self.node.tells]

    @property
    def told_of_disease(self) -> Sequence[str]:
        """The questions that it answers of the disease of the way, by telling them or as what it says itself."""
        own = [one.name for one in self.said if self.about and one.record.id == self.about.id]
        return list(dict.fromkeys([*self.node.tells, *own]))

    @property
    def disputed(self) -> bool:
        """Whether two of its claims disagree."""
        ids = {claim.id for claim in self.claims}
        return any(ids & set(claim.entry.opponents) for claim in self.claims)


@dataclass(frozen=True)
class PathwayFacts:
    """The pathway with what it says."""

    walk: Walk
    steps: Mapping[str, Step]
    guideline: Guideline = field(repr=False)

    @cached_property
    def diseases(self) -> Sequence[RecordFacts]:
        """The diseases that a step tells of or a way ends with, in reading order."""
        found = {each.id: each for step in self.steps.values() for each in step.diseases}
        return list(found.values())

    @cached_property
    def questions(self) -> Sequence[str]:
        """The questions that a step, or the card at the end, tells of a disease."""
        profile = self.guideline.profile
        told = {*profile.pathway.card, *(name for step in self.steps.values() for name in step.node.tells)}
        return profile.in_order(profile.treated, told)

    @property
    def harms(self) -> Sequence[QuestionFacts]:
        """What the card tells of the harms that go with every disease."""
        profile = self.guideline.profile
        told = [questions_of(harm.record) for harm in class_harms(self.guideline)]
        names = profile.in_order(profile.harm, profile.pathway.card_harms)
        return [asked[name] for asked in told for name in names if name in asked]

    def of_disease(self, disease: RecordFacts) -> Sequence[QuestionFacts]:
        """Return what is told of a disease by any step or by the card."""
        asked = questions_of(disease)
        return [asked[name] for name in self.questions if name in asked]

    def in_part(self, part: Part) -> Sequence[Step]:
        """Return the steps of a part, in reading order."""
        return [self.steps[name] for name in part.members]

    def entry(self, record: str) -> Step | None:
        """Return where a disease's branch begins: of the steps about it the one about the fewest other diseases.

        An end without evidence is no beginning; of equals that which says what the disease's page answers, then the
        first in reading order, is taken: a danger that is asked first is no beginning of it.
        """
        about = [step for step in self.steps.values() if record in step.node.indications]
        return min(
            about,
            key=lambda step: (
                step.node.no_evidence,
                len(step.node.indications),
                not any(id_.startswith(f"{record}#") for id_ in step.node.says),
                step.number,
            ),
            default=None,
        )


@once
def pathway_of(guideline: Guideline) -> PathwayFacts:
    """Return the pathway, walked, with what it says."""
    walked = walk(guideline.pathway, guideline.about.own)
    claims, records = claims_of(guideline), records_of(guideline)
    arriving, speech = diseases_at(guideline.pathway), guideline.about.speech

    def said(part: Node | Item) -> Sequence[QuestionFacts]:
        named = (id_.split(f"#{ANSWER}") for id_ in part.says)
        return [questions_of(records[record])[name] for record, name in named]

    def step(name: str, number: int) -> Step:
        node = guideline.pathway.nodes[name]
        diseases = [records[id_] for id_ in arriving[name] if id_]
        gaps = any(edge.unknown for edge in walked.edges[name])
        ways = [
            Way(
                _answer(edge, speech),
                bool(edge.answer),
                edge.target,
                walked.numbers[edge.target],
                walked.pages[edge.target],
                speech,
                edge.unknown,
                [each for each in diseases if edge.unknown and questions_of(each)[edge.unknown].not_known],
                gaps and not edge.unknown,
            )
            for edge in walked.edges[name]
        ]
        by_label = {way.answer: way for way in ways}
        before = [each.label for source in checklists_before(guideline.pathway, name) for each in source.items]
        items = [
            ItemFacts(
                said(each),
                [claims[i] for i in each.because],
                each,
                by_label[each.label] if each.leads else None,
                {disease: claims[id_] for disease, id_ in each.expected_in.items()},
                [before.index(label) for label in each.unless],
            )
            for each in (node.items if isinstance(node, Checklist) else ())
        ]
        resting = {id_.partition("#")[0] for _, part in parts_that_say(node) for id_ in (*part.because, *part.says)}
        about = {*node.indications, *resting}
        awaited = {
            key: source
            for key, source in guideline.pending.items()
            if key in node.awaits or about & set(source.matters_to)
        }
        rests_on = [claims[id_] for id_ in node.because]
        return Step(
            said(node), rests_on, name, node, number, walked.pages[name], ways, items, diseases, awaited, guideline
        )

    return PathwayFacts(walked, {name: step(name, number) for name, number in walked.numbers.items()}, guideline)


def _answer(edge: Edge, speech: Speech) -> str:
    return edge.answer or speech.say(to_say("Back to") if edge.returns else to_say("Go on to"))
