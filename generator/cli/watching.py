"""The command that looks for new papers in PubMed. A weekly workflow runs it; no change of the content waits for it."""

import datetime
import json
from pathlib import Path

import click

from generator.cli.calling import WRITTEN
from generator.cli.common import fault, main, read_or_exit, server_address, today
from generator.cli.texts import Pubmed
from generator.facts.relevance import relevant
from generator.fields import doi_key
from generator.guideline import Guideline
from generator.load import WATCHED
from generator.pubmed.entrez import SERVER, PubmedError
from generator.pubmed.summaries import Summary, fetch_summaries
from generator.pubmed.watch import search_entered
from generator.review.news import News, Paper, to_issue, to_text
from generator.sources import WatchRun
from generator.words import plural
from generator.write import write_file

FIRST = datetime.timedelta(days=90)
OVERLAP = datetime.timedelta(days=14)
"""How far back a first search looks, and how far a later one looks behind the last: PubMed adds papers late."""

_HEAD = f"""# yaml-language-server: $schema=../docs/schema/watched.schema.json
# What the weekly search of PubMed (`watch` in profile.yaml) brought, written by `{WRITTEN} news --write`:
# papers that stand here were seen, and are left out of the next.
runs:
"""


@main.command()
@click.option("--server", default=SERVER, show_default=True, callback=server_address, help="Where to ask.")
@click.option(
    "--issue", "as_issue", is_flag=True, help="Print it as the text of an issue on GitHub; empty for nothing."
)
@click.option("--write", "writes", is_flag=True, help=f"Record them in {WATCHED}: they were looked through.")
@click.pass_obj
def news(project: Path, server: str, as_issue: bool, writes: bool) -> None:
    """Say which papers came into PubMed since the last search, by the query of the profile, the most relevant first.

    Left out are papers that are cited or awaited here, and those that a recorded search brought. Exit status 2, and
    nothing written, where PubMed gave no answer.
    """
    guideline = read_or_exit(project, needs_clean=False)
    watch, runs = guideline.profile.watch, guideline.watched
    if watch is None:
        fault("content/profile.yaml has no `watch`, which says what to search for")
    if "watched" in guideline.unread:
        fault(f"{WATCHED} cannot be read: nothing is asked, as it says what was seen")
    until = today()
    since = max(run.on for run in runs) - OVERLAP if runs else until - FIRST
    entrez = Pubmed(server).entrez
    try:
        hits = search_entered(watch.query, since, until, entrez)
        known = _known(guideline)
        summaries = fetch_summaries([pmid for pmid in hits if pmid not in known], entrez)
    except PubmedError as error:
        fault(error)
    new = {pmid: each for pmid, each in summaries.items() if not known & {each.pmid, doi_key(each.doi)}}
    papers = sorted((_paper(pmid, each, guideline) for pmid, each in new.items()), key=lambda each: -each.points)
    found = News(since, until, len(hits), papers)
    click.echo((to_issue if as_issue else to_text)(found), nl=False)
    click.echo(f"{plural(len(hits), 'hit')}, {len(papers)} new", err=True)
    if writes:
        run = WatchRun(on=until, since=since, query=watch.query, hits=len(hits), new=tuple(new))
        write_file(project / WATCHED, _written((*runs, run)).encode())


def _known(guideline: Guideline) -> set[str]:
    """Return the PMIDs and DOIs of what is cited or awaited, and the PMIDs that were seen."""
    awaited = guideline.pending.values()
    found = {*guideline.references, *(paper.pmid or "" for paper in awaited)}
    found |= {doi_key(paper.doi) for paper in guideline.references.values()}
    found |= {doi_key(paper.doi) for paper in awaited}
    return (found | {pmid for run in guideline.watched for pmid in run.new}) - {""}


def _paper(pmid: str, summary: Summary, guideline: Guideline) -> Paper:
    first = f"{summary.authors[0]} et al. " if len(summary.authors) > 1 else "".join(f"{a}. " for a in summary.authors)
    named = [(record.record.name, points) for record, points in relevant(summary.title, guideline)]
    return Paper(pmid, summary.title, f"{first}{summary.journal} {summary.year}".strip(), named)


def _written(runs: tuple[WatchRun, ...]) -> str:
    """Return the log as YAML, a line a search: JSON is YAML too."""
    return _HEAD + "".join(f"  - {json.dumps(run.model_dump(mode='json'))}\n" for run in runs)
