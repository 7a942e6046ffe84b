"""Strength of the cited evidence: the published rule, case by case."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from generator.evidence.basis import basis_of
from generator.evidence.comparisons import hash_of
from generator.evidence.strength import LEVELS, count_sources, is_disputed, strength_of
from generator.facts.claims import claims_of, count_levels
from generator.guideline import ClaimEntry, Guideline
from generator.model import Claim
from generator.sources import Reference
from generator.speech import speech_in


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


def entries(guideline: Guideline, references: dict[str, Reference], **claims: Claim) -> Mapping[str, ClaimEntry]:
    """The claims by their names, on one record of a guideline that has these references."""
    record = next(iter(guideline.records.values())).model_copy(update={"claims": claims})
    small = replace(guideline, references=references, records={"indications/x": record})
    return {entry.name: entry for entry in small.claims.values()}


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
    strength = strength_of(entries(guideline, references, one=claim(*pmids))["one"])
    assert strength is not None
    assert strength.label(speech_in("en")) == label


def test_a_disagreement_makes_both_claims_disputed(guideline: Guideline, references: dict[str, Reference]) -> None:
    """It is told on one side only."""
    told = ({"claim": "indications/x#other", "because": "One of rats, one of patients."},)
    claims = {"one": claim("5", disagrees_with=told), "other": claim("7"), "third": claim("5")}
    found = entries(guideline, references, **claims)
    strengths = {name: strength_of(entry) for name, entry in found.items()}
    assert {name: found and found.label(speech_in("en")) for name, found in strengths.items()} == {
        "one": "Case series or reports · 1 source · disputed",
        "other": "Laboratory or animal study · 1 source · disputed",
        "third": "Case series or reports · 1 source",
    }
    assert {name: is_disputed(entry) for name, entry in found.items()} == {"one": True, "other": True, "third": False}


def test_a_citation_that_contradicts_disputes_a_claim_and_does_not_support_it(
    guideline: Guideline, references: dict[str, Reference]
) -> None:
    cites = [("5", "supports"), ("7", "qualifies"), ("1", "contradicts")]
    fields = {"cites": tuple({"pmid": p, "from": "a", "to": "b", "bearing": bearing} for p, bearing in cites)}
    found = entries(
        guideline,
        references,
        one=Claim.model_validate({"kind": "efficacy", "text": "T.", **fields}),
        qualified=claim("5", "7", bearing="qualifies"),
        contradicted=claim("5", bearing="contradicts"),
    )
    strength = strength_of(found["one"])
    assert strength is not None
    assert strength.label(speech_in("en")) == "Case series or reports · 2 sources · disputed"
    assert count_sources(found["one"]) == (2, 0)
    undisputed = strength_of(found["qualified"])
    assert undisputed is not None
    assert not undisputed.disputed
    assert strength_of(found["contradicted"]) is None
    assert is_disputed(found["contradicted"])


@pytest.mark.parametrize("kind", ["background", "evidence-gap"])
def test_what_only_describes_has_no_strength(kind: str, guideline: Guideline, references: dict[str, Reference]) -> None:
    assert strength_of(entries(guideline, references, one=claim("1", kind=kind))["one"]) is None


def test_every_level_that_a_design_can_have_is_in_the_order(guideline: Guideline) -> None:
    levels = {term.level for term in guideline.vocabulary.sections["designs"].values()}
    assert levels | {"synthesis"} == set(LEVELS)


def test_counts_by_level_add_up_to_all_claims(guideline: Guideline) -> None:
    counts = dict(count_levels(claims_of(guideline).values()))
    assert sum(counts.values()) == len(guideline.claims)
    kinds = [entry.claim.kind for entry in guideline.claims.values()]
    assert counts["Description only"] >= kinds.count("background") + kinds.count("evidence-gap")


def test_what_a_trial_saw_in_one_group_counts_as_observational(
    guideline: Guideline, references: dict[str, Reference]
) -> None:
    found = entries(
        guideline,
        references,
        compared=claim("3"),
        alone=claim("3", one_group=True),
        pooled=claim("1", one_group=True),
        series=claim("5", one_group=True),
    )
    levels = {name: strength.level for name, entry in found.items() if (strength := strength_of(entry))}
    assert levels == {
        "compared": "randomised",
        "alone": "observational",
        "pooled": "observational",
        "series": "case-report",
    }
    assert basis_of([found["alone"]]).level == "observational"
    assert hash_of(found["alone"]) == hash_of(replace(found["alone"], claim=claim("3")))
