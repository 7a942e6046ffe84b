"""How many changes of meaning the rules catch: each kind of change, in every claim that it fits.

The kinds stand in `tests/meaning/`. For each claim and kind the text is changed once, and the rules about meaning are
asked what they find that they do not find in the claim as it is. The rule that a claim was compared is left out.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import click

from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.load import load_guideline
from generator.meaning.agreement import compare
from generator.yaml_source import read_yaml

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w]|\.\d)")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)( to |-|–)(\d+(?:\.\d+)?)")


def changes(text: str, kinds: Mapping[str, list[tuple[re.Pattern[str], str]]]) -> Iterator[tuple[str, str]]:
    """Yield each kind that fits a text, and the text so changed."""
    for kind, pairs in kinds.items():
        changed = next((new for pattern, put in pairs if (new := pattern.sub(put, text, count=1)) != text), None)
        if changed is not None:
            yield kind, changed
    for kind, change in NUMBERS.items():
        changed = change(text)
        if changed is not None and changed != text:
            yield kind, changed


def _replaced(text: str) -> str | None:
    found = _NUMBER.search(text)
    if found is None:
        return None
    return f"{text[: found.end() - 1]}{(int(found[0][-1]) + 3) % 10}{text[found.end() :]}"


def _swapped(text: str) -> str | None:
    found = list(_NUMBER.finditer(text))
    for a, b in pairwise(found):
        if a[0] != b[0]:
            return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]
    return None


def _widened(text: str) -> str | None:
    found = _RANGE.search(text)
    return f"{text[: found.start(3)]}7{text[found.start(3) :]}" if found else None


NUMBERS: Mapping[str, Callable[[str], str | None]] = {
    "number replaced": _replaced,
    "numbers swapped": _swapped,
    "range widened": _widened,
}
"""Kinds that no list of words can say."""


def read_kinds(path: Path) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return the kinds of a file, each with what is put in place of what."""
    found = read_yaml(path.read_bytes())
    return {
        kind: [(re.compile(_bounded(pattern)), put) for pattern, put in pairs] for kind, pairs in found.data.items()
    }


def _bounded(pattern: str) -> str:
    begin = "" if pattern[0] in "(\\" else r"\b"
    return begin + pattern + ("" if pattern.endswith((")", " ", "%")) else r"\b")


def measure(
    guideline: Guideline, kinds: Mapping[str, list[tuple[re.Pattern[str], str]]]
) -> tuple[Counter[str], Counter[str], int, list[tuple[str, str, str]]]:
    """Return how many changes of each kind were made and caught, claims reported as they are, and misses."""
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    reported = 0
    for entry in guideline.claims.values():
        before = set(compare(entry, entry.claim))
        reported += bool(before)
        for kind, text in changes(plain_text(entry.claim.text), kinds):
            made[kind] += 1
            if set(compare(entry, entry.claim.model_copy(update={"text": text}))) - before:
                caught[kind] += 1
            else:
                missed.append((kind, entry.id, text))
    return made, caught, reported, missed


@click.command()
@click.option("--project", type=click.Path(path_type=Path), default=Path(), help="Folder of the project.")
@click.option("--kinds", "kinds_file", type=click.Path(path_type=Path), multiple=True, help="Files of kinds.")
@click.option("--missed", "shows", help="Print the changes of this kind that nothing reports.")
def main(project: Path, kinds_file: tuple[Path, ...], shows: str | None) -> None:
    """Print how many changes of meaning are caught, by kind."""
    guideline, _ = load_guideline(project)
    if guideline is None:
        raise click.ClickException("the content cannot be read; run `python -m generator check`")
    files = kinds_file or tuple(sorted((Path(__file__).parents[1] / "tests/meaning").glob("*.yaml")))
    kinds = {kind: pairs for file in files for kind, pairs in read_kinds(file).items()}
    made, caught, reported, missed = measure(guideline, kinds)
    for kind, total in made.items():
        click.echo(f"{caught[kind]:5} of {total:5}  {100 * caught[kind] / total:3.0f} %  {kind}")
    click.echo(f"{sum(caught.values()):5} of {made.total():5}  {100 * sum(caught.values()) / made.total():5.1f} %  all")
    click.echo(f"{reported} of {len(guideline.claims)} claims are reported as they are")
    for kind, id_, text in missed if shows else ():
        if kind == shows:
            click.echo(f"{id_}: {text}")


if __name__ == "__main__":
    main()
