"""Commands that make of the content the pages of a project, and what else a build of the site needs of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import yaml
from markupsafe import escape

from generator.cli.building import CACHE, PLAN, Plan, print_all, say, write_printings
from generator.cli.common import all_rules, fault, main, read_or_exit
from generator.facts.edition import copyright_line, edition_line
from generator.guideline import Guideline
from generator.links import DATA, MANIFEST, record_page, sheet
from generator.profile import kind_of
from generator.render import render
from generator.render.book.typesetting import offered, pocket_paths, printings
from generator.render.book.volumes import sheet_records
from generator.render.data.exports import FOLDER, export_makers
from generator.render.site.bundles import render_scripts
from generator.render.site.jsonld import dataset_jsonld
from generator.speech import all_words
from generator.words import plural
from generator.write import WriteError, Written, write_file, write_files

CONFIG = "mkdocs.yml"


@main.command()
@click.pass_obj
def build(project: Path) -> None:
    """Write the generated pages, scripts and data files below docs/, and remove those that are stale.

    Writes nothing if the content has problems; it then reports them and exits with 1.
    """
    written = write_pages(project, read_or_exit(project, needs_clean=True))
    pages = plural(written.written, "page")
    click.echo(f"{pages} written, {written.unchanged} unchanged, {written.removed} removed", err=True)


@main.command(hidden=True)
@click.argument("work", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def prepare(project: Path, work: Path) -> None:
    """Write the pages, and into WORK, the folder of a build, its plan and the pocket edition: the first part of `site`.

    A process of its own gives its memory back. Exits with 1 if the content has problems.
    """
    guideline = read_or_exit(project, needs_clean=True)
    about = guideline.about
    plan = Plan(
        slug=guideline.profile.topic.slug,
        title=about.title,
        edition=edition_line(guideline),
        version=about.version,
        date=about.date.isoformat(),
        settings=site_settings(project, guideline),
        offered={str(path): label for path, label in offered(guideline).items()},
    )
    write_file(work / PLAN, json.dumps(plan._asdict()).encode())
    prints = dict(printings(guideline))
    pocket = {path: prints.pop(path) for path in pocket_paths(guideline)}
    write_printings(prints, work)
    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(print_all, pocket, project / CACHE, work / "added")
        write_pages(project, guideline)
        say(f"{plural(len(guideline.records), 'record')}, {plural(len(guideline.claims), 'claim')}: pages written")
        printing.result()


def write_pages(project: Path, guideline: Guideline) -> Written:
    """Render and write the pages of a project; exit if one cannot be written."""
    try:
        return write_files(
            project / "docs", {**render(guideline, all_rules()), **render_scripts(guideline.about.interface)}
        )
    except WriteError as error:
        fault(error)


def site_settings(project: Path, guideline: Guideline) -> dict[str, Any]:
    """Return the settings that `mkdocs_site` builds the pages by."""
    if not (project / "docs" / MANIFEST).is_file():
        fault(f"docs/{MANIFEST} is missing: every page names it")
    sections = yaml.safe_load((project / CONFIG).read_text("utf-8"))["nav"]
    files = [path for path in export_makers(guideline) if path.parent == FOLDER]
    return {
        "config_file": str((project / CONFIG).resolve()),
        "config": engine_settings(guideline, sections),
        "not_in_nav": [f"/{record_page(old)}" for old in guideline.former if "#" not in old],
        "interface": guideline.about.interface,
        "language": guideline.about.language,
        "said": all_words(guideline.about.interface),
        "by_hand": [file.removeprefix("docs/") for file in guideline.handwritten if file.startswith("docs/")],
        "ends": {str(DATA): str(dataset_jsonld(guideline, files))},
        "promised": [str(sheet(id_)) for id_ in sheet_records(guideline)],
    }


def navigation(guideline: Guideline, kind: str) -> list[dict[str, str]]:
    """Return the entries of a kind for the site's navigation, by name; the theme shows names as HTML, unescaped."""
    records = sorted(
        ((record.name, id_) for id_, record in guideline.records.items() if kind == kind_of(id_)),
        key=lambda item: item[0].casefold(),
    )
    return [{str(escape(name)): str(record_page(id_))} for name, id_ in records]


def engine_settings(guideline: Guideline, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the configuration of a site engine takes from the content: `nav`, `site_url` and `copyright`.

    `sections` is `nav` of mkdocs.yml: a section that begins with the index page of a kind gets its records.
    """
    about = guideline.about
    records = {f"{kind}/index.md": navigation(guideline, kind) for kind in guideline.profile.kinds}
    return {
        "nav": [
            {title: [*pages, *records.get(str(pages[0]), [])] if isinstance(pages, list) else pages}
            for section in sections
            for title, pages in section.items()
        ],
        "site_url": f"{about.address.rstrip('/')}/" if about.address else "",
        "copyright": copyright_line(about),
    }
