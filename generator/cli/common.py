"""What the commands share: the group they belong to, reading a project, and stopping with a word of why."""

import inspect
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import click
from markupsafe import escape

from generator import check as checks
from generator import fields, load, yaml_source
from generator.guideline import Guideline
from generator.links import OFFLINE_COPY, record_page
from generator.model import reviewed
from generator.problems import FORMATS, Problem, in_order
from generator.publish.archive import holds
from generator.render import render, render_files
from generator.words import plural
from generator.write import WriteError, Written, write_files

PROJECT = Path(__file__).resolve().parent.parent.parent
OFFLINE_ZIP = "site-offline.zip"
EXPLAIN = "`python -m generator explain RULE` says what a rule asks, and why"


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


def all_rules() -> dict[str, str]:
    """Return the text of every rule by its id: those of reading first, then those of the checks."""
    documented = {name: inspect.cleandoc(module.__doc__ or "") for name, module in checks.RULES.items()}
    return {**yaml_source.RULES, **load.RULES, **fields.RULES, **documented}


def read(project: Path, from_git: bool = False) -> tuple[Guideline | None, list[Problem]]:
    """Return the guideline and every problem of its content, in order; see `load_guideline`."""
    guideline, problems = load.load_guideline(project, from_git)
    if guideline is not None:
        problems = [*problems, *checks.run(guideline)]
    return guideline, in_order(problems)


def build_pages(project: Path, hosted: bool) -> tuple[Guideline, Written]:
    """Check, render and write the pages of a project; report problems and exit where there are any.

    The hosted edition offers the offline copy, where one was made of the same content.
    """
    guideline = read_or_exit(project, needs_clean=True)
    files = render_files(guideline)
    copy = project / OFFLINE_ZIP
    if hosted and copy.is_file() and holds(content := copy.read_bytes(), files):
        files[OFFLINE_COPY] = content
    try:
        return guideline, write_files(project / "docs", render(guideline, all_rules(), files))
    except WriteError as error:
        fault(error)


def navigation(guideline: Guideline, kind: str) -> list[dict[str, str]]:
    """Return the entries of a kind for the site's navigation, by name; the theme shows names as HTML, unescaped."""
    records = [(record.name, id_) for id_, record in guideline.records.items() if kind == record.KIND]
    return [
        {str(escape(name)): str(record_page(id_))} for name, id_ in sorted(records, key=lambda item: item[0].casefold())
    ]


def engine_settings(guideline: Guideline, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the configuration of a site engine takes from the content: `nav`, `site_url` and `copyright`.

    `sections` is `nav` of mkdocs.yml: a section that begins with the index page of a kind gets its records.
    """
    about = guideline.about
    records = {f"{kind}/index.md": navigation(guideline, kind) for kind in fields.KINDS}
    return {
        "nav": [
            {title: [*pages, *records.get(str(pages[0]), [])] if isinstance(pages, list) else pages}
            for section in sections
            for title, pages in section.items()
        ],
        "site_url": f"{about.address.rstrip('/')}/" if about.address else "",
        "copyright": f"{'Reviewed' if reviewed(about) else 'Unreviewed'}. Version {about.version}, {about.date}."
        f" Content: {about.licence}.",
    }


def read_or_exit(project: Path, needs_clean: bool) -> Guideline:
    """Return the guideline; print the problems and exit with 1 where it cannot be read, or must be clean and is not."""
    guideline, problems = read(project)
    if guideline is None or (needs_clean and problems):
        fail(problems)
    return guideline


def server_address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Return the address of a server without a slash at its end; refuse what is none."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter(f"{value!r} is not an http or https address")
    return value.rstrip("/")


def fault(error: object) -> NoReturn:
    """Say what went wrong outside of the content, and exit with 2."""
    click.echo(f"error: {error}", err=True)
    sys.exit(2)


def fail(problems: list[Problem]) -> NoReturn:
    """Print problems of the content, and exit with 1."""
    click.echo(FORMATS["text"](problems), nl=False, err=True)
    click.echo(f"{plural(len(problems), 'problem')}: nothing was written; {EXPLAIN}", err=True)
    sys.exit(1)
