"""Commands on sources that fall, and on the issue in which a workflow tells of such things."""

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from generator import check
from generator.cli.common import fault, github_options, main, read_or_exit
from generator.cli.given import read_given
from generator.facts.falls import fall, without
from generator.guideline import Guideline
from generator.problems import did_you_mean, in_order
from generator.pubmed.differences import GRAVE
from generator.render.draw.charts import plots_of
from generator.review import in_english
from generator.review.falls import ToldFall, to_issue, to_json, to_text
from generator.review.github import GithubError, Issues
from generator.web import quoted

FALL_FORMATS: dict[str, Callable[[Sequence[ToldFall]], str]] = {"text": to_text, "json": to_json, "issue": to_issue}

MOST_FOUND = 1024 * 1024
"""Bytes of a file of `sources --graver`: a line for each source is some twenty."""


@main.command("without")
@click.argument("pmids", nargs=-1, metavar="PMID...")
@click.option("--json", "format_", flag_value="json", help="Print it as data.")
@click.option("--issue", "format_", flag_value="issue", help="Print it as the text of an issue on GitHub.")
@click.option(
    "--found",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that `sources --graver` wrote: take the sources, and what PubMed shows of them, from there.",
)
@click.pass_obj
def without_source(project: Path, pmids: tuple[str, ...], format_: str | None, found: Path | None) -> None:
    """Say what would change if a source were retracted: claims, answers, pathway, doses, plots, sheets, and rules.

    Each source that is named is told of by itself. Nothing is written.
    """
    guideline = in_english(read_or_exit(project, needs_clean=True))
    shown = dict.fromkeys(pmids, "") | (_read_found(found) if found else {})
    if not shown and not found:
        fault("name a PMID")
    for pmid in shown:
        if pmid not in guideline.references:
            fault(f"no reference has the PMID {quoted(pmid)}. {did_you_mean(pmid, guideline.references)}".strip())
    told = [_tell(pmid, state, guideline) for pmid, state in shown.items()]
    click.echo(FALL_FORMATS[format_ or "text"](told), nl=False)


def _tell(pmid: str, found: str, guideline: Guideline) -> ToldFall:
    fallen = without(guideline, [pmid])
    told = fall(pmid, guideline, fallen)
    plots = [(record.record.name, plot.title) for record, plot in plots_of(told.losing, guideline)]
    return ToldFall(told, plots, in_order(check.run(fallen)), found)


def _read_found(file: Path) -> dict[str, str]:
    """Return the states by PMID that a file of `sources --graver` holds."""
    found = {}
    try:
        text = read_given(file, MOST_FOUND).decode(errors="replace")
    except OSError as error:
        fault(f"{file}: {error}")
    for number, line in enumerate(text.splitlines(), 1):
        match = re.fullmatch(rf"([0-9]{{1,8}}) ({'|'.join(GRAVE)})", line)
        if not match:
            fault(f"{file}:{number}: no line of `sources --graver`")
        found[match[1]] = match[2]
    return found


@main.command()
@click.argument("key")
@click.option("--title", required=True, help="Its title.")
@click.option(
    "--body",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The file that holds its text; an empty one closes it.",
)
@github_options("write issues")
def issue(key: str, title: str, body: Path, repository: str, server: str, token: str) -> None:
    """Keep one issue on GitHub up to date: the open one that this command wrote under the same KEY, or a new one.

    Exit status 2 where GitHub fails.
    """
    if not re.fullmatch("[a-z-]+", key):
        fault(f"{key!r} is not of small letters and hyphens")
    try:
        done = Issues(server, repository, token, time.sleep).keep(key, title, body.read_text("utf-8"))
    except (GithubError, OSError, ValueError) as error:
        fault(error)
    click.echo(f"issue {key}: {done}", err=True)
