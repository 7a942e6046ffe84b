"""The guideline as one bundle of FHIR R5 (HL7, 5.0.0), a draft: sources, claims, what is to be known of both, pathway.

A slot of the standard is used where there is one. What has none stands in parts of one extension. Terms of ours are
words without a code; a code is given only where the standard's own list of it was seen.
"""

import json
from collections.abc import Iterator

from generator import elsewhere
from generator.escape import markdown
from generator.facts.claims import claims_of
from generator.facts.edition import expires_on
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline
from generator.render.data.fhir.evidence import evidence_of
from generator.render.data.fhir.form import (
    Resource,
    concept,
    fhir_id,
    head,
    notes,
    parts,
    period,
    refer,
    resting,
    source_id,
    standing,
    urn,
    without_gaps,
)
from generator.render.data.fhir.pathway import LIBRARY, PLAN, plan_of

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_fhir(guideline: Guideline) -> str:
    """Return the bundle, a resource a line."""
    kept, lines = [], []
    for kind, id_, resource in _resources(guideline):
        kept.append((kind, id_))
        lines.append(_entry(kind, id_, resource, guideline))
    lines.insert(0, _entry("Library", LIBRARY, _library(kept, guideline), guideline))
    begins = {
        "resourceType": "Bundle",
        "id": LIBRARY,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": urn("Bundle", LIBRARY, guideline)},
        "type": "collection",
        "timestamp": f"{guideline.about.date.isoformat()}T00:00:00Z",
    }
    return f'{json.dumps(begins)[:-1]}, "entry": [\n{",".join(lines)}]}}\n'


def _entry(kind: str, id_: str, resource: Resource, guideline: Guideline) -> str:
    return _JSON.encode({"fullUrl": urn(kind, id_, guideline), "resource": resource}) + "\n"


def _resources(guideline: Guideline) -> Iterator[tuple[str, str, Resource]]:
    """Yield kind and id of each resource but the library, and the resource."""
    yield "PlanDefinition", PLAN, plan_of(guideline)
    for id_, evidence in evidence_of(guideline):
        yield "Evidence", id_, evidence
    for pmid, source in sources_of(guideline).items():
        yield "Citation", source_id(pmid), _citation(source, guideline)
        yield "ArtifactAssessment", f"reading--{pmid}", _reading(source, guideline)
    for id_, others in guideline.disagreements.items():
        for other in others:
            if id_ < other:
                yield "ArtifactAssessment", _dispute_id(id_, other), _dispute(id_, other, guideline)


def _library(kept: list[tuple[str, str]], guideline: Guideline) -> Resource:
    about = guideline.about
    begins = head("Library", LIBRARY, about.title, about, guideline)
    until = f"Version {about.version} of {about.date}, {standing(about)}, not to be used after {expires_on(about)}."
    draft = (
        "A draft of how the guideline may be said in FHIR, made by software. It rates nothing and recommends nothing."
    )
    return {
        **begins,
        "url": urn("Library", LIBRARY, guideline),
        "type": concept("asset collection", "library-type", "asset-collection"),
        "description": markdown(f"{about.scope}. {until} {draft}"),
        "copyrightLabel": about.licence,
        "effectivePeriod": period(guideline),
        "content": [
            {"contentType": "application/json", "url": "guideline.json", "title": "All that the guideline has"}
        ],
        "relatedArtifact": [
            {"type": "composed-of", "resourceReference": refer(kind, id_, guideline)} for kind, id_ in kept
        ],
    }


def _citation(source: SourceFacts, guideline: Guideline) -> Resource:
    reference, pmid = source.reference, source.pmid
    begins = head("Citation", source_id(pmid), source.marked_name, guideline.about, guideline)
    summary = f"{source.byline} {source.title} {source.printed_in}. PMID {pmid}. {source.note}"
    ids = [("PMID", elsewhere.pubmed("").rstrip("/"), pmid), ("DOI", "https://doi.org", reference.doi)]
    ids += [("PMCID", elsewhere.pmc("").rstrip("/"), reference.pmcid)]
    places = [("PubMed", elsewhere.pubmed(pmid))]
    places += [("DOI", elsewhere.doi(reference.doi))] if reference.doi else []
    places += [("PubMed Central", elsewhere.pmc(reference.pmcid))] if reference.pmcid else []
    printed = {
        "publishedIn": {"title": reference.journal},
        "publicationDateText": str(reference.year or ""),
        "volume": reference.volume,
        "issue": reference.issue,
        "pageString": reference.pages,
    }
    return {
        **begins,
        "effectivePeriod": period(guideline),
        "summary": [{"text": markdown(summary)}],
        "note": notes((source.note,)),
        "citedArtifact": without_gaps(
            {
                "identifier": [
                    {"type": concept(name), "system": system, "value": value} for name, system, value in ids if value
                ],
                "currentState": [concept(state) for state in source.states],
                "title": [{"text": markdown(reference.title)}],
                "publicationForm": [without_gaps(printed)],
                "webLocation": [{"classifier": [concept(name)], "url": url} for name, url in places],
                "classification": [*_classified(source, guideline)],
                "contributorship": _authors(source),
                "extension": parts(
                    abbreviation=reference.journal_abbreviation,
                    participants=reference.participants,
                    synthesises=reference.synthesises,
                    study=reference.study,
                ),
            }
        ),
    }


def _classified(source: SourceFacts, guideline: Guideline) -> Iterator[Resource]:
    species = guideline.term("species", source.reference.species).name
    for name, words in (("design", source.design), ("level", source.level), ("species", species)):
        yield {"type": concept(name), "classifier": [concept(words)]}


def _authors(source: SourceFacts) -> Resource:
    entries = [
        without_gaps({"contributor": {"display": author.name}, "forenameInitials": author.initials})
        for author in source.authors
    ]
    summary = source.byline if source.authors else source.authors_note
    return without_gaps(
        {"complete": source.has_all_authors, "entry": entries, "summary": [{"value": markdown(summary)}]}
    )


def _reading(source: SourceFacts, guideline: Guideline) -> Resource:
    """Return how a source was read, and what is known of its retraction."""
    found = source.reference.retraction
    id_ = f"reading--{source.pmid}"
    return {
        **_assessment(id_, f"{source.marked_name}: how it was read", guideline),
        "artifactReference": refer("Citation", source_id(source.pmid), guideline, source.marked_name),
        "content": [
            {"informationType": "classifier", "type": concept("reading"), "classifier": [concept(source.reading)]},
            without_gaps(
                {
                    "informationType": "classifier",
                    "type": concept("retraction"),
                    "classifier": [concept(source.retraction)],
                    "summary": markdown(", ".join(source.states)),
                    "extension": parts(checked_on=found.checked_on, notice=found.notices),
                }
            ),
        ],
    }


def _dispute_id(id_: str, other: str) -> str:
    return f"dispute--{id_}--{other}"


def _dispute(id_: str, other: str, guideline: Guideline) -> Resource:
    """Return that two claims say otherwise, and in what they differ. FHIR has no word for it."""
    claims, told = claims_of(guideline), guideline.disagreements
    reasons = dict.fromkeys((told[id_][other], told[other][id_]))
    known = f"{claims[id_].where}, and {claims[other].where}: they disagree"
    return {
        **_assessment(_dispute_id(id_, other), known, guideline),
        "artifactReference": resting("cites", claims[id_])["resourceReference"],
        "content": [
            {
                "informationType": "comment",
                "type": concept("disagreement"),
                "summary": markdown(why),
                "relatedArtifact": [resting("cites", side) for side in claims[id_].sides(claims[other])],
            }
            for why in reasons
        ],
    }


def _assessment(id_: str, title: str, guideline: Guideline) -> Resource:
    """Return what a resource begins with that has no status: it says so in the extension."""
    about = guideline.about
    return {
        "resourceType": "ArtifactAssessment",
        "id": fhir_id(id_),
        "title": title,
        "date": about.date.isoformat(),
        "extension": parts(status="draft", version=about.version, standing=standing(about), expires=expires_on(about)),
    }
