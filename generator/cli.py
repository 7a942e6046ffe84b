"""The commands: the sole room that prints, reads the environment and exits.

Exit status: 0 all well, 1 problems in the content, 2 wrong usage or a fault of ours.
"""

import datetime
import inspect
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator import check as checks
from generator import fields, load, yaml_source
from generator.evidence.lock import serialise, update_lock
from generator.guideline import Guideline
from generator.links import record_page
from generator.problems import FORMATS, Problem, in_order
from generator.render import render
from generator.render.handbook import PAPERS, render_handbook
from generator.schema import make_schemas
from generator.write import WriteError, Written, write_file, write_files

PROJECT = Path(__file__).resolve().parent.parent


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT,
    help="Folder that holds content/ and docs/ (default: this checkout).",
)
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Check the content of the IVIG guideline and turn it into pages.

    Content stands in content/, one record a file. Pages are written below docs/, beside the hand-written ones,
    and MkDocs makes the site of them (`make site`).
    """
    context.obj = project


@main.command()
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="How to print problems.")
@click.pass_obj
def check(project: Path, format_: str) -> None:
    """Report every problem of the content: file, line, what is wrong, how to mend it, and the rule.

    Exit status 1 where there is one. `explain RULE` tells more about a rule.
    """
    guideline, problems = read(project)
    click.echo(FORMATS[format_](problems), nl=False)
    if guideline and not problems:
        click.echo(
            f"{len(guideline.records)} records, {len(guideline.claims)} claims, {len(guideline.references)} references:"
            " no problem",
            err=True,
        )
    else:
        click.echo(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", err=True)
        sys.exit(1)


@main.command()
@click.pass_obj
def build(project: Path) -> None:
    """Write the generated pages below docs/, and remove those that are stale.

    Writes nothing where the content has problems; it then reports them and exits with 1.
    """
    _, written = build_pages(project)
    click.echo(f"{written.written} pages written, {written.unchanged} unchanged, {written.removed} removed", err=True)


@main.command()
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="Size of the paper.")
@click.option("--only", multiple=True, metavar="RECORD", help="A record's id: make a leaflet of it. May be repeated.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("handbook.pdf"),
    show_default=True,
    help="The file to write.",
)
@click.pass_obj
def handbook(project: Path, paper: str, only: tuple[str, ...], output: Path) -> None:
    """Typeset the handbook, or a leaflet of single records, as PDF."""
    guideline = _read_or_exit(project, needs_clean=True)
    for record in only:
        if record not in guideline.records:
            raise click.BadParameter(f"no record has the id {record!r}", param_hint="--only")
    content = render_handbook(guideline, paper, only)
    write_file(output, content)
    click.echo(f"{output}: {len(content):,} bytes", err=True)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a schema is out of date.")
@click.pass_obj
def schema(project: Path, only_check: bool) -> None:
    """Write the JSON Schemas that editors use to docs/schema/."""
    guideline = _read_or_exit(project, needs_clean=False)
    stale = 0
    for path, content in make_schemas(guideline).items():
        target = project / path
        if only_check:
            if not target.is_file() or target.read_bytes() != content:
                stale += 1
                click.echo(f"{path}: out of date. Run `python -m generator schema`.")
        elif write_file(target, content):
            click.echo(f"{path}: written", err=True)
    sys.exit(1 if stale else 0)


@main.command()
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the text of sources, one `<pmid>.txt` each (abstract or full text). Kept out of the project.",
)
@click.option(
    "--readings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with notes of readings, one `<pmid>.yaml` each: facts with start, end, sha256, words, figures.",
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where the lock would change.")
@click.pass_obj
def lock(project: Path, texts: Path | None, readings: Path | None, only_check: bool) -> None:
    """Bring content/passages.lock.json up to date with the citations.

    Each cited passage is located in its source's text and fingerprinted. Without a text, what is locked is kept and
    what is new is reported. Also reports claims that copy more than eight words in a row from a text.
    """
    guideline, problems = load.load_guideline(project)
    if guideline is None or problems:
        _fail(problems)  # what cannot be read would lose its passages
    today = datetime.datetime.now(tz=datetime.UTC).date()
    passages, report = update_lock(guideline, load.load_texts(texts), load.load_readings(readings), today)
    for heading, lines in (
        ("passage changed in its text", report.changed),
        ("not locked", report.unlocked),
        ("copied", report.copied),
    ):
        for line in lines:
            click.echo(f"{heading}: {line}")
    content = serialise(passages)
    if not only_check:
        write_file(project / "content/passages.lock.json", content)
    click.echo(
        f"{len(passages)} passages: {report.located} located in texts, {report.read} from readings, {report.kept} kept,"
        f" {len(report.unlocked)} not locked",
        err=True,
    )
    sys.exit(1 if report.unlocked or report.copied or (only_check and content != guideline.lock_file) else 0)


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what RULE asks and why; without RULE, list all rules."""
    rules = all_rules()
    if rule is None:
        width = max(map(len, rules))
        for name, text in rules.items():
            click.echo(f"{name:{width}}  {text.splitlines()[0]}")
    elif rule in rules:
        click.echo(f"{rule}\n\n{rules[rule]}")
    else:
        raise click.BadParameter(f"no rule is named {rule!r}; `python -m generator explain` lists them")


def all_rules() -> dict[str, str]:
    """Return the text of every rule by its id: those of reading first, then those of the checks."""
    documented = {name: inspect.cleandoc(module.__doc__ or "") for name, module in checks.RULES.items()}
    return {**yaml_source.RULES, **load.RULES, **fields.RULES, **documented}


def read(project: Path) -> tuple[Guideline | None, list[Problem]]:
    """Return the guideline and every problem of its content, in order."""
    guideline, problems = load.load_guideline(project)
    if guideline is not None:
        problems = [*problems, *checks.run(guideline)]
    return guideline, in_order(problems)


def build_pages(project: Path) -> tuple[Guideline, Written]:
    """Check, render and write the pages of a project; report problems and exit where there are any."""
    guideline = _read_or_exit(project, needs_clean=True)
    try:
        return guideline, write_files(project / "docs", render(guideline, all_rules()))
    except WriteError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)


def navigation(guideline: Guideline, kind: str) -> list[dict[str, str]]:
    """Return the entries of a kind for the site's navigation, by name."""
    records = [(record.name, id_) for id_, record in guideline.records.items() if kind == record.KIND]
    return [{name: str(record_page(id_))} for name, id_ in sorted(records, key=lambda item: item[0].casefold())]


def _read_or_exit(project: Path, needs_clean: bool) -> Guideline:
    guideline, problems = read(project)
    if guideline is None or (needs_clean and problems):
        _fail(problems)
    return guideline


def _fail(problems: list[Problem]) -> NoReturn:
    click.echo(FORMATS["text"](problems), nl=False, err=True)
    click.echo(f"{len(problems)} problems: nothing was written", err=True)
    sys.exit(1)
