"""A paper that waits in `pending.yaml`, looked up in PubMed: by PMID, DOI, title, or its place in a journal.

A search only proposes. What counts is that a record says what is known of the paper, and that no other one does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.facts.bibliography import page_ranges
from generator.pubmed.articles import Article, fetch_articles
from generator.pubmed.differences import journal_names, letters
from generator.pubmed.entrez import Entrez
from generator.pubmed.search import by_doi, by_place, by_title, is_doi_of, search
from generator.pubmed.summaries import Summary
from generator.sources import PendingSource


@dataclass(frozen=True)
class Found:
    """The records that a paper may be, by PMID: one if it was found; and by what they were looked for."""

    articles: dict[str, Article]
    by: str


def look_up(source: PendingSource, entrez: Entrez) -> Found:
    """Return the records of PubMed that say what is known of a paper. Raises PubmedError."""
    found = Found({}, "")
    for by, term, fits in _ways(source):
        pmids = search(term, entrez) if term else [str(source.pmid)]
        articles = dict(fetch_articles(pmids, entrez)) if pmids else {}
        found = Found({pmid: each for pmid, each in articles.items() if fits(each.summary)}, by)
        if found.articles or not term:
            break
    return found


def contradiction(source: PendingSource, summary: Summary) -> str:
    """Return what PubMed says otherwise than is known of a paper; nothing if it does not."""
    if source.doi and summary.doi and not is_doi_of(source.doi, summary):
        return f"its DOI is {source.doi} here and {summary.doi} in PubMed"
    if source.year and summary.year and abs(source.year - int(summary.year)) > 1:  # printed a year after it was online
        return f"its year is {source.year} here and {summary.year} in PubMed"
    return ""


def _ways(source: PendingSource) -> Iterator[tuple[str, str, Callable[[Summary], bool]]]:
    """Yield by what a paper is looked for, the search (empty for the PMID itself), and what a record has to fit."""
    doi, journal, volume, pages = source.doi, source.journal, source.volume, source.pages
    if source.pmid:
        yield "PMID", "", lambda summary: True
    if doi:
        yield "DOI", by_doi(doi), lambda summary: is_doi_of(doi, summary)
    yield (
        "title",
        by_title(source.label),
        lambda summary: letters(summary.title) == letters(source.label) and _is_of_year(source, summary),
    )
    if journal and volume and pages:
        yield "place in the journal", by_place(journal, volume, pages), lambda summary: _is_there(source, summary)


def _is_of_year(source: PendingSource, summary: Summary) -> bool:
    return source.year is None or str(source.year) == summary.year


def _is_there(source: PendingSource, summary: Summary) -> bool:
    """Return whether a record stands where a paper does: journal, year, volume and first page."""
    first, theirs = page_ranges((source.pages or "").casefold()), page_ranges(summary.pages.casefold())
    return (
        letters(source.journal or "") in {letters(name) for name in journal_names(summary)}
        and (source.volume or "").casefold() == summary.volume.casefold()
        and bool(first and theirs)
        and first[0][0] == theirs[0][0]
        and _is_of_year(source, summary)
    )
