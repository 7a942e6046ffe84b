"""The command that begins a new guideline: a folder that passes `check`, and names what is to be replaced in it."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click

from generator.cli.common import PROJECT, fault, main
from generator.web import TOOL
from generator.words import plural
from generator.write import WriteError, read_files, write_folder

PACKAGE = PROJECT / "generator"
ASSETS = PurePosixPath("docs/assets")
OVERRIDES = PurePosixPath("overrides")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin a new guideline in FOLDER, which is new or empty.

    It has a profile, a vocabulary, one record of each kind, one source, pages, scripts, styles and tests, and passes
    `check`, which names the placeholders that are left. It is written as a whole or not at all.
    """
    if folder.exists() and folder.samefile(Path.cwd()):
        fault("the current folder cannot be replaced: go to the one above it, and name this one")
    try:
        files = dict(new_guideline())
        write_folder(folder, files)
    except (OSError, WriteError) as error:
        fault(error)
    click.echo(f"{folder}: {plural(len(files), 'file')} written; `{TOOL} check` there says what to replace", err=True)


def new_guideline() -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the files of a new guideline by their paths in it: what it begins with, and the program's pages."""
    for path, content in read_files(PACKAGE / "starter"):
        if "__pycache__" not in path.parts:  # its test is compiled where a wheel is installed
            yield path, content
    for folder in (ASSETS, OVERRIDES):
        for path, content in read_files(shipped(folder)):
            if folder != ASSETS or path.suffix in (".css", ".js"):  # the pictures are of this guideline
                yield folder / path, content


def shipped(folder: PurePosixPath) -> Path:
    """Return where a folder of the program outside of its package is: a wheel has it inside, a checkout beside."""
    inside = PACKAGE / "shipped" / folder
    return inside if inside.is_dir() else PROJECT / folder
