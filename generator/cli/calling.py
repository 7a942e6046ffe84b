"""How the program was called: what it tells people to run is what they would type."""

import sys
from pathlib import Path

from generator.web import TOOL

WRITTEN = "python -m generator"
"""How messages and rules name the program."""


def is_installed() -> bool:
    """Return whether the command of an installed program was called, and not its package."""
    return Path(sys.argv[0]).stem == TOOL


def as_called(text: str) -> str:
    """Return a text in which the program is named as it was called."""
    return text.replace(WRITTEN, TOOL) if is_installed() else text


def command() -> list[str]:
    """Return what begins a command line that calls the program in the same way."""
    return (
        [sys.executable, str(Path(sys.argv[0]).absolute())] if is_installed() else [sys.executable, "-m", "generator"]
    )
