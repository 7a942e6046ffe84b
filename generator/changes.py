"""A change of the content between two versions: what happened, where, and how much it matters to care."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated
from unicodedata import normalize

from pydantic import Field, GetPydanticSchema
from pydantic_core.core_schema import literal_schema

from generator.fields import Date, Pmid, Version
from generator.refusing import Model
from generator.speech import to_say

IMPACTS: Mapping[str, str] = {
    "dose": to_say("Dose"),
    "safety": to_say("Safety"),
    "position-in-therapy": to_say("Place in therapy"),
    "pathway-outcome": to_say("Pathway outcome"),
    "evidence-strength": to_say("Evidence strength"),
    "new-evidence": to_say("New evidence"),
    "wording": to_say("Wording"),
    "bibliography": to_say("Bibliography"),
}
"""The classes of clinical impact from the highest to the lowest, with the names shown."""

CHANGE_KINDS: Mapping[str, str] = {
    "record-added": "record added",
    "record-removed": "record removed",
    "record-renamed": "record renamed",
    "record-described": "name, synonyms or group changed",
    "codes-changed": "codes in other systems changed",
    "standing-changed": "review recorded or withdrawn",
    "claim-added": "claim added",
    "claim-removed": "claim removed",
    "claim-reworded": "claim reworded",
    "claim-moved": "claim moved or renamed",
    "former-address-changed": "where a former address leads changed",
    "claim-reclassified": "kind or population changed",
    "claim-limited": "subject, year or fault of the source changed",
    "figure-changed": "figure changed",
    "dose-changed": "dose changed",
    "citation-added": "citation added",
    "citation-removed": "citation removed",
    "citation-swapped": "source swapped",
    "passage-moved": "passage moved",
    "bearing-changed": "bearing of a citation changed",
    "figures-relocked": "fingerprint or figures of a locked passage changed",
    "meaning-relocked": "what is kept of the meaning of passages changed",
    "superseding-changed": "what a claim supersedes changed",
    "strength-changed": "strength of the cited evidence changed",
    "disagreement-opened": "disagreement opened",
    "disagreement-closed": "disagreement closed",
    "disagreement-explained": "reason of a disagreement changed",
    "shown-claims-changed": "claims of other records shown here changed",
    "answer-added": "answer added",
    "answer-removed": "answer removed",
    "answer-changed": "answer changed",
    "not-known-changed": "what is called not known changed",
    "profile-changed": "questions and harms of the profile changed",
    "node-added": "step added to the pathway",
    "node-removed": "step removed from the pathway",
    "node-changed": "step of the pathway changed",
    "edge-changed": "way of the pathway changed",
    "stage-changed": "name of a stage changed",
    "outcome-changed": "paths come to other advice",
    "reference-added": "source added",
    "reference-removed": "source removed",
    "reference-corrected": "description of a source corrected",
    "reference-reassessed": "design or reading of a source changed",
    "retraction-changed": "retraction state changed",
    "pending-changed": "papers not citable yet changed",
    "search-changed": "log of searches changed",
    "vocabulary-changed": "vocabulary changed",
    "signs-changed": "words that carry meaning changed",
    "history-rewritten": "recorded changes of a version rewritten",
    "guideline-changed": "the guideline's own description changed",
    "comparison-lapsed": "comparison with the passage lapsed",
    "difference-judged": "difference from the passage judged right",
    "page-changed": "hand-written page changed",
}
"""What can happen to the content, with the words shown."""

MOST = 2000

Line = Annotated[str, Field(max_length=MOST)]


def clipped(text: str) -> str:
    """Return a text cut to what a line of a change holds; a cut is shown."""
    return text if len(text) <= MOST else f"{text[: MOST - 2]} …"


# What the eye cannot tell apart, each as one of its kind; Cyrillic letters are refused in content.
_LOOKS = str.maketrans(
    "\u00b5ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u201c\u201d\u00a0\u2009\u202f",
    "\u03bcABEZHIKMNOPTYXo------''\"\"   ",
)
_MOST_CODES = 6


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _told_apart(before: str, after: str) -> Iterator[str]:
    """Yield what tells two texts apart that look alike: the code points that differ first."""
    if before == after or normalize("NFC", before).translate(_LOOKS) != normalize("NFC", after).translate(_LOOKS):
        return
    start = _shared(before, after)
    rests = [before[start:], after[start:]]
    end = _shared(*(rest[::-1] for rest in rests))
    codes = (" ".join(f"U+{ord(char):04X}" for char in rest[: len(rest) - end][:_MOST_CODES]) for rest in rests)
    yield "looks the same: " + " became ".join(codes)


def _one_of(words: Mapping[str, str]) -> GetPydanticSchema:
    return GetPydanticSchema(lambda *_: literal_schema([*words]))


class Change(Model):
    """One change: where it happened (an id), what stood there, what stands there, and what it rests on.

    `title` names the place in words; `notes` say why, or give examples; `pmids` are the sources cited before and after.
    """

    kind: Annotated[str, _one_of(CHANGE_KINDS)]
    impact: Annotated[str, _one_of(IMPACTS)]
    where: Line
    title: Line
    before: Line = ""
    after: Line = ""
    notes: tuple[Annotated[Line, Field(pattern=r"\S")], ...] = ()
    pmids: tuple[Pmid, ...] = ()

    @classmethod
    def of(
        cls,
        kind: str,
        impact: str,
        where: str,
        title: str,
        before: str = "",
        after: str = "",
        notes: Iterable[str] = (),
        pmids: Iterable[str] = (),
    ) -> "Change":
        """Return a change with every text cut to what a line holds, and each PMID once."""
        lines = tuple(clipped(note) for note in (*notes, *_told_apart(before, after)))
        texts = {"where": clipped(where), "title": clipped(title), "before": clipped(before), "after": clipped(after)}
        return cls(kind=kind, impact=impact, notes=lines, pmids=tuple(dict.fromkeys(pmids)), **texts)

    @property
    def record(self) -> str:
        """The id of the record that the change is about, where it is about one."""
        return self.where.partition("#")[0]

    @property
    def what(self) -> str:
        """What happened, in words."""
        return CHANGE_KINDS[self.kind]


class ChangeList(Model):
    """What changed with one version; `since` is the version before it, or null for the first."""

    version: Version
    date: Date
    since: Version | None
    content: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 over the content that was recorded.")]
    changes: tuple[Change, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """What sorts the versions."""
        return tuple(int(part) for part in self.version.split("."))


def by_impact(changes: tuple[Change, ...] | list[Change]) -> dict[str, list[Change]]:
    """Return the changes by class of impact, from the highest, in their own order within one."""
    return {impact: found for impact in IMPACTS if (found := [change for change in changes if change.impact == impact])}
