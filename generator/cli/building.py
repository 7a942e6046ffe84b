"""Commands that make the site: its pages, and both editions with what is printed, ready to be given to others."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import click
import yaml
from markupsafe import escape

from generator import fields
from generator.cli.common import PROJECT, all_rules, fault, main, read_or_exit
from generator.facts.edition import edition_line
from generator.guideline import Guideline
from generator.links import OFFLINE_COPY, POCKET, record_page, sheet
from generator.model import About, reviewed
from generator.press import packed
from generator.publish.archive import pack
from generator.publish.downloads import HOME, Download, with_downloads
from generator.publish.folder import SERVED_ONLY, for_folder
from generator.publish.policy import PolicyError, with_policy
from generator.publish.start import start_page, with_start
from generator.publish.sums import SUMS, digest, write_sums
from generator.publish.worker import kept_size, make_worker
from generator.render import render
from generator.render.book.sheets import sheet_records
from generator.render.book.typesetting import Printing, handbook_paths, printings
from generator.words import plural
from generator.write import (
    WriteError,
    Written,
    forget_unused,
    kept,
    read_files,
    swap_in,
    workplace,
    write_file,
    write_files,
)

CONFIG = "mkdocs.yml"
SITE = {"hosted": "site", "offline": "site-offline"}
OFFLINE_ZIP = "site-offline.zip"
CACHE = ".cache"
KEPT_SECONDS = 30 * 24 * 3600
"""How long a PDF that no build used is kept."""


@main.command()
@click.pass_obj
def build(project: Path) -> None:
    """Write the generated pages and data files below docs/, and remove those that are stale.

    Writes nothing if the content has problems; it then reports them and exits with 1.
    """
    _, written = write_pages(project)
    pages = plural(written.written, "page")
    click.echo(f"{pages} written, {written.unchanged} unchanged, {written.removed} removed", err=True)


@main.command()
@click.option("--offline", "only_offline", is_flag=True, help="Build the offline edition alone.")
@click.pass_obj
def site(project: Path, only_offline: bool) -> None:
    """Check the content and build the site: pages, handbook, ward sheets and offline copy, with checksums.

    MkDocs builds the pages once, and the offline edition is made of them. Both editions are built aside and put in the
    place of site/ and site-offline/ when they are whole. Exits with 1 if the content has problems, or if a link leads
    nowhere.
    """
    guideline, _ = write_pages(project)
    say(f"{plural(len(guideline.records), 'record')}, {plural(len(guideline.claims), 'claim')}: pages written")
    with workplace(project / CACHE) as work, ThreadPoolExecutor(1) as pool:
        printing = pool.submit(print_all, guideline, project / CACHE / "pdf", work / "added")
        with engine(project, guideline, work):
            say("MkDocs builds the pages")
        printing.result()
        offered = [
            download(work / "added" / path, path, f"Handbook{volume.name} (PDF)")
            for path, volume in handbook_paths(guideline).items()
        ]
        offered.insert(0, download(work / "added" / POCKET, POCKET, "Ward sheets, two to a page (PDF)"))
        finish(work, "offline", guideline.about, offered)
        copy = work / OFFLINE_ZIP
        start = start_page(guideline.about.title, edition_line(guideline), offered)
        files = with_start(start, _files(work / "offline"))
        write_file(copy, pack(files, f"ivig-dermatology-{guideline.about.version}"))
        if not only_offline:
            write_file(work / "added" / OFFLINE_COPY, copy.read_bytes())
            offered.append(download(copy, OFFLINE_COPY, "The whole site (zip): unpack it and open START-HERE.html"))
            finish(work, "hosted", guideline.about, offered)
            swap_in(work / "hosted", project / SITE["hosted"])
        swap_in(work / "offline", project / SITE["offline"])
        copy.replace(project / OFFLINE_ZIP)
    forget_unused(project / CACHE / "pdf", time.time() - KEPT_SECONDS)


def say(words: str) -> None:
    """Say how far a long command is."""
    click.echo(words, err=True)


def write_pages(project: Path) -> tuple[Guideline, Written]:
    """Check, render and write the pages of a project; report problems and exit if there are any."""
    guideline = read_or_exit(project, needs_clean=True)
    try:
        return guideline, write_files(project / "docs", render(guideline, all_rules()))
    except WriteError as error:
        fault(error)


def print_all(guideline: Guideline, cache: Path, folder: Path) -> None:
    """Write every PDF of the site below a folder, those made of the same before from the cache."""
    long = (*handbook_paths(guideline), POCKET)
    for path, printing in printings(guideline):
        make = partial(typeset_apart, printing) if path in long else printing.typeset
        write_file(folder / path, kept(cache, printing.key, make))


def typeset_apart(printing: Printing) -> bytes:
    """Typeset in a process of its own, which gives its memory back before the PDF is packed."""
    command = [sys.executable, "-m", "generator.press", printing.template, str(printing.time)]
    done = subprocess.run(command, cwd=PROJECT, input=printing.data, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return packed(done.stdout)


@contextmanager
def engine(project: Path, guideline: Guideline, work: Path) -> Iterator[None]:
    """Build the pages with MkDocs while the body runs; exit with 1, and its words, if it fails."""
    settings = site_settings(project, guideline)
    settings["config"]["site_dir"] = str((work / "pages").resolve())
    file = work / "mkdocs.json"
    write_file(file, json.dumps(settings).encode())
    command = [sys.executable, "-m", "generator.mkdocs_site", str(file.resolve())]
    with (work / "mkdocs.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=log)  # noqa: S603
    try:
        yield
        if process.wait():
            click.echo((work / "mkdocs.log").read_text("utf-8", errors="replace"), nl=False, err=True)
            click.echo("MkDocs refuses the pages: nothing was changed", err=True)
            sys.exit(1)
    finally:
        process.kill()
        process.wait()


def site_settings(project: Path, guideline: Guideline) -> dict[str, Any]:
    """Return the settings that `mkdocs_site` builds the pages by."""
    sections = yaml.safe_load((project / CONFIG).read_text("utf-8"))["nav"]
    return {
        "config_file": str((project / CONFIG).resolve()),
        "config": engine_settings(guideline, sections),
        "not_in_nav": [f"/{record_page(old)}" for old in guideline.former if "#" not in old],
        "promised": [str(sheet(id_)) for id_ in sheet_records(guideline)],
    }


def navigation(guideline: Guideline, kind: str) -> list[dict[str, str]]:
    """Return the entries of a kind for the site's navigation, by name; the theme shows names as HTML, unescaped."""
    records = sorted(
        ((record.name, id_) for id_, record in guideline.records.items() if kind == record.KIND),
        key=lambda item: item[0].casefold(),
    )
    return [{str(escape(name)): str(record_page(id_))} for name, id_ in records]


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


def finish(work: Path, edition: str, about: About, offered: Sequence[Download]) -> None:
    """Make an edition of what MkDocs and Typst made: policy of each page, downloads, service worker, SHA256SUMS."""
    folder, offline = work / edition, edition == "offline"
    digests: dict[PurePosixPath, str] = {}
    sizes: dict[PurePosixPath, int] = {}
    size = 0

    def put(path: PurePosixPath, content: bytes) -> None:
        nonlocal size
        write_file(folder / path, content)
        digests[path] = digest(content)
        size += len(content)

    for path, content in chain(_files(work / "pages"), _files(work / "added")):
        if offline and path in SERVED_ONLY:
            continue
        if path.suffix == ".html":
            try:
                page = with_policy(content.decode("utf-8"))
            except PolicyError as error:
                fault(f"{SITE[edition]}/{path}: {error}")
            page = with_downloads(page, offered) if path == HOME else page
            content = (for_folder(page) if offline else page).encode()
        put(path, content)
        if not offline:
            sizes[path] = kept_size(path, content)
    for path, content in make_worker(digests, sizes, about).items() if not offline else ():
        put(path, content)
    put(SUMS, write_sums(digests))
    say(f"{SITE[edition]}/: {plural(len(digests), 'file')}, {size / 1e6:.1f} MB")


def download(file: Path, path: PurePosixPath, label: str) -> Download:
    """Return a file as the home page offers it, at a path of the site."""
    content = file.read_bytes()
    say(f"{path}: {len(content) / 1e6:.1f} MB, SHA-256 {digest(content)}")
    return Download(path, label, len(content), digest(content))


def _files(folder: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        yield from read_files(folder)
    except WriteError as error:
        fault(error)
