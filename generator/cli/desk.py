"""The command to review a record at a page of this machine's own."""

import secrets
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from generator.check import differences
from generator.cli.common import fault, main, orcid, today
from generator.cli.desk_results import NotCommittedError, apply_sent, read_clean, refuse_changed, send, take_in
from generator.cli.texts import Texts, texts_option
from generator.comparing.alter import rank
from generator.desk.queue import sources_of
from generator.desk.sent import Sent, SentError
from generator.desk.server import Desk, make_server
from generator.desk.session import Ended, Session
from generator.problems import did_you_mean
from generator.write import HeldError, WriteError, hold, write_file

HELD = ".cache/desk"


@main.command()
@click.argument("record", required=False)
@texts_option
@click.option("--by", callback=orcid, metavar="ORCID", help="Your ORCID iD. Without it there is no review.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of loopback; a free one if not given.")
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@click.option("--commit", is_flag=True, help="Commit what was found: the files that it changes, and nothing else.")
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), help="Write what was found to a file to send, not here."
)
@click.option(
    "--take", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take in a file that was sent."
)
@click.pass_obj
def desk(
    project: Path,
    record: str | None,
    texts: Texts | None,
    by: str | None,
    port: int,
    no_open: bool,
    commit: bool,
    to: Path | None,
    take: Path | None,
) -> None:
    """Review RECORD on a page in your browser: its answers, then its claims beside their passages.

    One key judges: agreed, overstated, understated, unclear or wrong; `n` adds a note, `?` shows all keys. What was
    judged is held in .cache/, and the same command goes on where you stopped. No text of a source is kept.

    Some claims are changed on purpose, about one in twenty. They are named at the end and shown as they are; if one was
    agreed to, nothing counts.

    At the end what was found goes into content/comparisons.json. If you agreed to all, gave your ORCID iD, declared
    your interests and wrote none of it, the record says that you reviewed it. With --to all that goes into a file
    instead, which somebody with the project takes in with --take; with --texts it is looked at for copied sentences.

    Exit status: 0 the review ended, or the file was taken in; 1 it was stopped, or the content cannot be read; 2 wrong
    usage, a file that does not fit, or one that was taken in and that git did not commit.
    """
    if take:
        if record or to:
            raise click.UsageError("--take needs nothing else but --texts and --commit")
        take_in(project, take, texts, commit)
        return
    if record is None or texts is None:
        raise click.UsageError("RECORD and --texts (a folder, or pubmed) are needed: passages are shown from there")
    if commit and to:
        raise click.UsageError("--commit and --to are two ways to end")
    guideline = read_clean(project)
    if record not in guideline.records:
        raise click.BadParameter(f"no record is named {record!r}. {did_you_mean(record, guideline.records)}".strip())
    if commit:
        try:
            refuse_changed(project, record)
        except SentError as error:
            fault(error)
    held = project / HELD / f"{rank(record, by or '')}.json"
    at_hand = texts.load(project, sources_of(record, guideline))
    with _alone(record, held) as say:
        state = held.read_bytes() if held.is_file() else b""
        keep, seed = (lambda kept: _keep(held, kept)), secrets.token_hex(16)
        session = Session(guideline, record, by, at_hand.get, differences, keep, state, seed)

        def end(ended: Ended) -> list[str]:
            sent = session.end(ended, today())
            said = _kept(project, sent, to, commit)
            held.unlink(missing_ok=True)
            return said

        _serve(Desk(session, end, _page()), port, no_open, say)


def _kept(project: Path, sent: Sent, to: Path | None, commit: bool) -> list[str]:
    """Write what a review found, and return what was done, in words. Raises SentError if nothing was."""
    try:
        return send(sent, to) if to else apply_sent(project, sent, commit)
    except NotCommittedError as error:
        return [*error.said, str(error)]
    except (OSError, WriteError) as error:
        raise SentError(f"nothing was kept: {error}") from error


@contextmanager
def _alone(record: str, held: Path) -> Iterator[Callable[[str], None]]:
    """Be the one desk of a record and a reader: of two, one would overwrite what was said at the other."""
    try:
        with hold(held.with_suffix(".open")) as say:
            yield say
    except HeldError as error:
        fault(f"{record} is open already at {error}: go on there, or stop that desk first")


def _page() -> dict[str, bytes]:
    """Return the files of the page by their names."""
    folder = files("generator.desk") / "page"
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def _serve(desk: Desk, port: int, no_open: bool, say: Callable[[str], None]) -> None:
    try:
        server = make_server(desk, port)
    except OSError as error:
        fault(f"port {port} cannot be had ({error.strerror}): leave out --port for a free one, or name another")
    place = f"http://127.0.0.1:{server.server_port}/"
    say(place)
    address = f"{place}#{desk.token}"
    click.echo(address)
    click.echo("opens the desk once. Ctrl+C stops it; the same command goes on.", err=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with ExitStack() as opened:
            if not no_open:
                _open(address, opened.enter_context(TemporaryDirectory(prefix="desk-")))
            desk.ended.wait()
    except KeyboardInterrupt:
        click.echo("stopped: the same command goes on", err=True)
        raise SystemExit(1) from None
    finally:
        server.shutdown()
        server.server_close()
    click.echo("ended", err=True)


def _open(address: str, folder: str) -> None:
    """Open an address in the browser by a file that only this user reads: a command line can be read by all."""
    page = Path(folder) / "open.html"
    write_file(page, f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(address)}">\n'.encode())
    page.chmod(0o600)
    webbrowser.open(page.as_uri())


def _keep(held: Path, state: bytes) -> None:
    write_file(held, state)
