"""JSON-LD of a page, by schema.org: what it is about and what it cites."""

import json
from typing import Any

from markupsafe import Markup

from generator import links
from generator.facts.bibliography import Author
from generator.facts.records import RecordFacts
from generator.facts.sources import SourceFacts
from generator.guideline import Guideline


def record_jsonld(facts: RecordFacts) -> Markup:
    """Return the script element of a record's page: a MedicalWebPage whose main entity is a MedicalGuideline."""
    guideline = facts.guideline
    citations = [_article(source) for source in facts.sources]
    entity = {
        "@type": "MedicalGuideline",
        "name": f"{guideline.about.title}: {facts.record.name}",
        "guidelineSubject": {
            "@type": "MedicalEntity",
            "name": facts.record.name,
            "alternateName": list(facts.record.also_known_as),
        },
        "guidelineDate": guideline.about.date.isoformat(),
        "citation": citations,
    }
    return _script({**_page(facts.record.name, guideline), "mainEntity": entity})


def reference_jsonld(source: SourceFacts, guideline: Guideline) -> Markup:
    """Return the script element of a reference's page."""
    return _script({**_page(source.reference.title, guideline), "mainEntity": _article(source)})


def _page(name: str, guideline: Guideline) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": name,
        "inLanguage": "en",
        "version": guideline.about.version,
        "dateModified": guideline.about.date.isoformat(),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "audience": {"@type": "MedicalAudience", "audienceType": "Clinician"},
    }


def _article(source: SourceFacts) -> dict[str, Any]:
    reference = source.reference
    fields = {
        "@type": "ScholarlyArticle",
        "name": reference.title,
        "author": [_author(author) for author in source.authors],
        "isPartOf": {"@type": "Periodical", "name": reference.journal},
        "datePublished": str(reference.year) if reference.year else None,
        "identifier": f"PMID:{source.pmid}",
        "url": links.pubmed(source.pmid),
        "creativeWorkStatus": source.state,
        "sameAs": links.doi(reference.doi) if reference.doi else None,
    }
    return {key: value for key, value in fields.items() if value}


def _author(author: Author) -> dict[str, str]:
    return {"@type": "Organization" if author.is_group else "Person", "name": author.name}


def _script(data: dict[str, Any]) -> Markup:
    """Return JSON in a script element; `<`, `>` and `&` are written as JSON escapes, so nothing can end the script."""
    text = json.dumps(data, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')
