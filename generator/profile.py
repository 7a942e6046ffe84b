"""The profile of a guideline: what the readers of each kind of record ask, and what every reader must be told."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.fields import KINDS, InVocabulary, Label, Matching, Model, RecordId, Slug

KindOfRecord = Annotated[
    str, Matching("|".join(KINDS), "id-form", "a kind of record", f"The kinds are {', '.join(KINDS)}.")
]


class RecordQuestion(Model):
    """A question that the readers of a kind of record bring, the claim kinds that answer it, and its badge."""

    name: Label
    asks: Annotated[Label, Field(description="The question in one line.")]
    kinds: Annotated[
        tuple[Annotated[Slug, InVocabulary("claim-kinds")], ...],
        Field(min_length=1, description="The kinds of claims that answer it."),
    ]
    basis: Annotated[
        Literal["place", "effect", "frequency", "none"], Field(description="Which badge is computed of its claims.")
    ]

    @property
    def is_weighed(self) -> bool:
        """Whether what an answer rests on is computed in steps; a list then shows the step, and of others the words."""
        return self.basis in ("effect", "frequency")


class PathwayProfile(Model):
    """How long a way through the pathway may be, and what the card at its end shows of the disease."""

    most_taps: Annotated[
        int, Field(ge=1, description="Choices from the disease to an end of a patient in whom no checklist is ticked.")
    ]
    card: Annotated[
        tuple[Slug, ...], Field(description="The questions of indications whose answers the card shows, in this order.")
    ]
    card_if_told: Annotated[
        tuple[Slug, ...],
        Field(description="Those of them that it shows only after a step of the way has told them."),
    ] = ()


class Profile(Model):
    """Questions of each kind of record in order, harms of every indication, what holds of the pathway, one sentence."""

    answers_required: Annotated[
        bool, Field(description="Whether a record without any answers is reported; false while they are being written.")
    ]
    emergency: Annotated[Label, Field(description="What is said where nothing may be said but to get help.")]
    class_harms: Annotated[
        tuple[RecordId, ...], Field(description="Harms that every page of an indication tells of, in this order.")
    ]
    class_harms_title: Annotated[Label, Field(description="What these harms are called, above them.")]
    class_harms_tell: Annotated[
        tuple[Slug, ...], Field(description="The questions of adverse events whose answers are told with them.")
    ]
    matrix: Annotated[
        Mapping[KindOfRecord, tuple[Slug, ...]],
        Field(description="For a kind of record the questions that are the columns of the list of its records."),
    ]
    pathway: PathwayProfile
    questions: Annotated[
        Mapping[KindOfRecord, Mapping[Slug, RecordQuestion]],
        Field(description="For each kind of record its questions by id, in the order in which they are shown."),
    ]

    def questions_of(self, kind: str) -> Mapping[str, RecordQuestion]:
        """Return the questions of a kind of record by their ids; none where the profile could not be read."""
        return self.questions.get(kind, {})


NO_PROFILE = Profile(
    answers_required=False,
    emergency="-",
    class_harms=(),
    class_harms_title="-",
    class_harms_tell=(),
    matrix={},
    pathway=PathwayProfile(most_taps=1, card=()),
    questions={},
)
"""Stands in for a profile that could not be read, which is reported."""
