"""The command that adds a source: its record filled in with what PubMed says, and what is left to its author."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote

import click
from pydantic import TypeAdapter, ValidationError

from generator.cli.common import fail, fault, is_linked, main, read, today, write_over
from generator.cli.pending import take_in
from generator.cli.source_file import LATER, left_to_do, named, reference_file
from generator.cli.texts import Pubmed, pubmed_options
from generator.cli.trying import new_problems, try_files
from generator.fields import PMID, Doi, doi_key
from generator.guideline import Guideline
from generator.places import record_file
from generator.problems import format_text, visible
from generator.pubmed.articles import Article, fetch_articles
from generator.pubmed.entrez import Entrez, PubmedError
from generator.pubmed.reference import AddError, describe
from generator.pubmed.search import MOST, by_doi, is_doi_of, search
from generator.web import quoted
from generator.words import plural

_DOI = TypeAdapter[str](Doi)


@main.command()
@click.argument("source", metavar="PMID|DOI", required=False)
@click.option("--pending", is_flag=True, help="Look up every paper of content/pending.yaml instead.")
@click.option("--write", "writes", is_flag=True, help="Of those that are pending, take in those that were found.")
@click.option(
    "--claims",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Claims that were prepared for those that are pending: a file of YAML.",
)
@pubmed_options
@click.pass_obj
def add(project: Path, source: str | None, pending: bool, writes: bool, claims: Path | None, pubmed: Pubmed) -> None:
    """Add a source by its PMID or DOI: its record, filled in with what PubMed says.

    A DOI counts if exactly one record of PubMed has it. Nothing that exists is overwritten. Refused are a source that
    is here already, also under another PMID, a notice, and what the rules would refuse. What is left to do is printed.

    With --pending, the papers that wait are looked up by PMID, DOI, title, or place in a journal, and listed. --write
    takes in those that were found: the record of each, which goes from content/pending.yaml, and claims that were
    prepared for it, if their passages stand in its abstract and the rules find nothing. All files are written, or none.

    Exit status: 0 written, or nothing is left pending; 1 refused, or some are left; 2 PubMed gave no answer, or wrong
    usage. Without 0 or a list of what was written, nothing was.
    """
    if pending == (source is not None) or (not pending and (writes or claims)):
        raise click.UsageError("name a PMID or a DOI, or --pending with what belongs to it")
    if source is None:
        take_in(project, pubmed, claims, writes)
    _add(project, source, pubmed)


def _add(project: Path, source: str, pubmed: Pubmed) -> None:
    known: dict[object, Any] = {}
    guideline, before = read(project, known=known)
    if guideline is None:
        fail(before)
    pubmed.folder(project)  # refuses a cache in the project before anything is asked
    try:
        pmid, article = _find(source, guideline, pubmed.entrez)
        new = describe(pmid, article, guideline, today())
    except PubmedError as error:
        fault(f"{error}. Without PubMed, `new reference PMID` begins the record.")
    except AddError as error:
        _refuse(source, error)
    file = record_file(f"references/{pmid}")
    if (project / file).exists() or is_linked(project, file):
        _refuse(source, f"{file} exists, or would stand in a symbolic link")
    _, after = try_files(project, {file: reference_file(new, guideline, is_tried=True)}, guideline, known)
    if found := [problem for problem in new_problems(before, after) if problem.rule != LATER]:
        click.echo(format_text(found), nl=False, err=True)
        _refuse(source, f"{plural(len(found), 'problem')} with it")
    try:
        text = pubmed.keep(project, pmid, article)
    except OSError as error:
        fault(error)
    write_over(project, {file: reference_file(new, guideline)}, {file: None})
    click.echo(visible(f"{file}: written: {quoted(article.summary.title)}"))
    for line in left_to_do(new, guideline):
        click.echo(visible(line))
    click.echo(f"its text: {text}")
    click.echo(
        "next: read it, and begin a claim that cites it (`new claim RECORD#NAME`): a passage is named by its first and "
        "last words. Then `lock --texts pubmed`, and `check`."
    )


def _find(source: str, guideline: Guideline, entrez: Entrez) -> tuple[str, Article]:
    """Return the PMID and the record of a source. Raises AddError where it is none, or here already."""
    if re.fullmatch(PMID, source):
        pmids = [source]
    else:
        doi = _doi(source)
        for pmid, reference in guideline.references.items():
            if doi_key(reference.doi) == doi_key(doi):
                raise AddError(f"it is here already, as PMID {pmid}")
        found = dict(fetch_articles(search(by_doi(doi), entrez), entrez))
        pmids = [pmid for pmid, article in found.items() if is_doi_of(doi, article.summary)]
        if len(pmids) != 1:
            raise AddError(f"{plural(len(pmids), 'record')} of PubMed with this DOI{_listed(found)}")
    (pmid,) = pmids
    if pmid in guideline.references or f"references/{pmid}" in guideline.unread:
        raise AddError(f"it is here already: {record_file(f'references/{pmid}')}")
    articles = dict(fetch_articles([pmid], entrez)) if pmid == source else found
    if pmid not in articles:
        raise AddError(f"PubMed has no record of PMID {pmid}")
    for name, waiting in guideline.pending.items():
        if waiting.pmid == pmid or (waiting.doi and is_doi_of(waiting.doi, articles[pmid].summary)):
            raise AddError(f"it waits in content/pending.yaml as `{name}`: `add --pending --write` takes it in")
    return pmid, articles[pmid]


def _doi(source: str) -> str:
    """Return the DOI that was typed, or copied with its address. Raises click.BadParameter."""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi: *)", "", source.strip(), flags=re.IGNORECASE)
    try:
        return _DOI.validate_python(bare if bare == source else unquote(bare))
    except ValidationError:
        raise click.BadParameter(f"{quoted(source)} is neither a PMID nor a DOI", param_hint="PMID|DOI") from None


def _listed(articles: Mapping[str, Article]) -> str:
    """Return what a search brought, behind a colon."""
    lines = [f"\n  {named(pmid, article.summary)}" for pmid, article in articles.items()]
    return f"; the search brought{' at least' if len(lines) == MOST else ''}:{''.join(lines)}" if lines else ""


def _refuse(source: str, why: object) -> NoReturn:
    """Say why a source was not added, and exit with 1."""
    click.echo(visible(f"{quoted(source)}: not added: {why}", "\n"), err=True)
    sys.exit(1)
