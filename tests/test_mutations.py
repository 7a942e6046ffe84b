"""Break the real records in every way a rule knows, at every place, and see each break reported at its place.

Breaks of one kind are made in all files at once, one a claim; each must be reported for its own file and claim.
The numbers of mutations tried and caught are printed (`pytest -s`) and asserted.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from generator.check import RULES, figure_in_passage, passage_locked
from generator.cli import PROJECT
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.load import load_guideline
from generator.model import Claim
from generator.passages import LockedPassage, PassageKey
from generator.places import Place
from generator.problems import Problem

pytestmark = pytest.mark.wide

Claims = dict[str, str]
"""Name of a claim to the text of its block in the file."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    return tmp_path


def blocks(text: str) -> tuple[str, Claims]:
    """Return what stands before the claims, and the block of each claim."""
    head, _, body = text.partition("\nclaims:\n")
    parts = re.split(r"^(?=  [a-z0-9-]+:$)", body, flags=re.MULTILINE)
    assert parts[0].strip() == ""
    return f"{head}\nclaims:\n", {part.partition(":")[0].strip(): part for part in parts[1:]}


def mutate(copy: Path, change: Callable[[str, str], str | None]) -> dict[str, str]:
    """Change every claim's block in every file; return the ids of the changed claims and the file of each."""
    changed = {}
    for path in sorted((copy / "content").glob("*/*.yaml")):
        if path.parent.name == "references":
            continue
        head, claims = blocks(path.read_text("utf-8"))
        for name, block in claims.items():
            mutated = change(f"{path.parent.name}/{path.stem}#{name}", block)
            if mutated is not None:
                assert mutated != block
                claims[name] = mutated
                changed[f"{path.parent.name}/{path.stem}#{name}"] = f"content/{path.parent.name}/{path.name}"
        path.write_text(head + "".join(claims.values()), "utf-8")
    return changed


def caught(problems: list[Problem], changed: dict[str, str], rules: set[str], copy: Path) -> set[str]:
    """Return the changed claims for which a rule reported a problem in the claim's lines, or named it in the lock."""
    found = set()
    lines: dict[str, list[str]] = {}
    for problem in problems:
        if problem.rule not in rules:
            continue
        place: Place = problem.place
        if place.file.endswith("lock.json"):
            found |= {
                claim for claim in re.findall(r"[a-z-]+/[a-z0-9-]+#[a-z0-9-]+", problem.wrong) if claim in changed
            }
            continue
        text = lines.setdefault(place.file, (copy / place.file).read_text("utf-8").splitlines())
        name = next((m[1] for line in text[place.line - 1 :: -1] if (m := re.fullmatch(r"  ([a-z0-9-]+):", line))), "")
        found.add(f"{place.file.removeprefix('content/').removesuffix('.yaml')}#{name}")
    return found & changed.keys()


def assert_all_caught(copy: Path, change: Callable[[str, str], str | None], rules: set[str], at_least: int) -> int:
    changed = mutate(copy, change)
    found = caught(problems_of(copy, rules), changed, rules, copy)
    print(f"{len(changed)} mutations tried, {len(found)} caught")
    assert changed.keys() - found == set()
    assert len(changed) >= at_least
    return len(changed)


def problems_of(copy: Path, rules: set[str]) -> list[Problem]:
    """Return the problems of reading, and what those rules find; the others would find much that nobody asks for."""
    guideline, problems = load_guideline(copy)
    assert guideline is not None
    return [*problems, *(problem for id_ in rules & RULES.keys() for problem in RULES[id_].check(guideline))]


CITE = re.compile(r"^      - (?:\{pmid:.*\}|pmid:.*(?:\n        .*)*)\n", re.MULTILINE)


def test_removing_any_one_citation_is_reported(tmp_path: Path, guideline: Guideline) -> None:
    """The first citation of every claim, then the second of every claim that has two, and so on."""
    removed = 0
    for index in range(max(len(entry.claim.cites) for entry in guideline.claims.values())):

        def change(claim: str, block: str, index: int = index) -> str | None:
            found = list(CITE.finditer(block))
            assert len(found) == len(guideline.claims[claim].claim.cites), claim
            if len(found) <= index:
                return None
            rest = block[: found[index].start()] + block[found[index].end() :]
            return rest if len(found) > 1 else rest.replace("    cites:\n", "")

        copy = tmp_path / str(index)
        shutil.copytree(PROJECT / "content", copy / "content")
        removed += assert_all_caught(copy, change, {"cites-pmid", "passage-locked"}, at_least=1)
    assert removed == sum(len(entry.claim.cites) for entry in guideline.claims.values())


def test_changing_a_digit_of_a_pmid_is_reported(copy: Path, guideline: Guideline) -> None:
    def change(_: str, block: str) -> str:
        pmid = re.search(r'pmid: "?(\d+)', block)[1]
        wrong = next(p for d in "0123456789" if (p := pmid[:-1] + d) not in guideline.references)
        return re.sub(rf'pmid: ("?){pmid}', rf"pmid: \g<1>{wrong}", block, count=1)

    assert_all_caught(copy, change, {"pmid-has-reference"}, at_least=700)


def test_repeating_a_key_is_reported(copy: Path) -> None:
    def change(_: str, block: str) -> str:
        return block.rstrip("\n") + "\n    kind: efficacy\n\n"

    assert_all_caught(copy, change, {"yaml-repeated-key"}, at_least=700)


def test_linking_to_nothing_is_reported(copy: Path) -> None:
    def change(_: str, block: str) -> str | None:
        return re.sub(r"\]\(([a-z-]+/[a-z0-9-]+)[^)]*\)", r"](\1-x)", block, count=1) if "](" in block else None

    assert_all_caught(copy, change, {"link-target"}, at_least=200)


def test_misspelling_a_term_is_reported(copy: Path) -> None:
    def change(_: str, block: str) -> str:
        return re.sub(r"(    kind: [a-z-]+)", r"\1x", block, count=1)

    assert_all_caught(copy, change, {"term-in-vocabulary"}, at_least=700)


def test_changing_any_word_of_any_locator_is_reported(guideline: Guideline) -> None:
    """Every word of `from` and `to` of every citation, one at a time."""
    tried = missed = 0
    for entry in guideline.claims.values():
        for index, cite in enumerate(entry.claim.cites):
            for name in ("start", "end"):
                words = getattr(cite, name).split(" ")
                for position in range(len(words)):
                    changed = " ".join([*words[:position], "Wrongly", *words[position + 1 :]])
                    mutated = cite.model_copy(update={name: changed})
                    cites = (*entry.claim.cites[:index], mutated, *entry.claim.cites[index + 1 :])
                    claim = entry.claim.model_copy(update={"cites": cites})
                    record = guideline.records[entry.record].model_copy(update={"claims": {entry.name: claim}})
                    small = replace(guideline, records={entry.record: record}, passages=kept(guideline, entry.claim))
                    tried += 1
                    missed += not any("not in the lock" in p.wrong for p in passage_locked.check(small))
    print(f"{tried} mutations tried, {tried - missed} caught")
    assert missed == 0
    assert tried > 5000


def kept(guideline: Guideline, claim: Claim) -> dict[PassageKey, LockedPassage]:
    """Return the locked passages of one claim."""
    return {cite.key: guideline.passages[cite.key] for cite in claim.cites}


@pytest.mark.parametrize("change", ["greater", "a tenth"])
def test_changing_any_numeral_of_a_text_is_reported(change: str, guideline: Guideline) -> None:
    """Every numeral of every claim's text, one at a time, to a number that its passages do not print.

    A tenth of a whole number may be printed in the same passage; then the change cannot be seen.
    """
    tried, missed = 0, set()
    for turn in count():
        changed = {}
        for id_, entry in guideline.claims.items():
            found = numerals_to_change(entry.claim, change, guideline)
            if turn < len(found):
                numeral, wrong = found[turn]
                text = plain_text(entry.claim.text).replace(",", "")
                pattern = rf"(?<![\d.\w]){re.escape(numeral)}(?![\d\w]|\.\d)"
                changed[id_] = entry.claim.model_copy(update={"text": re.sub(pattern, wrong, text)})
        if not changed:
            break
        records = {
            record_id: record.model_copy(
                update={"claims": {n: changed.get(f"{record_id}#{n}", claim) for n, claim in record.claims.items()}}
            )
            for record_id, record in guideline.records.items()
        }
        problems = figure_in_passage.check(replace(guideline, records=records))
        reported = {f"{p.place.file[8:-5]}#{p.place.path[1]}" for p in problems if p.place.path[-1] == "text"}
        tried += len(changed)
        missed |= changed.keys() - reported
    print(f"{tried} mutations tried, {tried - len(missed)} caught")
    assert missed == set()
    assert tried >= 500


def numerals_to_change(claim: Claim, change: str, guideline: Guideline) -> list[tuple[str, str]]:
    """Return the numerals of a claim's text, each with what is put in its place."""
    text = plain_text(claim.text).replace(",", "")
    printed = {Decimal(f) for c in claim.cites for f in guideline.passages[c.key].figures if f.count(".") < 2}
    numerals = dict.fromkeys(re.findall(r"(?<![\d.\w])\d+(?:\.\d+)?(?![\d\w]|\.\d)", text))
    if change == "greater":
        return [(numeral, str(Decimal(numeral) + 7919)) for numeral in numerals]
    tenths = [(numeral, f"0.{numeral.replace('.', '')}") for numeral in numerals]
    # 0.299 stands for a printed .299, so that 299 may not be told from it
    return [(numeral, wrong) for numeral, wrong in tenths if len(numeral) < 3 and Decimal(wrong) not in printed]


KEYS = [
    "events",
    "of",
    "percent",
    "value",
    "mean",
    "median",
    "amount",
    "days",
    "every",
    "duration",
    "ci",
    "range",
    "sd",
    "p",
]


def test_changing_a_number_of_data_is_reported(tmp_path: Path, guideline: Guideline) -> None:
    """The first number behind each key of a claim's data: the first key of every claim, then the second, and so on."""
    tried: Counter[str] = Counter()
    for turn in count():

        def change(claim: str, block: str, turn: int = turn) -> str | None:
            if guideline.claims[claim].claim.data is None:
                return None
            found = [(key, new) for key in KEYS if (new := with_another_number(key, block)) != block]
            if turn >= len(found):
                return None
            tried[found[turn][0]] += 1
            return found[turn][1]

        copy = tmp_path / str(turn)
        shutil.copytree(PROJECT / "content", copy / "content")
        if not assert_all_caught(copy, change, {"figure-in-passage", "numbers-agree"}, at_least=0):
            break
    assert set(tried) == set(KEYS)


def with_another_number(key: str, block: str) -> str:
    start = block.index("    data:")
    number = rf"((?<![a-z_]){key}: ['\"≥≤<>\[]*-?)([\d.]+(?:-[\d.]+)?)"
    return block[:start] + re.sub(number, lambda m: f"{m[1]}{'' if m[2] == '0' else m[2]}7919", block[start:], count=1)
