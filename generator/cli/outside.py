"""Commands that ask the outside world about the sources: PubMed, and the addresses of DOIs.

A weekly workflow runs them; no change to the content waits for them. Exit status: 0 no difference, 1 differences,
2 no answer.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import click

from generator.addresses import ask_address
from generator.cli.common import fault, main, read_or_exit, server_address, today, write_over
from generator.cli.texts import Pubmed
from generator.elsewhere import doi
from generator.guideline import Guideline
from generator.places import Place
from generator.pubmed.differences import (
    MAX_TOLD,
    compare_reference,
    find_graver,
    find_one_paper,
    is_graver,
    retraction_state,
    set_retraction,
)
from generator.pubmed.entrez import INTERVAL, SERVER, PubmedError
from generator.pubmed.summaries import Summary, fetch_summaries
from generator.words import plural
from generator.write import write_file

DOI_SERVER = "https://doi.org"
REPORT_EVERY = 25


@main.command()
@click.option("--server", default=SERVER, show_default=True, callback=server_address, help="Where to ask.")
@click.option("--write-retraction", is_flag=True, help="Write retraction state and date into the references' files.")
@click.option(
    "--graver",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write there, a line each, the sources that PubMed shows as retracted or under a concern and the content not.",
)
@click.pass_obj
def sources(project: Path, server: str, write_retraction: bool, graver: Path | None) -> None:
    """Report where references differ from PubMed, which are one paper, and what PubMed could fill in.

    Exit status 1 where one does, 2 where PubMed gave no answer; then nothing is written. `--write-retraction` keeps
    a state that is graver than what PubMed shows.
    """
    guideline = read_or_exit(project, needs_clean=False)
    try:
        summaries = fetch_summaries(list(guideline.references), Pubmed(server).entrez)
    except PubmedError as error:
        fault(error)
    found, one_paper = 0, find_one_paper(guideline.references, summaries)
    for pmid, reference in guideline.references.items():
        differences = compare_reference(pmid, reference, summaries.get(pmid))
        differences += one_paper.get(pmid, ())
        found += len(differences)
        for difference in differences[:MAX_TOLD]:
            place = guideline.place(f"references/{pmid}", difference.field)
            click.echo(f"{place.file}:{place.line} {difference}")
        if len(differences) > MAX_TOLD:
            click.echo(f"{guideline.files[f'references/{pmid}']}:1 and {len(differences) - MAX_TOLD} more")
    click.echo(f"{plural(len(guideline.references), 'reference')}, {plural(found, 'difference')}", err=True)
    if graver:
        lines = [f"{pmid} {state}\n" for pmid, state in find_graver(guideline.references, summaries)]
        write_file(graver, "".join(lines).encode())
    if write_retraction:
        written = _write_retractions(project, guideline, summaries)
        click.echo(f"{plural(written, 'file')} written", err=True)
    sys.exit(1 if found else 0)


def _write_retractions(project: Path, guideline: Guideline, summaries: dict[str, Summary]) -> int:
    """Write state and date of every reference that PubMed knows; return how many files changed."""
    before, contents = {}, {}
    for pmid, summary in summaries.items():
        state = retraction_state(summary)
        if summary.pmid != pmid or is_graver(guideline.references[pmid].retraction.state, state):
            continue
        file = guideline.files[f"references/{pmid}"]
        before[file] = (project / file).read_bytes()
        try:
            contents[file] = set_retraction(before[file], state, today())
        except ValueError as error:
            fault(f"{file}: {error}; nothing was written")
    changed = {file: content for file, content in contents.items() if content != before[file]}
    write_over(project, changed, {file: before[file] for file in changed})
    return len(changed)


@main.command()
@click.option(
    "--server", default=DOI_SERVER, show_default=True, callback=server_address, help="Where DOIs are resolved."
)
@click.pass_obj
def addresses(project: Path, server: str) -> None:
    """Report DOIs whose address is not found, is gone, or leads to a host that does not exist.

    Exit status 1 where there is one, 2 where no address answered. Hosts that refuse a machine are only counted.
    """
    guideline = read_or_exit(project, needs_clean=False)
    dois = list(_dois(guideline))
    outcomes = []
    for number, (place, doi_) in enumerate(dois, 1):
        sleep(INTERVAL)
        answer = ask_address(f"{server}{doi(doi_).removeprefix(DOI_SERVER)}")
        outcomes.append(answer.outcome)
        if answer.outcome == "lost":
            click.echo(f"{place.file}:{place.line} doi: {doi(doi_)}: {answer.why}")
        if number % REPORT_EVERY == 0 or number == len(dois):
            click.echo(f"{number} of {plural(len(dois), 'address', 'addresses')} asked", err=True)
    lost, silent = outcomes.count("lost"), outcomes.count("silent")
    if dois and silent == len(dois):
        fault(f"none of {plural(len(dois), 'address', 'addresses')} answered")
    unchecked = len(dois) - outcomes.count("found") - lost
    click.echo(f"{outcomes.count('found')} found, {lost} lost, {unchecked} not checked", err=True)
    sys.exit(1 if lost else 0)


def _dois(guideline: Guideline) -> Iterator[tuple[Place, str]]:
    for pmid, reference in guideline.references.items():
        if reference.doi:
            yield guideline.place(f"references/{pmid}", "doi"), reference.doi
    for name, source in guideline.pending.items():
        if source.doi:
            yield guideline.place("pending", "sources", name, "doi"), source.doi
