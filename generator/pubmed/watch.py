"""Searching PubMed by ESearch for papers that came into it within some days (NCBI Bookshelf NBK25499)."""

import re
from datetime import date

from generator.pubmed.entrez import Entrez, PubmedError
from generator.pubmed.search import pmids_in
from generator.web import quoted

PAGE = 500
MOST = 2_000
"""Papers of one search: one that brings more is too wide for anybody to read on."""


def search_entered(query: str, since: date, until: date, entrez: Entrez) -> list[str]:
    """Return the PMIDs that a query finds among what came into PubMed from one day to another.

    Raises PubmedError, also where PubMed understands a part of the query otherwise or not at all.
    """
    days = {"datetype": "edat", "mindate": f"{since:%Y/%m/%d}", "maxdate": f"{until:%Y/%m/%d}"}
    found: dict[str, None] = {}
    number = 1
    while len(found) < number:
        start = len(found)
        answer = entrez.ask_json("esearch", "esearchresult", term=query, **days, retstart=str(start), retmax=str(PAGE))
        if unknown := _not_understood(answer):
            raise PubmedError(f"PubMed does not understand the query: {quoted(entrez.without_key(unknown))}")
        ids, count = pmids_in(answer), answer.get("count")
        if not isinstance(count, str) or not re.fullmatch("[0-9]{1,9}", count):
            raise PubmedError("PubMed's answer: `count` is no number")
        number = int(count)
        if number > MOST:
            raise PubmedError(f"the query finds {number} papers since {since}, more than {MOST}: narrow it")
        found |= dict.fromkeys(ids)
        if len(found) == start and number > start:
            raise PubmedError(f"PubMed names {start} of {number} papers and no more")
    return list(found)


def _not_understood(answer: dict[str, object]) -> str:
    """Return what PubMed says that it does not know in a query; empty if it knows all."""
    lists = answer.get("errorlist")
    parts = [each for name in ("phrasesnotfound", "fieldsnotfound") for each in _texts(lists, name)]
    return "; ".join([*parts, *([str(answer["ERROR"])] if answer.get("ERROR") else [])])


def _texts(lists: object, name: str) -> list[str]:
    found = lists.get(name) if isinstance(lists, dict) else None
    return [str(each) for each in found] if isinstance(found, list) else []
