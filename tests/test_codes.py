"""Codes in other systems: their forms, where they are looked up, and which of them are told as the same."""

import json
import re
from pathlib import Path

import pytest
from cases import apply_case, change, messages

from generator import elsewhere
from generator.codes import SYSTEMS, Code, System
from generator.facts.codes import CodeFacts, systems_of
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.render.site.jsonld import record_jsonld


def code(system: System, text: str, match: str = "exact") -> Code:
    given = {"system": system, "code": text, "match": match, "seen": "https://example.org/list", "on": "2026-02-01"}
    return Code.model_validate(given)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_example_of_a_system_has_its_form(system: System) -> None:
    assert re.fullmatch(SYSTEMS[system].pattern, SYSTEMS[system].example)


@pytest.mark.parametrize(
    ("system", "text", "fits"),
    [
        ("mondo", "MONDO:000504", False),
        ("mondo", "MONDO_0005044", False),
        ("icd-11", "0761947693", False),
        ("icd-11", "EB40.0", False),
        ("icd-11-mms", "4A41.01", True),
        ("icd-11-mms", "EB40.", False),
        ("icd-11-mms", "EB40.000", False),
        ("icd-11-mms", "EB4O", False),
        ("mesh", "D000080223", True),
        ("mesh", "D00008022", False),
        ("mesh", "C536645", False),
        ("atc", "J06", True),
        ("atc", "J06BA", True),
        ("atc", "J06BA2", False),
        ("atc", "j06ba02", False),
    ],
)
def test_a_code_of_a_system_is_told_from_another(system: System, text: str, fits: bool) -> None:
    assert bool(re.fullmatch(SYSTEMS[system].pattern, text)) == fits


@pytest.mark.parametrize(
    ("system", "text", "address"),
    [
        ("mondo", "MONDO:0005044", "https://purl.obolibrary.org/obo/MONDO_0005044"),
        ("icd-11", "761947693", "https://icd.who.int/browse/2026-01/foundation/en#761947693"),
        ("icd-11-mms", "BA00.Z", ""),
        ("mesh", "D006973", "https://id.nlm.nih.gov/mesh/D006973.html"),
        ("atc", "N02BA01", "https://atcddd.fhi.no/atc_ddd_index/?code=N02BA01"),
    ],
)
def test_a_code_is_looked_up_where_its_system_is_published(system: System, text: str, address: str) -> None:
    assert CodeFacts(code(system, text)).address == address == elsewhere.code(code(system, text))


def test_no_sign_of_a_code_is_left_to_mean_something_in_an_address() -> None:
    """The form of a code is a rule's business: what is read at all must be harmless before that rule has looked."""
    assert elsewhere.code(code("icd-11", "1.2:3")) == "https://icd.who.int/browse/2026-01/foundation/en#1.2_3"
    for text in ("1/2", "a b", "<b>", "1#2", "1?2", "1&2", "", "x" * 21, "ä"):
        with pytest.raises(ValueError, match="is not a code" if text else "is empty"):
            code("icd-11", text)


def test_a_code_that_two_records_have_means_one_of_them_at_most(tmp_path: Path) -> None:
    """Where the second says that the code takes in more, both may have it."""
    row = "  - {system: mesh, code: D058186, MATCHseen: https://example.org/list, on: 2026-02-01}\n"
    first, second = ("content/adverse-events/renal.yaml", "content/indications/pemphigus.yaml")
    heads = {"replace": "standing: unreviewed\n", "with": f"standing: unreviewed\ncodes:\n{row.replace('MATCH', '')}"}
    apply_case({"edit": first, **heads}, tmp_path)
    change({"edit": second, **heads}, tmp_path)
    assert messages(tmp_path) == [
        f"{first}:5 codes.0.code: `D058186` means exactly indications/pemphigus too. Say by `match` which of them "
        "takes in more (`broader`) or only a part (`narrower`). [code-once]"
    ]
    change({"edit": second, "replace": "seen:", "with": "match: broader, seen:"}, tmp_path)
    assert messages(tmp_path) == []


def test_json_ld_has_the_codes_that_mean_the_same_and_no_other(guideline: Guideline) -> None:
    for facts in records_of(guideline).values():
        page = json.loads(record_jsonld(facts).partition(">")[2].rpartition("<")[0])
        found = [each["codeValue"] for each in page["mainEntity"]["guidelineSubject"].get("code", ())]
        assert found == [each.code for each in facts.record.codes if each.match == "exact"]


def test_every_system_is_used_and_that_of_drugs_for_the_treatment_alone(guideline: Guideline) -> None:
    used = {each.code.system for facts in records_of(guideline).values() for each in facts.codes}
    assert used == {*SYSTEMS} - {"atc"}
    assert [each.system for each in guideline.about.codes] == ["atc", "mesh"]


def test_records_are_counted_by_system_once_each(guideline: Guideline) -> None:
    for each in systems_of(guideline):
        holders = [record for record in guideline.records.values() if each.id in {one.system for one in record.codes}]
        exact = [r for r in holders if any((c.system, c.match) == (each.id, "exact") for c in r.codes)]
        assert (each.records, each.exact) == (len(holders), len(exact))
