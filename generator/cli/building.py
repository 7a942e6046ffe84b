"""Commands that make the site: its pages, and both editions with what is printed, ready to be given to others."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import click

from generator.cli.calling import command as called
from generator.cli.common import PROJECT, fault, main
from generator.links import offline_copy
from generator.press import Printing, packed
from generator.publish.archive import pack
from generator.publish.downloads import HOME, ZIP_LABEL, Download, with_downloads
from generator.publish.folder import SERVED_ONLY, for_folder
from generator.publish.policy import PolicyError, with_policy
from generator.publish.start import start_page, with_start
from generator.publish.sums import SUMS, digest, write_sums
from generator.publish.worker import kept_size, make_worker
from generator.speech import speech_in
from generator.words import plural
from generator.write import WriteError, forget_unused, kept, read_files, swap_in, workplace, write_file

OFFLINE_ZIP = "site-offline.zip"
CACHE = ".cache"
PLAN, PRINTS = "plan.json", "prints.json"
"""Files of a build, below its folder: the plan, and what is still to be typeset."""
LONG = 100_000
"""Bytes of data from which a PDF is typeset in a process of its own."""
KEPT_SECONDS = 30 * 24 * 3600
"""How long a PDF that no build used is kept."""


class Plan(NamedTuple):
    """What the content says of the rest of a build: slug, title, edition line, version and date, settings for
    `mkdocs_site`, and what the PDFs on the home page are called, by path."""

    slug: str
    title: str
    edition: str
    version: str
    date: str
    settings: dict[str, Any]
    offered: dict[str, str]


@main.command()
@click.option("--offline", "only_offline", is_flag=True, help="Build the offline edition alone.")
@click.pass_obj
def site(project: Path, only_offline: bool) -> None:
    """Check the content and build the site: pages, handbook, ward sheets and offline copy, with checksums.

    MkDocs builds the pages once, and the offline edition is made of them. Both editions are built aside and put in the
    place of site/ and site-offline/ when they are whole. Exits with 1 if the content has problems, or if a link leads
    nowhere.
    """
    with workplace(project / CACHE) as work:
        plan = prepared(project, work)
        speech = speech_in(plan.settings["interface"])
        with engine(work, plan.settings):
            say("MkDocs builds the pages")
            print_all(read_printings(work), project / CACHE, work / "added")
        offered = [download(work / "added" / path, PurePosixPath(path), label) for path, label in plan.offered.items()]
        offline, hosted = Edition(work / "site-offline"), None if only_offline else Edition(work / "site")
        home = fill(work, offline, hosted)
        offline.put(HOME, for_folder(with_downloads(home, offered, speech)).encode())
        offline.close()
        start = start_page(plan.title, plan.edition, offered, speech)
        copy = pack(with_start(start, _files(offline.folder)), f"{plan.slug}-{plan.version}")
        write_file(work / OFFLINE_ZIP, copy)
        if hosted:
            zipped = offline_copy(plan.slug)
            hosted.put(zipped, copy)
            offered.append(download(work / OFFLINE_ZIP, zipped, speech.say(ZIP_LABEL)))
            hosted.put(HOME, with_downloads(home, offered, speech).encode())
            sizes = {path: kept_size(path, content) for path, content in _files(hosted.folder)}
            for path, content in make_worker(hosted.digests, sizes, plan.version, plan.date).items():
                hosted.put(path, content)
            hosted.close()
            swap_in(hosted.folder, project / "site")
        swap_in(offline.folder, project / "site-offline")
        (work / OFFLINE_ZIP).replace(project / OFFLINE_ZIP)
    forget_unused(project / CACHE / "pdf", time.time() - KEPT_SECONDS)


def say(words: str) -> None:
    """Say how far a long command is."""
    click.echo(words, err=True)


def prepared(project: Path, work: Path) -> Plan:
    """Read the content and write the pages in a process of its own; exit as it does if it fails."""
    command = [*called(), "--project", str(project.resolve()), "prepare", str(work.resolve())]
    status = subprocess.run(command, cwd=PROJECT).returncode  # noqa: S603
    if status:
        sys.exit(max(status, 0) or 2)  # 2 where it was killed
    return Plan(**json.loads((work / PLAN).read_bytes()))


def write_printings(prints: Mapping[PurePosixPath, Printing], work: Path) -> None:
    """Leave what is to be typeset to the process that waits."""
    waiting = {str(path): (each.template, each.data.decode(), each.time) for path, each in prints.items()}
    write_file(work / PRINTS, json.dumps(waiting).encode())


def read_printings(work: Path) -> dict[PurePosixPath, Printing]:
    """Return what `write_printings` left."""
    waiting = json.loads((work / PRINTS).read_bytes())
    return {
        PurePosixPath(path): Printing(template, data.encode(), time) for path, (template, data, time) in waiting.items()
    }


def print_all(prints: Mapping[PurePosixPath, Printing], cache: Path, folder: Path) -> None:
    """Write PDFs below a folder, those made of the same before from the cache."""
    for path, printing in prints.items():
        make = partial(typeset_apart, printing) if len(printing.data) > LONG else printing.typeset
        write_file(folder / path, kept(cache / "pdf", printing.key, make))


def typeset_apart(printing: Printing) -> bytes:
    """Typeset in a process of its own, which gives its memory back before the PDF is packed."""
    command = [sys.executable, "-m", "generator.press", printing.template, str(printing.time)]
    done = subprocess.run(command, cwd=PROJECT, input=printing.data, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return packed(done.stdout)


@contextmanager
def engine(work: Path, settings: dict[str, Any]) -> Iterator[None]:
    """Build the pages with MkDocs while the body runs; exit with 1, and its words, if it fails."""
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


class Edition:
    """An edition as it is put together in a folder, with the SHA-256 of each file."""

    def __init__(self, folder: Path):
        self.folder, self.digests, self.size = folder, dict[PurePosixPath, str](), 0

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Write a file."""
        write_file(self.folder / path, content)
        self.digests[path] = digest(content)
        self.size += len(content)

    def close(self) -> None:
        """Write the checksums, and say what there is."""
        self.put(SUMS, write_sums(self.digests))
        say(f"{self.folder.name}/: {plural(len(self.digests), 'file')}, {self.size / 1e6:.1f} MB")


def fill(work: Path, offline: Edition, hosted: Edition | None) -> str:
    """Put what MkDocs and Typst made into the editions, pages with their policy; return the home page, not yet put."""
    home = ""
    for path, content in chain(_files(work / "pages"), _files(work / "added")):
        pages = (content, content)
        if path.suffix == ".html":
            try:
                page = with_policy(content.decode("utf-8"))
            except PolicyError as error:
                fault(f"site/{path}: {error}")
            if path == HOME:
                home = page
                continue
            pages = (page.encode(), for_folder(page).encode())
        if hosted:
            hosted.put(path, pages[0])
        if path not in SERVED_ONLY:
            offline.put(path, pages[1])
    return home


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
