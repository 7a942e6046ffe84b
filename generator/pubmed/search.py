"""Searching PubMed by ESearch for one paper that is known by its DOI, its title or its place in a journal.

A search is a guess of the server: whoever asks compares what comes with what was sought.
"""

import re
from collections.abc import Mapping
from typing import Any

from generator.fields import PMID, doi_key
from generator.pubmed.entrez import Entrez, PubmedError
from generator.pubmed.summaries import Summary
from generator.web import quoted
from generator.words import words_of

MOST = 20
"""Hits that are looked at: a search that brings more names no paper."""


def search(term: str, entrez: Entrez) -> list[str]:
    """Return the PMIDs of the first hits of a search. Raises PubmedError."""
    answer = entrez.ask_json("esearch", "esearchresult", term=term, retmax=str(MOST))
    if said := answer.get("ERROR"):  # a search that failed has found nothing, which is not that nothing is there
        raise PubmedError(f"PubMed could not search: {quoted(entrez.without_key(said))}")
    return pmids_in(answer)[:MOST]


def pmids_in(answer: Mapping[str, Any]) -> list[str]:
    """Return the PMIDs that an answer of ESearch lists. Raises PubmedError."""
    ids = answer.get("idlist")
    if not isinstance(ids, list) or not all(isinstance(each, str) and re.fullmatch(PMID, each) for each in ids):
        raise PubmedError("PubMed's answer: `idlist` is no list of PMIDs")
    return ids


def by_doi(doi: str) -> str:
    """Return what is searched for a DOI."""
    return '"' + doi.replace('"', " ") + '"[doi]'


def by_title(title: str) -> str:
    """Return what is searched for a title: its words in small letters, so that none is an operator."""
    return f"{' '.join(words_of(title))}[title]"


def by_place(journal: str, volume: str, pages: str) -> str:
    """Return what is searched for a paper by journal, volume and first page."""
    first = pages.partition("-")[0].strip()
    return f"{' '.join(words_of(journal))}[journal] AND {' '.join(words_of(volume))}[volume] AND {first}[page]"


def is_doi_of(doi: str, summary: Summary) -> bool:
    """Return whether PubMed has a DOI for a record."""
    return bool(summary.doi) and doi_key(summary.doi) == doi_key(doi)
