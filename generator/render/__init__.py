"""A guideline to the pages it makes: pure, and the same bytes for the same guideline."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.guideline import Guideline
from generator.links import HANDBOOK
from generator.render.exports import render_exports
from generator.render.handbook import render_handbook
from generator.render.pages import render_pages


def render(guideline: Guideline, rules: Mapping[str, str]) -> dict[PurePosixPath, bytes]:
    """Return every generated file by its path below `docs/`.

    Needs a guideline without problems; `rules` are the texts of the rules by their ids.
    """
    files = render_pages(guideline, rules) | render_exports(guideline)
    return {path: text.encode() for path, text in files.items()} | {HANDBOOK: render_handbook(guideline)}
