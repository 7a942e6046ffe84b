"""Nothing escapes the walk: an independent count, and what the content must hold."""

import re

import yaml

from generator.cli import PROJECT
from generator.guideline import Guideline

KINDS = ("indications", "adverse-events", "mechanisms", "practice")


def raw_records() -> dict[str, dict]:
    return {
        f"{kind}/{path.stem}": yaml.safe_load(path.read_text("utf-8"))
        for kind in KINDS
        for path in PROJECT.glob(f"content/{kind}/*.yaml")
    }


def test_claims_in_the_raw_yaml_are_the_claims_of_the_model(guideline: Guideline) -> None:
    raw = {f"{record}#{claim}" for record, data in raw_records().items() for claim in data["claims"]}
    assert set(guideline.claims) == raw


def test_every_mapping_with_text_in_the_raw_yaml_is_a_claim(guideline: Guideline) -> None:
    """Prose anywhere else than in a claim would be prose without a PMID."""

    def texts(node: object) -> int:
        if isinstance(node, dict):
            return ("text" in node) + sum(map(texts, node.values()))
        return sum(map(texts, node)) if isinstance(node, list) else 0

    assert sum(map(texts, raw_records().values())) == len(guideline.claims)


def test_citations_in_the_raw_files_are_the_citations_of_the_model(guideline: Guideline) -> None:
    """Counted in the text, without parsing."""
    written = sum(
        len(re.findall(r"^\s+- \{?pmid:", path.read_text("utf-8"), re.MULTILINE))
        for kind in KINDS
        for path in PROJECT.glob(f"content/{kind}/*.yaml")
    )
    assert written == sum(len(entry.claim.cites) for entry in guideline.claims.values())


def test_every_topic_of_the_primary_source_has_a_record_with_its_claim(guideline: Guideline) -> None:
    """What the abstract of PMID 29228499 names, each with three claims or more from other sources."""
    topics = {
        "indications": "pemphigus-vulgaris autoimmune-bullous-diseases dermatomyositis scleromyxedema "
        "systemic-vasculitis systemic-lupus-erythematosus toxic-epidermal-necrolysis",
        "adverse-events": "infusion-reactions thromboembolic-events anaphylaxis acute-renal-failure viral-transmission",
        "mechanisms": "inhibitory-fc-receptors fcrn-saturation anti-idiotypic-neutralisation complement-inhibition",
    }
    for kind, names in topics.items():
        for name in names.split():
            claims = [entry.claim for entry in guideline.claims.values() if entry.record == f"{kind}/{name}"]
            others = [claim for claim in claims if any(cite.pmid != "29228499" for cite in claim.cites)]
            assert any(cite.pmid == "29228499" for claim in claims for cite in claim.cites), name
            assert len(others) >= 3, name


def test_numbers_stated_in_the_readme_are_the_numbers_of_the_content(guideline: Guideline) -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    stated = re.search(r"\*\*([\d,]+) records, ([\d,]+) claims, ([\d,]+) sources\*\*", readme)
    assert stated is not None
    counted = len(guideline.records), len(guideline.claims), len(guideline.references)
    assert tuple(int(number.replace(",", "")) for number in stated.groups()) == counted
