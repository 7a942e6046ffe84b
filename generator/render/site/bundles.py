"""The scripts of the pages, each put together of modules that have one idea.

A module is a file of `scripts/` beside this one: it makes one constant or class, and uses those before it. Pages load
plain scripts, as a folder without a server allows no modules, and few of them.
"""

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import PurePosixPath

from generator.speech import ENGLISH, all_words

FOLDER = PurePosixPath("scripts")

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "guideline": (
        *("words", "elements", "contents", "edition", "folds", "cards", "copying"),
        *("rows", "tables", "matrix", "guideline"),
    ),
    "offline": ("words", "elements", "notices", "offline"),
    "search-box": ("words", "search-box"),
    "calculator": ("words", "elements", "sums", "calculator"),
    "pathway": ("words", "elements", "edition", "way", "steps", "way-card", "pathway"),
    "search": ("words", "spelling", "query", "ranking", "search"),
    "search-hits": ("words", "elements", "ranking", "search-hits"),
    "propose": (
        *("elements", "proposal-letter", "proposal-numbers", "proposal-rules", "proposal-fields"),
        *("proposal-drafts", "propose"),
    ),
}
"""The modules of each script, in their order; the last one does something when it is loaded."""

_NO_WORDS = "const SAID = {};"
_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)


def read_module(name: str) -> str:
    """Return a module as it is written."""
    return resources.files("generator.render.site").joinpath("scripts", f"{name}.js").read_text("utf-8")


def render_scripts(language: str = ENGLISH) -> dict[PurePosixPath, bytes]:
    """Return the scripts by their paths below `docs/`, each with its words in the language of the interface."""
    said = all_words(language)
    return {FOLDER / f"{name}.js": _speaking(_bundle(modules), said).encode() for name, modules in BUNDLES.items()}


def _speaking(script: str, said: Mapping[str, str]) -> str:
    """Return a script with those of some words that it says; English ones stand in it already."""
    own = {words: each for words, each in said.items() if json.dumps(words, ensure_ascii=False) in script}
    return script.replace(_NO_WORDS, f"const SAID = {json.dumps(own, ensure_ascii=False)};", 1) if own else script


def _bundle(names: tuple[str, ...]) -> str:
    """Return modules as one script, whose names are its own; comments that have lines of their own are left out."""
    modules = "\n".join(_COMMENT.sub("", read_module(name)).strip("\n") for name in names)
    text = re.sub(r"\n{2,}", "\n", modules)
    return f'/* Of the modules {", ".join(names)}. */\n(function () {{\n"use strict";\n{text}\n}})();\n'
