"""What the claims of a record together say to a question that its readers bring: an answer, or that it is not known."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from generator.fields import ClaimId, Label, Slug, SourceName
from generator.limits import FIRST_SENTENCE, STEP
from generator.refusing import Model

Indirect = Literal["disease", "dose", "population", "comparator", "class"]


Direction = Literal["for", "against", "either-way", "unclear"]


class Support(Model):
    """A claim that an answer rests on: its id, or a mapping that also says in what the claim is indirect."""

    claim: ClaimId
    indirect: Annotated[
        Indirect | None, Field(description="What the claim is about instead: needed if it stands on another record.")
    ] = None


def _as_mapping(value: Any) -> Any:
    return {"claim": value} if isinstance(value, str) else value


IdOrSupport = Annotated[Support, BeforeValidator(_as_mapping, json_schema_input_type=ClaimId | Support)]
"""A bare id is read as a claim that is direct."""


class Step(Model):
    """A thing to do, as a line of a tick list: a verb, and what follows it."""

    do: Annotated[Literal["check", "give", "avoid", "watch", "stop"], Field(description="The verb it begins with.")]
    text: Annotated[
        str,
        Field(min_length=1, description=f"What follows the verb: one line of at most {STEP} characters, no full stop."),
    ]
    rests_on: Annotated[tuple[IdOrSupport, ...], Field(min_length=1, description="The claims that say it.")]

    @property
    def line(self) -> str:
        """The verb and what follows it."""
        return f"{self.do.capitalize()} {self.text}"


class Answer(Model):
    """What the claims that it rests on together say to a question, in one sentence or two."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            description=f"One or two sentences of plain text, the first of at most {FIRST_SENTENCE} characters.",
        ),
    ]
    direction: Annotated[
        Direction | None,
        Field(description="Where the sources lean; needed for a question of place or effect."),
    ] = None
    rests_on: Annotated[
        tuple[IdOrSupport, ...],
        Field(description="The claims that together say it; none are needed beside those of its steps."),
    ] = ()
    steps: Annotated[tuple[Step, ...], Field(description="What is to be done, in order: a tick list.")] = ()
    otherwise: Annotated[tuple[ClaimId, ...], Field(description="Claims that say otherwise: shown beside it.")] = ()

    @property
    def support(self) -> tuple[Support, ...]:
        """The claims that it and its steps rest on, each once."""
        known: dict[str, Support] = {}
        for each in (*self.rests_on, *(support for step in self.steps for support in step.rests_on)):
            known.setdefault(each.claim, each)
        return tuple(known.values())

    def told(self) -> Iterator[tuple[tuple[str | int, ...], str, tuple[Support, ...]]]:
        """Yield where each of its texts stands in it, the text, and the claims that carry it."""
        yield ("text",), self.text, self.support
        for index, step in enumerate(self.steps):
            yield ("steps", index, "text"), step.line, step.rests_on


class NotKnown(Model):
    """Questions that nothing cited here answers, and why."""

    questions: Annotated[tuple[Slug, ...], Field(min_length=1)]
    because: Annotated[Label, Field(description="What was looked for and not found, in one line.")]
    awaits: Annotated[
        tuple[SourceName, ...], Field(description="Pending sources that may answer, by their names in `pending.yaml`.")
    ] = ()
    beside: Annotated[
        tuple[ClaimId, ...],
        Field(description="Claims of a kind that could answer and that say something else: shown beside it."),
    ] = ()
