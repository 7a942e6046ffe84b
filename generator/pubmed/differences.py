"""How references differ from what PubMed says of them, and which of them are one paper there.

Whatever PubMed says is shown quoted: it is untrusted.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import get_args

from generator.facts.bibliography import Author, authors_of, page_ranges
from generator.fields import doi_key
from generator.pubmed.summaries import Summary
from generator.sources import Reference, RetractionState
from generator.web import quoted

STATES: tuple[RetractionState, ...] = get_args(RetractionState)

GRAVE = ("concern", "retracted")
"""The states that may take its weight from what rests on a source."""

ONE_PAPER = (
    *("republished in", "republished from", "corrected and republished in", "corrected and republished from"),
    *("retracted and republished in", "retracted and republished from", "update in", "update of"),
)
"""The kinds of links between two records of one paper, or of one study as it goes on, in small letters."""

IS_A_NOTICE = ("Retraction of Publication", "Retraction Notice", "Expression of Concern", "Published Erratum")
"""The publication types of what is no study: it tells of another paper."""

MAX_TOLD = 20  # differences of one reference
_MOST_AUTHORS = 8  # of a list that is shown whole

_RETRACTION = re.compile(
    rb"^(retraction: *(?:\{ *|\n +)state: *)[a-z-]+( *(?:, *|\n +)checked_on: *)(?:null|[0-9-]+)(?= *(?:[,}]|\n|\Z))",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Difference:
    """What a field of a reference holds against what PubMed says."""

    field: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.field}: {self.wrong}"


def compare_reference(pmid: str, reference: Reference, summary: Summary | None) -> list[Difference]:
    """Return how a reference differs from PubMed's summary of its PMID.

    A field that PubMed does not know is not compared. Titles and journals are compared by letters and digits alone,
    a journal with both its abbreviation and its name, pages with their ends written out.
    """
    if summary is None:
        return [Difference("pmid", f"PubMed does not know PMID {pmid}")]
    if summary.pmid != pmid:
        return [Difference("pmid", f"PubMed answers with another record, PMID {quoted(summary.pmid)}: merged?")]
    return [*_compare_fields(reference, summary), *_compare_retraction(reference, summary)]


def find_one_paper(
    references: Mapping[str, Reference], summaries: Mapping[str, Summary]
) -> Mapping[str, Sequence[Difference]]:
    """Return which references PubMed shows as one paper, by the PMID of either.

    It links them, names another for a duplicate, or has the same DOI, PMCID, or title and year for both. What has the
    same `study` is left out, as it counts once.
    """
    found: dict[str, list[Difference]] = {}
    told: set[frozenset[str]] = set()
    first: dict[tuple[str, ...], str] = {}
    for pmid, summary in summaries.items():
        study = references[pmid].study
        linked = [(each.pmid, quoted(each.kind)) for each in summary.notices if each.kind.casefold() in ONE_PAPER]
        same = [(first.setdefault(name, pmid), f"the same {name[0]}") for name in _names(summary)]
        for other, why in (*linked, *same):
            pair = frozenset((pmid, other))
            is_one_study = other in references and study is not None and study == references[other].study
            if other in references and len(pair) == 2 and pair not in told and not is_one_study:
                told.add(pair)
                wrong = f"PubMed shows one paper with PMID {other} ({why}): keep one, or give both the same `study`"
                found.setdefault(pmid, []).append(Difference("pmid", wrong))
        if "Duplicate Publication" in summary.kinds and study is None:
            wrong = "PubMed calls it a Duplicate Publication: cite the first one, or name its `study`"
            found.setdefault(pmid, []).append(Difference("pmid", wrong))
    return found


def _names(summary: Summary) -> Iterator[tuple[str, ...]]:
    """Yield what a paper is known by in PubMed, as far as it is there."""
    if summary.doi:
        yield "DOI", doi_key(summary.doi)
    if summary.pmcid:
        yield "PMCID", summary.pmcid
    if summary.title and summary.year:
        yield "title and year", letters(summary.title), summary.year


def retraction_state(summary: Summary) -> str:
    """Return the retraction state that PubMed's summary shows.

    A retracted article has the publication type `Retracted Publication`. `Expression of Concern` and `Retraction of
    Publication` are types of the notices; an article that such a notice concerns names it among its comments. Of
    several notices the gravest counts.
    """
    states = [notice.state for notice in summary.notices if notice.state]
    retracted = ["retracted"] if "Retracted Publication" in summary.kinds else []
    return max(["none-found", *states, *retracted], key=STATES.index)


def is_graver(state: str, other: str) -> bool:
    """Return whether a retraction state says worse of a paper than another."""
    return STATES.index(state) > STATES.index(other)


def find_graver(references: Mapping[str, Reference], summaries: Mapping[str, Summary]) -> Iterator[tuple[str, str]]:
    """Yield PMID and state of each source that PubMed shows in a grave state and its record in a lesser one."""
    for pmid, summary in summaries.items():
        state = retraction_state(summary)
        if summary.pmid == pmid and state in GRAVE and is_graver(state, references[pmid].retraction.state):
            yield pmid, state


def set_retraction(content: bytes, state: str, checked_on: date) -> bytes:
    """Return a reference's file with another retraction state and date, every other byte kept.

    Raises ValueError where the file does not hold both, in this order.
    """
    new, count = _RETRACTION.subn(rb"\g<1>%b\g<2>%b" % (state.encode(), checked_on.isoformat().encode()), content)
    if count != 1:
        raise ValueError("write its retraction as `retraction: {state: unchecked, checked_on: null}`")
    return new


def _compare_fields(reference: Reference, summary: Summary) -> Iterator[Difference]:
    journals = {letters(name) for name in journal_names(summary)}
    pages = _pages(summary.pages)
    for field, ours, theirs, equal in (
        ("title", reference.title, summary.title, letters(reference.title) == letters(summary.title)),
        ("authors", reference.authors, summary.authors, _same_authors(reference, summary)),
        ("journal", reference.journal, summary.journal, letters(_without_the(reference.journal)) in journals),
        ("year", reference.year, summary.year, str(reference.year) == summary.year),
        ("volume", reference.volume, summary.volume, _words(reference.volume) == _words(summary.volume)),
        ("issue", reference.issue, summary.issue, _words(reference.issue) == _words(summary.issue)),
        ("pages", reference.pages, summary.pages, _pages(reference.pages) in (pages, pages[:1])),
        ("doi", reference.doi, summary.doi, doi_key(reference.doi) == doi_key(summary.doi)),
        ("pmcid", reference.pmcid, summary.pmcid, reference.pmcid == summary.pmcid),
    ):
        if theirs and ours is None:
            yield Difference(field, f"could be filled: PubMed has {_listed(theirs)}")
        elif theirs and not equal and field == "authors":
            yield Difference(field, _authors_apart(reference.authors or (), summary.authors))
        elif theirs and not equal:
            yield Difference(field, f"{_listed(ours)} here, {_listed(theirs)} in PubMed")
    if summary.journal and reference.journal_abbreviation not in (None, summary.journal):
        ours = quoted(reference.journal_abbreviation)
        yield Difference("journal_abbreviation", f"{ours} here, {quoted(summary.journal)} in PubMed")


def _same_authors(reference: Reference, summary: Summary) -> bool:
    """Return whether the families and groups are the same in their order, as far as the record has them."""
    ours = [letters(author.short) for author in authors_of(reference)]
    theirs = [letters(Author(name, name in reference.group_authors).short) for name in summary.authors]
    return ours == (theirs if reference.authors_complete else theirs[: len(ours)])


def _authors_apart(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Return two lists of authors in words: long ones from the first name that differs, so that it is not cut off."""
    pairs, at = enumerate(zip_longest(ours, theirs)), 0
    if max(len(ours), len(theirs)) > _MOST_AUTHORS:
        at = next(at for at, (one, other) in pairs if letters(one or "") != letters(other or ""))
    whence = f"from the {at + 1}. on " if at else ""
    return f"{whence}{_listed((*ours[at:],))} here, {_listed((*theirs[at:],))} in PubMed"


def _listed(value: object) -> str:
    return quoted(", ".join(value)) if isinstance(value, tuple) else quoted(value)


def _compare_retraction(reference: Reference, summary: Summary) -> Iterator[Difference]:
    for kind in IS_A_NOTICE:
        if kind in summary.kinds:
            yield Difference("retraction", f"the source is itself a notice: PubMed calls it {kind}")
    ours, theirs = reference.retraction.state, retraction_state(summary)
    if ours == "unchecked" and theirs == "none-found":
        yield Difference("retraction", f"could be filled: PubMed has '{theirs}'")
    elif ours != theirs:
        yield Difference("retraction", f"'{ours}' here, '{theirs}' in PubMed")
    for notice in filter(lambda notice: notice.state, summary.notices):
        is_known = notice.pmid in reference.retraction.notices if notice.pmid else not is_graver(notice.state, ours)
        if not is_known:
            where = f"PMID {quoted(notice.pmid)}" if notice.pmid else "without a PMID"
            yield Difference("retraction", f"not among its `notices`: {quoted(notice.kind)}, {where}")


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold())


def letters(text: str) -> str:
    """Return the letters and digits of a text in small letters, as titles and journals are compared."""
    return "".join(_words(text.replace("&", " and ")))


def _without_the(journal: str) -> str:
    return re.sub(r"^the ", "", journal, flags=re.IGNORECASE)


def journal_names(summary: Summary) -> Iterator[str]:
    """Yield the abbreviation and the name, with and without the place or subtitle that NLM adds to a name."""
    yield _without_the(summary.journal)
    yield _without_the(summary.full_journal)
    yield _without_the(re.sub(r" \([^()]*\)$| : .*$", "", summary.full_journal))


def _pages(text: str | None) -> list[tuple[str, str]]:
    return page_ranges((text or "").casefold())
