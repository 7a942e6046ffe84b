"""A guideline to the pages it makes: pure, and the same bytes for the same guideline."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.guideline import Guideline
from generator.links import HANDBOOK, OFFLINE_COPY
from generator.render.book.typesetting import render_handbook, render_leaflets
from generator.render.data.exports import render_exports
from generator.render.site.pages import Download, render_pages


def render_files(guideline: Guideline) -> dict[PurePosixPath, bytes]:
    """Return every generated file that is no page: data, handbook, leaflets. Needs a guideline without problems."""
    data = {path: text.encode() for path, text in render_exports(guideline).items()}
    return data | {HANDBOOK: render_handbook(guideline)} | render_leaflets(guideline)


def render(
    guideline: Guideline, rules: Mapping[str, str], files: Mapping[PurePosixPath, bytes]
) -> dict[PurePosixPath, bytes]:
    """Return every generated file by its path below `docs/`: the pages, and the files that they offer.

    Needs a guideline without problems; `rules` are the texts of the rules by their ids; `files` are those of
    `render_files`, and the offline copy where there is one.
    """
    offered = [
        Download(path, len(files[path]), hashlib.sha256(files[path]).hexdigest())
        for path in (HANDBOOK, OFFLINE_COPY)
        if path in files
    ]
    pages = render_pages(guideline, rules, offered)
    return {path: text.encode() for path, text in pages.items()} | dict(files)
