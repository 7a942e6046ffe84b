"""Commands on what is given to others: handbook, ward sheets, and a copy of the site."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import click

from generator import links
from generator.cli.common import fault, main, read_or_exit
from generator.press import Printing
from generator.publish.sums import SUMS, SumsError, differences_of, digest, read_sums
from generator.render.book.typesetting import (
    PAPERS,
    handbook_paths,
    pocket_paths,
    prepare_pocket,
    prepare_sheet,
    prepare_volume,
)
from generator.render.book.volumes import Volume, sheet_records
from generator.write import WriteError, read_files, write_file


def printed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of what is printed: the paper, and the file to write."""
    file = click.Path(dir_okay=False, path_type=Path)
    output = click.option("-o", "--output", type=file, help="The file to write; by default its name on the site.")
    paper = click.option(
        "--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="Size of the paper."
    )
    return output(paper(click.pass_obj(command)))


@main.command()
@printed
def handbook(project: Path, paper: str, output: Path | None) -> None:
    """Typeset the handbook as PDF; a long handbook in volumes, each a file."""
    guideline = read_or_exit(project, needs_clean=True)
    typeset_volumes(handbook_paths(guideline), lambda volume: prepare_volume(guideline, volume, paper), output)


@main.command()
@printed
def pocket(project: Path, paper: str, output: Path | None) -> None:
    """Typeset the pocket edition as PDF: all ward sheets, two to a page; many in volumes, each a file."""
    guideline = read_or_exit(project, needs_clean=True)
    typeset_volumes(pocket_paths(guideline), lambda volume: prepare_pocket(guideline, volume, paper), output)


@main.command()
@click.argument("record")
@printed
def sheet(project: Path, record: str, paper: str, output: Path | None) -> None:
    """Typeset the ward sheet of a RECORD, by its id `folder/name`, as PDF."""
    guideline = read_or_exit(project, needs_clean=True)
    if record not in sheet_records(guideline):
        raise click.BadParameter(f"no record with a ward sheet has the id {record!r}", param_hint="RECORD")
    typeset_to(output or Path(links.sheet(record).name), prepare_sheet(guideline, record, paper))


def typeset_volumes(
    volumes: Mapping[PurePosixPath, Volume], prepare: Callable[[Volume], Printing], output: Path | None
) -> None:
    """Write each volume to its name on the site, or to another with the volume's number."""
    for path, volume in volumes.items():
        number = f"-{volume.number}" if volume.total > 1 else ""
        typeset_to(output.with_stem(output.stem + number) if output else Path(path), prepare(volume))


def typeset_to(path: Path, printing: Printing) -> None:
    """Write a PDF and say how long it is."""
    content = printing.typeset()
    write_file(path, content)
    click.echo(f"{path}: {len(content):,} bytes", err=True)


@main.command("verify-copy")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--sums",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Checksums of the same edition from a place that you trust; by default those in the folder.",
)
def verify_copy(folder: Path, sums: Path | None) -> None:
    """Say which files of a copy of the site differ from its SHA256SUMS, are missing, or were added.

    Exit status 1 where one does. Checksums inside the folder show damage; only checksums from a place you trust show
    that nobody changed both.
    """
    if sums is None and not (folder / SUMS).is_file():
        fault(f"{folder / SUMS} is missing: name a file of checksums with --sums")
    try:
        digests = {path: digest(content) for path, content in read_files(folder)}
        found = differences_of(digests, read_sums((sums or folder / SUMS).read_bytes()))
    except (SumsError, WriteError) as error:
        fault(error)
    for what, paths in (("differs", found.changed), ("is missing", found.missing), ("was added", found.added)):
        for path in paths:
            click.echo(f"{path} {what}")
    click.echo("the copy is not as it was published" if found else "the copy is as it was published", err=True)
    sys.exit(1 if found else 0)
