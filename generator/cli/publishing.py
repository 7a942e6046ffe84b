"""Commands on what is given to others: the handbook, a built site, a copy of it."""

import sys
from pathlib import Path, PurePosixPath

import click

from generator.cli.common import OFFLINE_ZIP, fault, main, read_or_exit
from generator.publish.archive import pack
from generator.publish.policy import PolicyError, with_policy
from generator.publish.sums import SUMS, SumsError, compare, digest, read_sums, write_sums
from generator.publish.worker import make_worker
from generator.render.book.typesetting import PAPERS, render_handbook
from generator.words import plural
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
    """Typeset the handbook, or a leaflet of single records, as PDF."""
    guideline = read_or_exit(project, needs_clean=True)
    for record in only:
        if record not in guideline.records:
            raise click.BadParameter(f"no record has the id {record!r}", param_hint="--only")
    content = render_handbook(guideline, paper, only)
    write_file(output, content)
    click.echo(f"{output}: {len(content):,} bytes", err=True)


@main.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--offline", is_flag=True, help=f"The folder is the offline edition: also pack it as {OFFLINE_ZIP}.")
@click.pass_obj
def publish(project: Path, site: Path, offline: bool) -> None:
    """Make a built SITE ready to be given to others.

    Adds the policy for scripts to each page, the service worker, SHA256SUMS, and packs the offline edition. Stops at an
    inline script that is not the theme's. May be run again.
    """
    about = read_or_exit(project, needs_clean=True).about
    files = _read_site(site)
    for path in [path for path in files if path.suffix == ".html"]:
        try:
            files[path] = with_policy(files[path].decode("utf-8")).encode()
        except PolicyError as error:
            fault(f"{site / path}: {error}")
        write_file(site / path, files[path])
    if not offline:
        for path, content in make_worker(files, about).items():
            files[path] = content
            write_file(site / path, content)
    files[SUMS] = write_sums(files)
    write_file(site / SUMS, files[SUMS])
    click.echo(f"{site}: {plural(len(files), 'file')}, {sum(map(len, files.values())) / 1e6:.1f} MB", err=True)
    if offline:
        content = pack(files, f"ivig-dermatology-{about.version}")
        write_file(project / OFFLINE_ZIP, content)
        click.echo(f"{OFFLINE_ZIP}: {len(content) / 1e6:.1f} MB, SHA-256 {digest(content)}", err=True)


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
    files = _read_site(folder)
    listed = sums.read_bytes() if sums else files.get(SUMS)
    if listed is None:
        fault(f"{folder / SUMS} is missing: name a file of checksums with --sums")
    try:
        found = compare(files, read_sums(listed))
    except SumsError as error:
        fault(error)
    for what, paths in (("differs", found.changed), ("is missing", found.missing), ("was added", found.added)):
        for path in paths:
            click.echo(f"{path} {what}")
    click.echo("the copy is not as it was published" if found else "the copy is as it was published", err=True)
    sys.exit(1 if found else 0)


def _read_site(folder: Path) -> dict[PurePosixPath, bytes]:
    try:
        return read_files(folder)
    except WriteError as error:
        fault(error)
