"""The rules of content, one a file, and the one way to run them all."""

from types import ModuleType

from generator.check import (
    changes_recorded,
    cites_pmid,
    claim_target,
    design_level,
    doi_unique,
    figure_in_passage,
    folder_not_empty,
    former_id,
    link_target,
    numbers_agree,
    passage_locked,
    pathway_answers,
    pathway_because,
    pathway_cycle,
    pathway_fit,
    pathway_label,
    pathway_outcome,
    pathway_reachable,
    pathway_target,
    pending_source,
    plain_text,
    pmid_has_reference,
    printable,
    reference_cited,
    retracted_source,
    review_current,
    sentence,
    synthesis_stated,
    term_in_vocabulary,
)
from generator.guideline import Guideline
from generator.problems import Problem

RULES: dict[str, ModuleType] = {
    rule.ID: rule
    for rule in (
        cites_pmid,
        pmid_has_reference,
        passage_locked,
        figure_in_passage,
        reference_cited,
        retracted_source,
        numbers_agree,
        claim_target,
        former_id,
        link_target,
        plain_text,
        printable,
        sentence,
        term_in_vocabulary,
        doi_unique,
        synthesis_stated,
        design_level,
        pending_source,
        folder_not_empty,
        review_current,
        changes_recorded,
        pathway_target,
        pathway_answers,
        pathway_reachable,
        pathway_cycle,
        pathway_outcome,
        pathway_because,
        pathway_fit,
        pathway_label,
    )
}


def run(guideline: Guideline) -> list[Problem]:
    """Return what all rules find in a guideline."""
    return [problem for rule in RULES.values() for problem in rule.check(guideline)]
