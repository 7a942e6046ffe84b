"""The scripts of the pages, each put together of modules that have one idea.

A module is a file of `scripts/` beside this one: it makes one constant or class, and uses those before it. Pages load
plain scripts, as a folder without a server allows no modules, and few of them.
"""

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import PurePosixPath

FOLDER = PurePosixPath("scripts")

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "guideline": ("elements", "edition", "folds", "cards", "copying", "rows", "tables", "matrix", "guideline"),
    "offline": ("elements", "notices", "offline"),
    "search-box": ("search-box",),
    "calculator": ("elements", "sums", "calculator"),
    "pathway": ("elements", "edition", "way", "steps", "way-card", "pathway"),
    "search": ("spelling", "query", "ranking", "search"),
    "propose": (
        *("elements", "proposal-letter", "proposal-numbers", "proposal-rules", "proposal-fields"),
        "propose",
    ),
    "search-hits": ("elements", "ranking", "search-hits"),
}
"""The modules of each script, in their order; the last one does something when it is loaded."""

_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)


def read_module(name: str) -> str:
    """Return a module as it is written."""
    return resources.files("generator.render.site").joinpath("scripts", f"{name}.js").read_text("utf-8")


def render_scripts() -> dict[PurePosixPath, bytes]:
    """Return the scripts by their paths below `docs/`."""
    return {FOLDER / f"{name}.js": _bundle(modules).encode() for name, modules in BUNDLES.items()}


def _bundle(names: tuple[str, ...]) -> str:
    """Return modules as one script, whose names are its own; comments that have lines of their own are left out."""
    modules = "\n".join(_COMMENT.sub("", read_module(name)).strip("\n") for name in names)
    text = re.sub(r"\n{2,}", "\n", modules)
    return f'/* Of the modules {", ".join(names)}. */\n(function () {{\n"use strict";\n{text}\n}})();\n'
