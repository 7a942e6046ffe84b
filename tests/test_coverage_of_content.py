"""Nothing escapes the walk: an independent count of what the files hold."""

from functools import cache

import yaml
from cases import KINDS

from generator.cli import PROJECT
from generator.guideline import Guideline


@cache
def raw_records() -> dict[str, dict]:
    return {
        f"{kind}/{path.stem}": yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for kind in KINDS
        for path in PROJECT.glob(f"content/{kind}/*.yaml")
    }


def test_claims_in_the_raw_yaml_are_the_claims_of_the_model(guideline: Guideline) -> None:
    raw = {f"{record}#{claim}" for record, data in raw_records().items() for claim in data["claims"]}
    assert set(guideline.claims) == raw


def test_every_mapping_with_text_in_the_raw_yaml_is_a_claim_an_answer_or_its_step(guideline: Guideline) -> None:
    """Prose anywhere else than in a claim, or in an answer that rests on claims, would be prose without a PMID."""

    def texts(node: object) -> int:
        if isinstance(node, dict):
            return isinstance(node.get("text"), str) + sum(map(texts, node.values()))
        return sum(map(texts, node)) if isinstance(node, list) else 0

    answers = [answer for record in guideline.records.values() for answer in record.answers.values()]
    steps = sum(len(answer.steps) for answer in answers)
    assert sum(map(texts, raw_records().values())) == len(guideline.claims) + len(answers) + steps


def test_citations_in_the_raw_yaml_are_the_citations_of_the_model(guideline: Guideline) -> None:
    written = {
        (f"{record}#{claim}", str(cite["pmid"]), str(cite["from"]), str(cite["to"]))
        for record, data in raw_records().items()
        for claim, fields in data["claims"].items()
        for cite in fields["cites"]
    }
    read = {(id_, c.pmid, c.start, c.end) for id_, entry in guideline.claims.items() for c in entry.claim.cites}
    assert written == read
