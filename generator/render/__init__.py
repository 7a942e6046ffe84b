"""A guideline to the files that it makes: pure, and the same bytes for the same guideline."""

from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath

from generator.guideline import Guideline
from generator.render.data.exports import render_exports
from generator.render.data.search_index import search_makers
from generator.render.site.pages import render_pages


def render(guideline: Guideline, rules: Mapping[str, str]) -> dict[PurePosixPath, bytes]:
    """Return the pages and data files by their paths below `docs/`; what is printed is made by `book.typesetting`.

    Needs a guideline without problems; `rules` are the texts of the rules by their ids.
    """
    files: dict[PurePosixPath, str | bytes] = {**render_pages(guideline, rules)}
    search = search_makers(guideline, {path: partial(str, text) for path, text in files.items()})
    files |= {path: make() for path, make in search.items()}
    del search
    files |= render_exports(guideline)
    return {path: _as_bytes(files.pop(path)) for path in [*files]}  # so that no file is held twice


def _as_bytes(file: str | bytes) -> bytes:
    return file if isinstance(file, bytes) else file.encode()
