"""The profile of a guideline: what the readers of each kind of record ask, and what every reader must be told."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.calculator import DosesPage
from generator.fields import AnswerId, Label, Query, RecordId, Slug
from generator.refusing import Model
from generator.vocabulary import InVocabulary


class Kind(Model):
    """A kind of record: how it is called, what it counts as, and which claims its readers come for."""

    name: Annotated[Slug, Field(description="One of them: `new NAME` begins one, and its groups are `NAME-groups`.")]
    title: Annotated[Label, Field(description="All of them, as a heading.")]
    badge: Annotated[Label, Field(description="What a hit of the search on one is called.")]
    counts_as: Annotated[
        Literal["treated", "harm", "topic", "background"],
        Field(
            description="What is treated, a harm of the treatment, a topic of its use, or background: the pathway, "
            "doses and the map of evidence are about what is treated; whatever changes in a harm is safety."
        ),
    ]
    leading: Annotated[
        tuple[Annotated[Slug, InVocabulary("claim-kinds")], ...],
        Field(description="The kinds of claims that stand first on its pages, before the vocabulary's order."),
    ] = ()


class Topic(Model):
    """What the guideline is about, in the words in which pages speak of it."""

    name: Annotated[Label, Field(description="What is given or done, as it stands in a sentence.")]
    slug: Annotated[
        Slug, Field(description="The name of files, and what identifiers in data are made of: it never changes.")
    ]
    question: Annotated[Label, Field(description="What the pathway answers.")]


class Stops(Model):
    """A checklist of the pathway of which the items that end the way are told with each answer to a question."""

    at: Annotated[Slug, Field(description="The node of the checklist.")]
    says: Annotated[Label, Field(description="What is said before the items.")]


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
    words: Annotated[
        tuple[Label, ...], Field(description="Other words in which readers type the question into the search.")
    ] = ()
    common: (
        Annotated[
            AnswerId,
            Field(description="The answer told of a record that neither has one nor lists the question as not known."),
        ]
        | None
    ) = None
    stops: Annotated[Stops, Field(description="What the pathway stops at: told with each answer.")] | None = None
    see: Annotated[
        Mapping[Slug, Label],
        Field(
            default_factory=dict,
            description="Questions that a reader is sent on to where this one is not known, with what they find there.",
        ),
    ]

    @property
    def needs_direction(self) -> bool:
        """Whether an answer says where the sources lean."""
        return self.basis in ("place", "effect")

    @property
    def is_weighed(self) -> bool:
        """Whether what an answer rests on is computed: in steps for effect, and the kinds of studies for frequency."""
        return self.basis in ("effect", "frequency")


class Sheets(Model):
    """What a ward sheet may not leave out: one side of paper has no room for everything."""

    harms_tell: Annotated[
        tuple[Slug, ...], Field(description="The questions of harms told of each harm that goes with all.")
    ]
    beside: Annotated[
        tuple[RecordId, ...], Field(description="Records whose sheets go with that of each disease, in this order.")
    ] = ()
    keep: Annotated[
        Mapping[Slug, tuple[Slug, ...]],
        Field(
            description="For each kind of record that has a sheet the questions that it always tells. Others are told "
            "as long as there is room, those of `matrix` first; what is left out is named."
        ),
    ]


class PathwayProfile(Model):
    """How long a way through the pathway may be, and what the card at its end shows of the disease."""

    most_taps: Annotated[
        int, Field(ge=1, description="Choices from the disease to an end of a patient in whom no checklist is ticked.")
    ]
    card: Annotated[tuple[Slug, ...], Field(description="The questions of diseases whose answers the card shows.")]
    card_if_told: Annotated[
        tuple[Slug, ...],
        Field(description="Those of them that it shows only after a step of the way has told them."),
    ] = ()
    card_harms: Annotated[
        tuple[Slug, ...],
        Field(description="The questions of harms whose answers it shows for the harms of every disease."),
    ] = ()


class SearchWords(Model):
    """Words that readers type into the search and that no page says: names alone, nothing that tells of medicine."""

    names: Annotated[
        Mapping[RecordId, tuple[Label, ...]],
        Field(description="Of a record: lay words, brands, other languages. Synonyms of its page are known already."),
    ] = {}
    pages: Annotated[
        Mapping[Slug, tuple[Label, ...]], Field(description="Of the pages that show what many records say.")
    ] = {}
    same: Annotated[
        tuple[tuple[Label, ...], ...], Field(description="Single words that mean the same wherever they are typed.")
    ] = ()


class Watch(Model):
    """The search of PubMed that is run every week for new papers."""

    query: Annotated[Query, Field(description="As PubMed takes it; the days are added.")]


class Profile(Model):
    """The kinds of records, what their readers ask, harms of every disease, the pathway, two fixed sentences."""

    topic: Topic
    kinds: Annotated[
        Mapping[Slug, Kind],
        Field(min_length=1, description="The kinds of records by their folders, in the order of the site."),
    ]
    answers_required: Annotated[
        bool, Field(description="Whether a record without any answers is reported; false while they are being written.")
    ]
    emergency: Annotated[Label, Field(description="What every emergency says first, during treatment or after it.")]
    contraindication: Annotated[Label, Field(description="What every contraindication says first, before treatment.")]
    class_harms: Annotated[
        tuple[RecordId, ...], Field(description="Harms that every page of a disease tells of, in this order.")
    ]
    class_harms_title: Annotated[Label, Field(description="What these harms are called, above them.")]
    class_harms_tell: Annotated[
        tuple[Slug, ...], Field(description="The questions of harms whose answers are told with them.")
    ]
    matrix: Annotated[
        Mapping[Slug, tuple[Slug, ...]],
        Field(description="For a kind of record the questions that are the columns of the list of its records."),
    ]
    pathway: PathwayProfile
    doses: Annotated[DosesPage, Field(default_factory=DosesPage, description="What the page of doses adds.")]
    sheets: Annotated[Sheets, Field(description="What stands on the ward sheets.")]
    search: Annotated[SearchWords, Field(default_factory=SearchWords, description="What readers type to find a page.")]
    watch: Annotated[Watch | None, Field(description="Where new papers are looked for; null if nowhere.")] = None
    questions: Annotated[
        Mapping[Slug, Mapping[Slug, RecordQuestion]],
        Field(description="For each kind of record its questions by id, in the one order of all pages and sheets."),
    ]

    def questions_of(self, kind: str) -> Mapping[str, RecordQuestion]:
        """Return the questions of a kind of record by their ids; none of a kind that is unknown."""
        return self.questions.get(kind, {})

    def in_order(self, kind: str, names: Iterable[str]) -> list[str]:
        """Return those of some questions that a kind of record has, in the one order in which all are shown."""
        asked = set(names)
        return [name for name in self.questions_of(kind) if name in asked]

    @property
    def treated(self) -> str:
        """The kind of what is treated; empty where there is none, which is reported."""
        return next(iter(self.counting_as("treated")), "")

    @property
    def harm(self) -> str:
        """The kind of the harms; empty where there is none."""
        return next(iter(self.counting_as("harm")), "")

    def counting_as(self, what: str) -> list[str]:
        """Return the kinds that count as something."""
        return [id_ for id_, kind in self.kinds.items() if kind.counts_as == what]


def kind_of(id_: str) -> str:
    """Return the kind of a record by its id, or by that of a claim or an answer of it."""
    return id_.partition("/")[0]
