"""What asks a reader about the pairs of a batch: one key each in a terminal, else one line each."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from generator.comparing.answers import Answer, Verdict, held, hold, plain_reason
from generator.comparing.pairs import Batch, Pair
from generator.comparing.screen import show_pair
from generator.words import plural
from generator.write import write_file

KEYS: dict[str, Verdict] = {
    "a": "agreed",
    "o": "overstated",
    "u": "understated",
    "n": "unclear",
    "w": "wrong",
    "s": "skipped",
}
_ASK = "a agreed · o overstated · u understated · n unclear · w wrong · s skip · q quit"


def ask_all(batch: Batch, kept: Path) -> Iterator[Answer]:
    """Yield the answers to a batch, those first that were held; each is held before the next pair is shown."""
    answers = list(held(kept.read_bytes())) if kept.is_file() else []
    if answers:
        click.echo(f"going on behind pair {len(answers)}", err=True)
    width = shutil.get_terminal_size().columns
    for number, pair in enumerate(batch.pairs[len(answers) :], start=len(answers) + 1):
        click.echo(show_pair(pair, number, len(batch.pairs), width))
        answer = _ask(pair, number)
        if answer is None:
            click.echo(f"stopped; {plural(len(answers), 'answer')} held: the same command goes on", err=True)
            sys.exit(1)
        answers.append(answer)
        write_file(kept, hold(answers))
    yield from answers


def _ask(pair: Pair, number: int) -> Answer | None:
    """Return the answer to a pair; None if the reader stops, or the input ends."""
    while True:
        click.echo(f"{_ASK}: ", nl=False)
        line = _key()
        key, _, rest = line.partition(" ")
        if key == "q" or not line:
            return None
        if key in KEYS:
            break
        click.echo(f"{key!r} is none of these")
    verdict = KEYS[key]
    reasons: list[str] = []
    for rule, what in pair.differences if verdict == "agreed" else ():
        reason = _reason(rule, what, rest if not reasons else "")
        if reason is None:
            return None
        reasons.append(reason)
    return Answer(pair=number, verdict=verdict, reasons=tuple(reasons))


def _key() -> str:
    """Return a key, or a line where there is no terminal; empty at the end of the input."""
    if sys.stdin.isatty():
        key = click.getchar()
        click.echo(key)
        return key.casefold()
    line = _line()
    return line or "q" if line is not None else ""


def _line() -> str | None:
    """Return the next line that is not empty; None at the end of the input."""
    for line in sys.stdin:
        click.echo()
        if line.strip():
            return line.strip()
    return None


def _reason(rule: str, what: str, given: str) -> str | None:
    while True:
        if given:
            try:
                return plain_reason(given)
            except ValueError as error:
                click.echo(f"{error}")
        click.echo(f"Why is it right that {what} [{rule}]? ", nl=False)
        answer = _line()
        if answer is None:
            return None
        given = answer
