"""Strength of the cited evidence: the published rule, case by case."""

import pytest

from generator.evidence.strength import LEVELS, strength_of
from generator.facts.claims import claims_of, count_levels
from generator.guideline import Guideline
from generator.model import Claim, Reference


@pytest.fixture
def references() -> dict[str, Reference]:
    def reference(design: str, **other: object) -> Reference:
        retraction = {"state": "unchecked"}
        fields = {"title": "T", "journal": "J", "species": "human", "read": "abstract", "retraction": retraction}
        return Reference.model_validate({**fields, "design": design, **other})

    return {
        "1": reference("meta-analysis", synthesises="randomised"),
        "2": reference("meta-analysis", synthesises="unstated"),
        "3": reference("rct", study="trial"),
        "4": reference("rct", study="trial"),
        "5": reference("case-series"),
        "6": reference("laboratory", species="mouse"),
        "7": reference("cohort", species="rat"),
        "8": reference("narrative-review"),
    }


def claim(*pmids: str, kind: str = "efficacy", bearing: str = "supports", **other: object) -> Claim:
    cites = tuple({"pmid": pmid, "from": "a", "to": "b", "bearing": bearing} for pmid in pmids)
    return Claim.model_validate({"kind": kind, "text": "T.", "cites": cites, **other})


@pytest.mark.parametrize(
    ("pmids", "label"),
    [
        (["1"], "Synthesis of randomised trials · 1 source"),
        (["2"], "Observational study · 1 source"),
        (["3", "4"], "Randomised trial · 1 source"),
        (["3", "5"], "Randomised trial · 2 sources"),
        (["6"], "Laboratory or animal study · 1 source"),
        (["7"], "Laboratory or animal study · 1 source"),
        (["8", "6"], "Expert opinion · 2 sources"),
    ],
)
def test_level_and_number_of_sources(
    pmids: list[str], label: str, guideline: Guideline, references: dict[str, Reference]
) -> None:
    from dataclasses import replace

    strength = strength_of(claim(*pmids), replace(guideline, references=references))
    assert strength is not None
    assert strength.label == label


def test_a_disagreement_makes_a_claim_disputed(guideline: Guideline, references: dict[str, Reference]) -> None:
    from dataclasses import replace

    small = replace(guideline, references=references)
    strength = strength_of(claim("5", disagrees_with=("indications/x#y",)), small)
    assert strength is not None
    assert strength.disputed
    assert strength_of(claim("5", bearing="contradicts"), small) is None


def test_a_citation_that_contradicts_disputes_a_claim_and_does_not_support_it(
    guideline: Guideline, references: dict[str, Reference]
) -> None:
    from dataclasses import replace

    cites = [("5", "supports"), ("7", "qualifies"), ("1", "contradicts")]
    fields = {"cites": tuple({"pmid": p, "from": "a", "to": "b", "bearing": bearing} for p, bearing in cites)}
    small = replace(guideline, references=references)
    strength = strength_of(Claim.model_validate({"kind": "efficacy", "text": "T.", **fields}), small)
    assert strength is not None
    assert strength.label == "Case series or reports · 2 sources · disputed"
    undisputed = strength_of(claim("5", "7", bearing="qualifies"), small)
    assert undisputed is not None
    assert not undisputed.disputed


@pytest.mark.parametrize("kind", ["background", "evidence-gap"])
def test_what_only_describes_has_no_strength(kind: str, guideline: Guideline, references: dict[str, Reference]) -> None:
    from dataclasses import replace

    assert strength_of(claim("1", kind=kind), replace(guideline, references=references)) is None


def test_every_level_that_a_design_can_have_is_in_the_order(guideline: Guideline) -> None:
    levels = {term.level for term in guideline.vocabulary.sections["designs"].values()}
    assert levels | {"synthesis"} == set(LEVELS)


def test_counts_by_level_add_up_to_all_claims(guideline: Guideline) -> None:
    counts = dict(count_levels(claims_of(guideline).values()))
    assert sum(counts.values()) == len(guideline.claims)
    kinds = [entry.claim.kind for entry in guideline.claims.values()]
    assert counts["Description only"] >= kinds.count("background") + kinds.count("evidence-gap")
