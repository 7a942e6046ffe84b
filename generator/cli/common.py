"""What the commands share: the group they belong to, reading a project, and stopping with a word of why."""

import datetime
import gc
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import click
from pydantic import TypeAdapter, ValidationError

from generator import check as checks
from generator import elsewhere, fields, load, yaml_source
from generator.cli.calling import WRITTEN, as_called
from generator.guideline import Guideline
from generator.problems import PROBLEM_FORMATS, Problem, in_order, visible
from generator.proposals import letter
from generator.words import plural
from generator.write import WriteError, write_together, writing_alone

PROJECT = Path(__file__).resolve().parent.parent.parent
"""The folder that holds the package: a checkout, which is a project too, or where the wheel was installed."""

EXPLAIN = f"`{WRITTEN} explain RULE` says what a rule asks, and why"

ROOMS = {
    "add": "adding",
    **dict.fromkeys(("build", "prepare"), "preparing"),
    "site": "building",
    **dict.fromkeys(("approve-sentences", "check", "explain", "lock", "schema", "version"), "content"),
    "compare": "comparing",
    "desk": "desk",
    **dict.fromkeys(("addresses", "sources"), "outside"),
    **dict.fromkeys(("issue", "without"), "falling"),
    **dict.fromkeys(("handbook", "pocket", "sheet", "verify-copy"), "publishing"),
    **dict.fromkeys(("comment", "record-changes", "review"), "reviewing"),
    "news": "watching",
    "init": "beginning",
    "new": "scaffold",
    "apply-proposal": "proposing",
    "serve": "serving",
}
"""The room of `generator.cli` that holds each command; it is imported when the command is asked for."""


class _Commands(click.Group):
    """Imports a command when it is asked for: `check` need not wait for what typesets the handbook."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ROOMS:
            importlib.import_module(f"generator.cli.{ROOMS[cmd_name]}")
        return self.commands.get(cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path.cwd,
    help="Folder that holds content/ and docs/ (default: the current folder).",
)
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Check the content of a guideline and turn it into pages.

    Content stands in content/, one record a file. Pages are written below docs/, beside the hand-written ones,
    and MkDocs makes the site of them: `site` does both.
    """
    context.obj = project


def all_rules() -> dict[str, str]:
    """Return the text of every rule by its id: those of reading first, then those of the checks."""
    documented = {name: inspect.cleandoc(module.__doc__ or "") for name, module in checks.RULES.items()}
    return {**yaml_source.RULES, **load.RULES, **fields.RULES, **letter.RULES, **documented}


def read(
    project: Path, from_git: bool = False, known: dict[object, Any] | None = None
) -> tuple[Guideline | None, list[Problem]]:
    """Return the guideline and every problem of its content, in order; see `load_guideline`."""
    with _all_kept():
        guideline, problems = load.load_guideline(project, from_git, known)
        if guideline is not None:
            problems = [*problems, *checks.run(guideline)]
        return guideline, in_order(problems)


@contextmanager
def _all_kept() -> Iterator[None]:
    """Search for no cycles of garbage meanwhile: what is read is kept, and to look through it again takes a seventh.

    Frozen and let go, it is of the oldest generation, and the next search for young garbage does not pass through it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def is_linked(project: Path, file: str) -> bool:
    """Return whether a file of a project is, or stands in, a symbolic link, which may lead out of it."""
    return (project / file).is_symlink() or (project / file).parent.is_symlink()


def read_or_exit(project: Path, needs_clean: bool) -> Guideline:
    """Return the guideline; print the problems and exit with 1 where it cannot be read, or must be clean and is not."""
    guideline, problems = read(project)
    if guideline is None or (needs_clean and problems):
        fail(problems)
    return guideline


def today() -> datetime.date:
    """Return the day, by UTC, which stands in what is written."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def server_address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Return the address of a server without a slash at its end; refuse what is none."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter(f"{value!r} is not an http or https address")
    return value.rstrip("/")


def orcid(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return an ORCID iD, which may be given as the address that ORCID shows; refuse what is none."""
    try:
        return value and TypeAdapter[str](fields.Orcid).validate_python(value.removeprefix(elsewhere.ORCID))
    except ValidationError as error:
        told = error.errors()[0]["ctx"]
        raise click.BadParameter(f"{told['wrong']}. {told['fix']}") from None


def write_over(project: Path, files: Mapping[str, bytes], known: Mapping[str, bytes | None]) -> None:
    """Write files over what they held when they were read, None for nothing, all or none; otherwise exit with 2."""
    try:
        with writing_alone(project):
            write_together(project, files, known)
    except (OSError, WriteError) as error:
        fault(f"{error}; nothing was written: run it again")


def fault(error: object) -> NoReturn:
    """Say what went wrong outside of the content, what does not print written out, and exit with 2."""
    said = visible(str(error), "\n")
    click.echo(f"error: {said}", err=True)
    sys.exit(2)


def fail(problems: list[Problem]) -> NoReturn:
    """Print problems of the content, and exit with 1."""
    click.echo(as_called(PROBLEM_FORMATS["text"](problems)), nl=False, err=True)
    click.echo(as_called(f"{plural(len(problems), 'problem')}: nothing was written; {EXPLAIN}"), err=True)
    sys.exit(1)


def github_options(may: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what gives a command `--repository`, `--server` and `--token`; `may` is what the token is needed for."""

    def with_github(command: Callable[..., Any]) -> Callable[..., Any]:
        options = (
            click.option("--repository", required=True, metavar="OWNER/NAME", help="The repository on GitHub."),
            click.option(
                "--server",
                envvar="GITHUB_API_URL",
                default="https://api.github.com",
                show_default=True,
                callback=server_address,
                help="The API.",
            ),
            click.option(
                "--token",
                envvar="GITHUB_TOKEN",
                required=True,
                help=f"A token that may {may}; best from GITHUB_TOKEN.",
            ),
        )
        for option in reversed(options):
            command = option(command)
        return command

    return with_github
