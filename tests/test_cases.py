"""Every rule has bad cases, and each gives exactly its messages."""

from pathlib import Path

import pytest
import yaml
from cases import TESTS, apply_case, change, messages

from generator.cli import all_rules
from generator.proposals import letter

CASES = sorted((TESTS / "check").glob("*/*.yaml"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_bad_case_gives_its_messages(file: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(file.read_text("utf-8"))
    apply_case(case, tmp_path)
    assert messages(tmp_path) == case["expect"]
    assert any(line.endswith(f"[{file.parent.name}]") for line in case["expect"])


def test_every_rule_has_a_bad_case_and_every_case_a_rule() -> None:
    """But for that of a proposal, which is no content: its cases are letters (`tests/proposals`)."""
    assert {file.parent.name for file in CASES} == set(all_rules()) - {letter.RULE}


def test_the_valid_guideline_of_the_cases_has_no_problem(tmp_path: Path) -> None:
    apply_case({"edit": "content/pending.yaml", "replace": "awaited", "with": "awaited"}, tmp_path)
    assert messages(tmp_path) == []


def test_two_references_with_one_pmcid_are_one_paper(tmp_path: Path) -> None:
    """Two files differ from the valid guideline, which no bad case can say."""
    first, second = (
        {"edit": f"content/references/{pmid}.yaml", "replace": "pmcid: null", "with": "pmcid: PMC9"}
        for pmid in ("111", "222")
    )
    apply_case(first, tmp_path)
    assert messages(tmp_path) == []
    change(second, tmp_path)
    assert [line.rpartition(" ")[2] for line in messages(tmp_path)] == ["[paper-unique]"]
