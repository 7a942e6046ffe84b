"""Commands on what is given to others: the handbook, and a copy of the site."""

import sys
from pathlib import Path

import click

from generator.cli.common import fault, main, read_or_exit
from generator.publish.sums import SUMS, SumsError, compare, digest, read_sums
from generator.render.book.content import volumes
from generator.render.book.typesetting import PAPERS, prepare, prepare_leaflet
from generator.write import WriteError, read_files, write_file


@main.command()
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="Size of the paper.")
@click.option("--only", multiple=True, metavar="RECORD", help="A record's id: make a leaflet of it. May be repeated.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("handbook.pdf"),
    show_default=True,
    help="The file to write.",
)
@click.pass_obj
def handbook(project: Path, paper: str, only: tuple[str, ...], output: Path) -> None:
    """Typeset the handbook, or a leaflet of single records, as PDF; a long handbook in volumes, each a file."""
    guideline = read_or_exit(project, needs_clean=True)
    for record in only:
        if record not in guideline.records:
            raise click.BadParameter(f"no record has the id {record!r}", param_hint="--only")
    if only:
        printings = {output: prepare_leaflet(guideline, only, paper)}
    else:
        found = volumes(guideline)
        names = [output.stem + (f"-{volume.number}" if len(found) > 1 else "") for volume in found]
        printings = {
            output.with_stem(name): prepare(guideline, volume, paper) for name, volume in zip(names, found, strict=True)
        }
    for path, printing in printings.items():
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
        found = compare(digests, read_sums((sums or folder / SUMS).read_bytes()))
    except (SumsError, WriteError) as error:
        fault(error)
    for what, paths in (("differs", found.changed), ("is missing", found.missing), ("was added", found.added)):
        for path in paths:
            click.echo(f"{path} {what}")
    click.echo("the copy is not as it was published" if found else "the copy is as it was published", err=True)
    sys.exit(1 if found else 0)
