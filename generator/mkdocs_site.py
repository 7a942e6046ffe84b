"""One edition of the site, built by MkDocs in a process of its own: `python -m generator.mkdocs_site SETTINGS`.

`generator site` writes the pages and the settings, a JSON file; nothing of the generator is needed here, so that two
editions take little memory side by side. Warnings, such as a link that leads nowhere, are printed and fail the build.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from pathspec.gitignore import GitIgnoreSpec


class _NoOptions(Config):
    pass


class Promised(BasePlugin[_NoOptions]):
    """Lets pages link to files that are put into the site after MkDocs has built it; none of them is written here."""

    def __init__(self, paths: Sequence[str]):
        self._paths = paths
        self._added: list[File] = []

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Name the files, so that links to them are checked and written as to any other."""
        self._added = [File.generated(config, path, content=b"") for path in self._paths]
        for file in self._added:
            files.append(file)
        return files

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Take them out again before MkDocs copies files; all links were read by then."""
        for file in self._added:
            files.remove(file)


class OwnSearch(BasePlugin[_NoOptions]):
    """Leaves out what only the theme's search would use: a megabyte of word lists and workers."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out the files."""
        for file in list(files):
            if file.src_uri.startswith(("assets/javascripts/lunr/", "assets/javascripts/workers/")):
                files.remove(file)
        return files


_FIRST_CELL = re.compile(r"(<tr>\s*)<td([^>]*)>(?!\s*</td>)(.*?)</td>", re.DOTALL)


class RowHeads(BasePlugin[_NoOptions]):
    """Makes the first cell of each row of a table its head, so that a screen reader names the row with each cell.

    Markdown has no word for that. A cell without words is none.
    """

    def on_page_content(self, html: str, **_: Any) -> str:
        """Return the HTML of a page's Markdown with a head in each row; cells hold no table."""
        return _FIRST_CELL.sub(r'\1<th scope="row"\2>\3</th>', html)


class Ends(BasePlugin[_NoOptions]):
    """Puts to the end of hand-written pages what only the content knows, such as the description of its data."""

    def __init__(self, ends: Mapping[str, str]):
        self._ends = ends

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Return the HTML of a page's Markdown with its end."""
        return html + self._ends.get(page.file.src_uri, "")


class ByHand(BasePlugin[_NoOptions]):
    """Says in which language pages are that are written by hand, where that is another than that of the interface."""

    def __init__(self, pages: Sequence[str], language: str):
        self._pages = frozenset(pages)
        self._language = language

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Return the HTML of a page's Markdown, marked if it is one of them."""
        return f'<div lang="{self._language}">{html}</div>' if page.file.src_uri in self._pages else html


def _said(part: Any, said: Mapping[str, str]) -> Any:
    """Return a navigation whose titles that are known are said in the language of the interface."""
    if isinstance(part, dict):
        return {said.get(title, title): _said(pages, said) for title, pages in part.items()}
    return [_said(each, said) for each in part] if isinstance(part, list) else part


def _speak(config: MkDocsConfig, settings: dict[str, Any]) -> None:
    """Have the theme and the navigation speak the language of the interface, if it is not English."""
    said = config.extra["said"] = settings["said"]
    config.theme["language"] = settings["interface"]
    config.nav = _said(config.nav, said)
    palettes = config.theme.get("palette")
    for palette in palettes if isinstance(palettes, list) else []:
        if toggle := palette.get("toggle"):
            toggle["name"] = said.get(toggle["name"], toggle["name"])
    if settings["language"] != settings["interface"]:
        config.plugins["by-hand"] = ByHand(settings["by_hand"], settings["language"])


def adapt(config: MkDocsConfig, settings: dict[str, Any]) -> None:
    """Put into a configuration what comes from the content, pages and promised files, and what all editions share."""
    config.not_in_nav = (config.not_in_nav or GitIgnoreSpec([])) + GitIgnoreSpec.from_lines(settings["not_in_nav"])
    config.plugins["promised"] = Promised(settings["promised"])
    config.plugins["own-search"] = OwnSearch()
    config.plugins["row-heads"] = RowHeads()
    config.plugins["ends"] = Ends(settings["ends"])
    if settings["interface"] != "en":
        _speak(config, settings)


def main(file: str) -> None:
    """Build as a file of settings says; MkDocs exits with 1 if it warned of something."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    settings = json.loads(Path(file).read_text("utf-8"))
    config = load_config(settings["config_file"], hooks=[], strict=True, **settings["config"])
    adapt(config, settings)
    build(config)


if __name__ == "__main__":
    main(sys.argv[1])
