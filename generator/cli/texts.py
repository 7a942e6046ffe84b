"""Where the texts of sources come from: a folder, or PubMed with a cache outside of the project. One option for all."""

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote, urlsplit

import click

from generator import load
from generator.cli.common import fault, server_address
from generator.pubmed.articles import Article, fetch_articles
from generator.pubmed.entrez import KEY, SERVER, Entrez, PubmedError
from generator.web import TOOL, is_private
from generator.words import plural
from generator.write import write_file

PUBMED = "pubmed"
_DAY = 24 * 60 * 60

Command = Callable[..., Any]


def pubmed_options(command: Command) -> Command:
    """Give a command `--server` and `--cache`, which it takes as `pubmed`, a `Pubmed`."""

    @click.option("--server", default=SERVER, show_default=True, callback=server_address, help="Where PubMed is asked.")
    @click.option(
        "--cache",
        type=click.Path(file_okay=False, path_type=Path),
        help="Where texts from PubMed are kept, outside of the project (default: the cache folder of the user).",
    )
    @wraps(command)
    def with_pubmed(*arguments: Any, server: str, cache: Path | None, **options: Any) -> Any:
        return command(*arguments, pubmed=Pubmed(server, cache), **options)

    return with_pubmed


def texts_option(command: Command) -> Command:
    """Give a command `--texts` and what belongs to it, which it takes as `texts`, a `Texts`, or None."""

    @click.option(
        "--texts",
        metavar=f"FOLDER|{PUBMED}",
        help=f"The texts of sources: a folder with one `<pmid>.txt` each, kept out of the project; or `{PUBMED}`, "
        f"which asks PubMed for the abstracts that are not in its cache (a folder of that name is `./{PUBMED}`).",
    )
    @click.option("--refresh", is_flag=True, help="Ask PubMed again for what is in its cache.")
    @pubmed_options
    @wraps(command)
    def with_texts(*arguments: Any, texts: str | None, refresh: bool, pubmed: Pubmed, **options: Any) -> Any:
        if texts not in (None, PUBMED) and not Path(texts).is_dir():
            raise click.BadParameter(f"{texts!r} is no folder, and not `{PUBMED}`", param_hint="--texts")
        if texts not in (None, PUBMED):
            refuse_inside(Path(texts), click.get_current_context().obj)
        chosen = None if texts is None else Texts(None if texts == PUBMED else Path(texts), pubmed, refresh)
        return command(*arguments, texts=chosen, **options)

    return with_texts


def refuse_inside(place: Path, project: Path) -> None:
    """Stop if what holds texts of sources is, or would be, inside of a project, also by a link."""
    if place.resolve().is_relative_to(project.resolve()):
        raise click.UsageError(f"{place} is in the project: the text of a source is not ours to keep there")


@dataclass(frozen=True)
class Pubmed:
    """A server of PubMed, and where what it says is kept; None for the cache folder of the user."""

    server: str
    cache: Path | None = None

    @property
    def entrez(self) -> Entrez:
        """How to ask it: with the key of the environment, if there is one, and by nothing but https or on loopback."""
        key = os.environ.get("NCBI_API_KEY", "").strip()
        if key and not re.fullmatch(KEY, key):
            fault("NCBI_API_KEY is not a key: a key is letters and digits")
        if key and not is_private(self.server):
            fault("NCBI_API_KEY is not sent over http: name an https server, or unset it")
        return Entrez(self.server, sleep, key)

    def folder(self, project: Path) -> Path:
        """Return the folder that keeps its texts, one of each server. Stops where it would be inside the project."""
        base = self.cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / TOOL
        folder = base / PUBMED / quote(urlsplit(self.server).netloc, safe="")
        refuse_inside(folder, project)
        return folder

    def keep(self, project: Path, pmid: str, article: Article) -> Path:
        """Keep the text of a record, and return its file."""
        file = self.folder(project) / f"{pmid}.txt"
        write_file(file, article.text.encode())
        os.utime(file)  # it was asked for now, also where it says the same
        return file


@dataclass(frozen=True)
class Texts:
    """The texts of a folder, or of PubMed if `chosen` is None."""

    chosen: Path | None
    pubmed: Pubmed
    refresh: bool = False

    def load(self, project: Path, pmids: Iterable[str]) -> Mapping[str, str]:
        """Return the texts of sources by PMID: all of a folder, or those that PubMed has of some.

        Says what was asked, how old the rest is, and what PubMed does not know. Exits with 2 where it does not answer.
        """
        if self.chosen is not None:
            return load.load_texts(self.chosen)
        folder, wanted = self.pubmed.folder(project), list(dict.fromkeys(pmids))
        kept = (
            {} if self.refresh else {pmid: age for pmid in wanted if (age := _age(folder / f"{pmid}.txt")) is not None}
        )
        missing = [pmid for pmid in wanted if pmid not in kept]
        try:
            for pmid, article in fetch_articles(missing, self.pubmed.entrez) if missing else ():
                self.pubmed.keep(project, pmid, article)
        except PubmedError as error:
            fault(error)
        except OSError as error:
            fault(f"the cache cannot be written: {error}")
        found = load.load_texts(folder)
        texts = {pmid: found[pmid] for pmid in wanted if pmid in found}
        _tell(texts, kept, missing)
        return texts


def _age(file: Path) -> float | None:
    """Return how long ago a file was written, in seconds; None if there is none."""
    return time.time() - file.stat().st_mtime if file.is_file() else None


def _tell(texts: Mapping[str, str], kept: Mapping[str, float], missing: list[str]) -> None:
    days = plural(int(max(kept.values(), default=0) // _DAY), "day")
    asked = sum(pmid in texts for pmid in missing)
    oldest = f", the oldest for {days} (`--refresh` asks again)" if kept else ""
    click.echo(f"texts of PubMed: {asked} asked for now, {len(kept)} kept{oldest}", err=True)
    if unknown := [pmid for pmid in missing if pmid not in texts]:
        click.echo(f"PubMed has no record of PMID {', '.join(unknown)}", err=True)
    if bare := [pmid for pmid, text in texts.items() if text.count("\n") < 2]:
        click.echo(f"without an abstract in PubMed, so the title alone: {', '.join(bare)}", err=True)
