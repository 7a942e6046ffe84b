"""The command that shows the site while it is edited."""

from pathlib import Path

import click

from generator.cli.common import fault, main
from generator.preview.server import serve as serve_project


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.pass_obj
def serve(project: Path, port: int) -> None:
    """Show the site on this machine, and each change of a record, template, style sheet or module as it is saved.

    Pages are built when they are opened, and kept in memory: nothing is written, and there is nothing to publish. A
    record with problems leaves the pages as they were and is told at their foot. PDFs are left to `site`.
    """
    try:
        serve_project(project, port, lambda words: click.echo(words, err=True))
    except OSError as error:
        fault(error)
    except KeyboardInterrupt:
        click.echo("ended", err=True)
