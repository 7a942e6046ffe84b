"""The guideline: all records together, and what is looked up in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from inspect import unwrap
from typing import Any, TypeVar

from generator.answers import Answer, NotKnown
from generator.changes import ChangeList
from generator.codes import Code
from generator.comparisons import ComparedClaim
from generator.fields import ANSWER
from generator.model import About, Claim, Record
from generator.notions import BACKGROUND, GAP, Notion
from generator.passages import LockedPassage, PassageKey
from generator.pathway import Pathway
from generator.places import KeyPath, Place
from generator.profile import Profile, kind_of
from generator.sources import PendingSource, Reference, Search, WatchRun
from generator.vocabulary import DOSE_UNITS, GROUPS, RECORD_KINDS, Term, Vocabulary
from generator.walks import claims_in
from generator.wordlist import NO_WORDS, WordList

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class ClaimEntry:
    """A claim with its full id and its place."""

    record: str
    name: str
    claim: Claim
    path: KeyPath
    guideline: "Guideline" = field(repr=False, compare=False)

    @cached_property
    def id(self) -> str:
        """The claim's full id, such as `folder/name#claim`."""
        return f"{self.record}#{self.name}"

    @cached_property
    def keys(self) -> tuple[PassageKey, ...]:
        """What names each passage that it cites, in order."""
        return tuple([cite.key for cite in self.claim.cites])

    @cached_property
    def passages(self) -> tuple[LockedPassage | None, ...]:
        """What is locked of each passage that it cites, in order."""
        return tuple([self.guideline.passages.get(key) for key in self.keys])

    def is_about(self, notion: Notion) -> bool:
        """Return whether its kind means something to the program."""
        return self.guideline.means("claim-kinds", self.claim.kind, notion)

    @property
    def only_describes(self) -> bool:
        """Whether its kind is background or a gap, which has no strength."""
        return self.is_about(BACKGROUND) or self.is_about(GAP)

    @property
    def is_of_harm(self) -> bool:
        """Whether it stands on the page of a harm."""
        return kind_of(self.record) == self.guideline.profile.harm

    @property
    def where(self) -> str:
        """Where the claim stands, in words: its record and kind."""
        kind = self.guideline.term("claim-kinds", self.claim.kind).name
        return f"{self.guideline.records[self.record].name}: {self.guideline.about.own.inside(kind)}"

    @property
    def former_names(self) -> list[str]:
        """The names that the claim had on the page of its record."""
        return [name for name, id_ in self.guideline.moved_from(self.record) if id_ == self.id]

    @property
    def opponents(self) -> Mapping[str, str]:
        """The ids of the claims that it disagrees with, or that disagree with it, and in what they differ."""
        return self.guideline.disagreements.get(self.id, {})

    def place(self, *inside: str | int) -> Place:
        """Return where the claim, or a value inside it, stands."""
        return self.guideline.place(self.record, *self.path, *inside)


@dataclass(frozen=True)
class Guideline:
    """All records with look-ups; `changes` are the recorded versions, the newest first.

    `files` holds the file of each id, and `line_of` returns the line of a value of an id's file, or of the nearest
    around it: lines are read when they are first asked for. `unread` are the ids of files that exist and could not be
    read; `lock_file` holds the bytes that `passages` were read from, `comparisons_file` those of `comparisons`,
    `fingerprint` the SHA-256 over all files of content but the recorded changes, the comparisons and the approved
    sentences. `handwritten` holds the text of each hand-written page by its file, `approved` by file and SHA-256 of a
    sentence why it says no medicine; `words` are those that carry meaning, `searches` is the log of the search for
    evidence, `watched` that of the weekly search for new papers. `made` is what functions marked `once` made.
    """

    about: About
    vocabulary: Vocabulary
    records: Mapping[str, Record]
    references: Mapping[str, Reference]
    pending: Mapping[str, PendingSource]
    passages: Mapping[PassageKey, LockedPassage]
    profile: Profile
    pathway: Pathway
    changes: tuple[ChangeList, ...]
    files: Mapping[str, str]
    line_of: Callable[[str, KeyPath], int]
    unread: frozenset[str] = frozenset()
    lock_file: bytes = b""
    fingerprint: str = ""
    handwritten: Mapping[str, str] = field(default_factory=dict)
    approved: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: WordList = NO_WORDS
    searches: tuple[Search, ...] = ()
    watched: tuple[WatchRun, ...] = ()
    comparisons: Mapping[str, ComparedClaim] = field(default_factory=dict)
    comparisons_file: bytes = b""
    made: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def place(self, id_: str, *path: str | int) -> Place:
        """Return the place of a value of a record, or of the nearest value around it."""

        return Place(self.files[id_], lambda: self.line_of(id_, path), path)

    @cached_property
    def claims(self) -> Mapping[str, ClaimEntry]:
        """Every claim of every record by its full id, in the order of the records."""
        entries = (
            ClaimEntry(record_id, str(path[-1]), claim, path, self)
            for record_id, record in self.records.items()
            for path, claim in claims_in(record)
        )
        return {entry.id: entry for entry in entries}

    @cached_property
    def answers(self) -> Mapping[str, Answer | NotKnown]:
        """What each record says to its questions by full id: its own or the common answer, or that it is not known."""
        said: dict[str, Answer | NotKnown] = {}
        for id_, record in self.records.items():
            said |= {f"{id_}#{ANSWER}{name}": each for each in record.not_known for name in each.questions}
            said |= {f"{id_}#{ANSWER}{name}": answer for name, answer in record.answers.items()}
        common = {
            f"{id_}#{ANSWER}{name}": said[question.common]
            for id_ in self.records
            for name, question in self.profile.questions_of(kind_of(id_)).items()
            if question.common in said
        }
        return common | said

    def codes(self) -> Iterator[tuple[tuple[str, str, int], Code]]:
        """Yield each code of a record, then of the intervention, after the id and path where it stands."""
        holders: Mapping[str, Record | About] = {**self.records, "guideline": self.about}
        for id_, holder in holders.items():
            for index, code in enumerate(holder.codes):
                yield (id_, "codes", index), code

    def former_ids(self) -> Iterator[tuple[str, str, Place]]:
        """Yield each id that is listed under `formerly`, in full, with the id that lists it and where."""
        for id_, record in self.records.items():
            for index, old in enumerate(record.formerly):
                yield old, id_, self.place(id_, "formerly", index)
        for entry in self.claims.values():
            for index, old in enumerate(entry.claim.formerly):
                yield old if "#" in old else f"{entry.record}#{old}", entry.id, entry.place("formerly", index)

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The id that each former id of a record or a claim leads to now.

        The claims of a record that was renamed are found under the record's former ids by every name that they have
        or had in it.
        """
        listed = {old: id_ for old, id_, _ in self.former_ids()}
        found = {old: id_ for old, id_ in listed.items() if old not in self.records and old not in self.claims}
        for old, id_ in listed.items():
            for claim in (*self.claims, *listed) if "#" not in old else ():
                record, _, name = claim.partition("#")
                if record == id_ and name:
                    found.setdefault(f"{old}#{name}", listed.get(claim, claim))
        return found

    def moved_from(self, record: str) -> list[tuple[str, str]]:
        """Return the names of claims that stood on the page of a record, and the id that each leads to now."""
        pairs = [(*old.partition("#"), id_) for old, id_ in self.former.items()]
        return [(name, id_) for page, _, name, id_ in pairs if page == record and name]

    @cached_property
    def claims_by_record(self) -> Mapping[str, Sequence[ClaimEntry]]:
        """The claims of each record that has any, by its id."""
        return _grouped((entry.record, entry) for entry in self.claims.values())

    @cached_property
    def claims_by_source(self) -> Mapping[str, Sequence[ClaimEntry]]:
        """The claims that cite each source that any cites, by its PMID."""
        pairs = ((pmid, e) for e in self.claims.values() for pmid in dict.fromkeys(c.pmid for c in e.claim.cites))
        return _grouped(pairs)

    @cached_property
    def superseded_by(self) -> Mapping[str, Sequence[ClaimEntry]]:
        """The claims that supersede each claim that any supersedes, by its id."""
        return _grouped((id_, entry) for entry in self.claims.values() for id_ in entry.claim.supersedes)

    @cached_property
    def disagreements(self) -> Mapping[str, Mapping[str, str]]:
        """For each claim that disagrees with others: their ids, and in what they differ; from both sides."""
        told: dict[str, dict[str, str]] = {}
        for entry in self.claims.values():
            for other in entry.claim.disagrees_with:
                told.setdefault(entry.id, {})[other.claim] = other.because
                told.setdefault(other.claim, {}).setdefault(entry.id, other.because)
        return told

    def terms_of(self, section: str, kind: str = "") -> Mapping[str, object]:
        """Return the terms of a section of the vocabulary, groups by the kind of record, or what the profile lists."""
        if section == RECORD_KINDS:
            return self.profile.kinds
        if section == DOSE_UNITS:
            return self.profile.doses.units
        return self.vocabulary.sections.get(self.section_of_groups(kind) if section == GROUPS else section, {})

    def section_of_groups(self, kind: str) -> str:
        """Return the section of the vocabulary that holds the groups of a kind of record."""
        known = self.profile.kinds.get(kind)
        return f"{known.name}-{GROUPS}" if known else GROUPS

    def groups_of(self, kind: str) -> Mapping[str, Term]:
        """Return the groups of a kind of record, in order."""
        return self.vocabulary.sections.get(self.section_of_groups(kind), {})

    def group_of(self, kind: str, name: str) -> Term:
        """Return a group of a kind of record."""
        return self.term(self.section_of_groups(kind), name)

    def term(self, section: str, name: str) -> Term:
        """Return a term of the vocabulary; one that it lacks, which `check` reports, is shown by its id."""
        known = self.vocabulary.sections.get(section, {}).get(name)
        return known or Term.model_construct(name=name, meaning=name, level=None, impact=None, means=(), pubmed=())

    def means(self, section: str, name: str | None, notion: Notion) -> bool:
        """Return whether a term of a section of the vocabulary means something to the program."""
        return name is not None and notion in self.term(section, name).means


def once(make: Callable[[Guideline], _Made]) -> Callable[[Guideline], _Made]:
    """Remember what a function makes of a guideline, for as long as that guideline lives."""

    @wraps(make)
    def remembered(guideline: Guideline) -> _Made:
        if make not in guideline.made:
            guideline.made[make] = make(guideline)
        made: _Made = guideline.made[make]
        return made

    return remembered


def take_over(remembered: Callable[[Guideline], _Made], of: Guideline, guideline: Guideline) -> None:
    """Let a guideline take what a function marked `once` made of another, which is the same in all that it asks."""
    guideline.made[unwrap(remembered)] = remembered(of)


def _grouped(pairs: Iterable[tuple[str, ClaimEntry]]) -> dict[str, list[ClaimEntry]]:
    groups: dict[str, list[ClaimEntry]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return groups
