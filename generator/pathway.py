"""The decision pathway: one graph of questions, checklists, actions and outcomes, frozen."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.fields import AnswerId, ClaimId, Label, RecordId, Slug, SourceName
from generator.refusing import Model

_Text = Annotated[Label, Field(description="What a reader sees.")]
_Next = Field(description="The node that follows.")
Because = Annotated[tuple[ClaimId, ...], Field(description="Claims that carry it where no answer says it.")]
Says = Annotated[
    tuple[AnswerId, ...],
    Field(description="Answers that are shown as they stand, such as `folder/name#answer--question`."),
]


class Stage(Model):
    """A part of the pathway that is drawn on its own."""

    name: _Text


class Node(Model):
    """What the nodes of the pathway share. A node has no words of its own beside its label."""

    stage: Annotated[Slug, Field(description="The stage that it is drawn in.")]
    label: _Text
    indications: Annotated[tuple[RecordId, ...], Field(description="The diseases that the branch is about.")] = ()
    says: Says = ()
    because: Because = ()
    tells: Annotated[
        tuple[Slug, ...],
        Field(description="Questions whose answers for the disease of the way are shown: of the last node about one."),
    ] = ()
    no_evidence: Annotated[bool, Field(description="Set where no evidence is cited and a specialist decides.")] = False
    awaits: Annotated[
        tuple[SourceName, ...], Field(description="Papers that are awaited here, by their names in `pending.yaml`.")
    ] = ()


class Question(Node):
    """A question with two or more answers, each leading to a node."""

    kind: Literal["question"]
    answers: Annotated[Mapping[Label, Slug], Field(description="Each answer, with the node that it leads to.")]


class Item(Model):
    """A line of a checklist: it is done, or, if it leads somewhere, it is true of the patient or not."""

    label: _Text
    says: Says = ()
    because: Because = ()
    leads: Annotated[Slug | None, Field(description="The node that it leads to when it is ticked.")] = None
    expected_in: Annotated[
        Mapping[RecordId, ClaimId],
        Field(
            default_factory=dict,
            description="Diseases on whose ways it is ticked until it is taken off, each with a claim that says why.",
        ),
    ]
    unless: Annotated[
        tuple[Label, ...],
        Field(
            description="Lines of the checklist before: it is ticked where one of them was not, until it is taken off."
        ),
    ] = ()
    after: Annotated[
        tuple[Slug, ...], Field(description="Steps: it is ticked on a way that came by one, until it is taken off.")
    ] = ()


class Checklist(Node):
    """Things to tick. The first ticked item that leads somewhere leads there; else the next node follows."""

    kind: Literal["checklist"]
    items: Annotated[tuple[Item, ...], Field(min_length=1, description="What is to be ticked.")]
    next: Annotated[Slug, _Next]


class Unknown(Model):
    """The only way that is open where the disease of the way does not know an answer that a step tells."""

    question: Annotated[Slug, Field(description="One of the questions that the step `tells`.")]
    answer: _Text
    leads: Annotated[Slug, Field(description="The node that it leads to.")]


class Action(Node):
    """Something that sources advise, place or find; one node follows, or a return to an earlier one."""

    kind: Literal["action"]
    unknown: Annotated[
        Unknown | None,
        Field(description="Where the answer to a question that it tells is not known: the only way on."),
    ] = None
    next: Annotated[Slug | None, _Next] = None
    return_to: Annotated[
        Slug | None, Field(description="A node to come back to: the only edge that may close a loop.")
    ] = None


class Outcome(Node):
    """Where a path ends, if it may with a way back for whoever goes on."""

    kind: Literal["outcome"]
    return_to: Annotated[
        Slug | None, Field(description="The node that comes first for whoever goes on: a way beside the end.")
    ] = None
    return_when: Annotated[
        Label | None, Field(description="When to go back, such as once somebody has agreed: what that way says.")
    ] = None
    urgent: Annotated[
        Literal["emergency", "contraindication"] | None,
        Field(description="The way ends here at once, with the sentence of this name in the profile."),
    ] = None


PathwayNode = Annotated[Question | Checklist | Action | Outcome, Field(discriminator="kind")]


class Pathway(Model):
    """The decision pathway: one graph."""

    start: Annotated[Slug, Field(description="The node that comes first.")]
    stages: Annotated[Mapping[Slug, Stage], Field(description="Its stages, in the order in which they are drawn.")]
    nodes: Annotated[Mapping[Slug, PathwayNode], Field(description="Its nodes: `kind` says which of the four each is.")]


def parts_that_say(node: PathwayNode) -> Iterator[tuple[tuple[str | int, ...], Node | Item]]:
    """Yield what of a node may rest on answers and claims, and where it is in the node: the node, then its items."""
    yield (), node
    for index, item in enumerate(node.items if isinstance(node, Checklist) else ()):
        yield ("items", index), item


def checklists_before(pathway: Pathway, name: str) -> list[Checklist]:
    """Return the checklists that lead to a node, by an item or when they are done."""
    lists = [node for node in pathway.nodes.values() if isinstance(node, Checklist)]
    return [each for each in lists if name in (each.next, *(item.leads for item in each.items))]


def claims_named(part: Node | Item) -> tuple[str, ...]:
    """Return the claims that a node or an item names: what it rests on, and what says where an item is expected."""
    return (*part.because, *(part.expected_in.values() if isinstance(part, Item) else ()))


def is_urgent(node: Node) -> bool:
    """Return whether a way ends at a node because of an emergency or a contraindication."""
    return isinstance(node, Outcome) and node.urgent is not None
