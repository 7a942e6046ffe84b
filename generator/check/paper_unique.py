"""No two reference records describe one paper.

Two PMIDs for one paper would count it as two sources that agree. The letters of the title and the year are compared,
or else journal, volume and first page, or the PMCID; two reports of one study say so by the same `study`.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem
from generator.sources import Reference

ID = "paper-unique"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each reference that describes the paper of an earlier one."""
    first: dict[tuple[object, ...], str] = {}
    for pmid, reference in guideline.references.items():
        others = [first.setdefault(name, pmid) for name in _names(reference)]
        other = next((other for other in others if other != pmid), None)
        if other and (reference.study is None or reference.study != guideline.references[other].study):
            fix = "Keep one record and cite its PMID; or give both the same `study` if they report one study."
            place = guideline.place(f"references/{pmid}", "title")
            yield Problem(ID, f"PMID {other} seems to be the same paper", fix, place)


def _names(reference: Reference) -> Iterator[tuple[object, ...]]:
    """Yield what a paper is known by: the letters of its title with the year; its place in the journal; its PMCID."""
    yield "title", "".join(filter(str.isalnum, reference.title)).casefold(), reference.year
    if reference.volume and reference.pages:
        for journal in (reference.journal, reference.journal_abbreviation or reference.journal):
            yield "place", journal.casefold(), reference.volume, reference.pages.partition("-")[0]
    if reference.pmcid:
        yield "pmcid", reference.pmcid
