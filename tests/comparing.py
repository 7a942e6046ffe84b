"""A guideline with claims enough for a batch, the command `compare`, and its batches as only we may see them."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from cases import TESTS
from click.testing import CliRunner, Result

from generator import check, load
from generator.cli import main, read
from generator.comparing.pairs import Batch, draw_batch, due
from generator.comparisons import ComparedClaim
from generator.guideline import Guideline
from generator.problems import Problem

FILE = "content/comparisons.json"
RECORD = "practice/markers"
NAMES = [f"{letter}-rose" for letter in "abcdefghijkl"]
ORCID, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"
RULE = "negation-agrees"

MARKERS = [f"{RECORD}#{name}" for name in NAMES]


def make_project(tmp_path: Path) -> Path:
    """Return the small guideline with a record of twelve claims more, each with a sentence of its own in a source.

    The texts of the sources are beside it.
    """
    project = tmp_path / "project"
    shutil.copytree(TESTS / "base/content", project / "content")
    shutil.copytree(TESTS / "texts", tmp_path / "texts")
    claims, sentences = "", ""
    for number, name in enumerate(NAMES, start=3):
        marker = f"Marker {name[0].upper()}"
        sentences += f" {marker} may be higher in adults {number} weeks later."
        claims += (
            f"\n  {name}:\n    kind: background\n"
            f"    text: In adults {marker.lower()} may be higher after {number} weeks."
            f'\n    cites: [{{pmid: "222", from: "{marker}", to: weeks later}}]\n'
        )
    text = f"name: Markers\ngroup: giving\nstanding: unreviewed\nclaims:\n{claims}"
    (project / f"content/{RECORD}.yaml").write_text(text, "utf-8")
    (tmp_path / "texts/222.txt").write_text(
        (tmp_path / "texts/222.txt").read_text("utf-8").strip() + sentences, "utf-8"
    )
    assert run(project, "lock", "--texts", str(tmp_path / "texts")).exit_code == 0
    return project


def run(project: Path, *arguments: str, keys: str = "") -> Result:
    return CliRunner().invoke(main, ["--project", str(project), *arguments], input=keys)


def compare(project: Path, *arguments: str, keys: str | Iterable[str] = "") -> Result:
    lines = keys if isinstance(keys, str) else "\n".join(keys) + "\n"
    return run(project, "compare", *arguments, "--texts", str(project.parent / "texts"), keys=lines)


def content(project: Path) -> Guideline:
    guideline = read(project)[0]
    assert guideline is not None
    return guideline


def kept(project: Path) -> Mapping[str, ComparedClaim]:
    return content(project).comparisons


def batch_of(project: Path, *ids: str, salt: str = " 0", size: int = 40) -> Batch:
    """The batch that the command shows, as only we may see it."""
    guideline = content(project)
    ids = ids or tuple(due(guideline, check.differences, None))
    return draw_batch(guideline, ids, load.load_texts(project.parent / "texts").get, check.differences, size, salt)


def seen(batch: Batch) -> list[str]:
    """The keys of a reader who sees each false pair and agrees to the others."""
    return ["w" if pair.altered else "a" for pair in batch.pairs]


def fake(found: Mapping[str, Iterable[str]]) -> ModuleType:
    """A rule about meaning that finds differences in claims, and in whatever claim says `wholly`."""
    rule = ModuleType("fake", "Negations agree.")

    def run_rule(guideline: Guideline) -> list[Problem]:
        return [
            Problem(RULE, what, "Fix.", entry.place("text"))
            for id_, entry in guideline.claims.items()
            for what in (*found.get(id_, ()), *(["says not"] if "not be" in entry.claim.text else []))
        ]

    vars(rule).update(ID=RULE, MEANING=True, check=run_rule)
    return rule
