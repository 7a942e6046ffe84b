"""The versions as a feed (Atom, RFC 4287), from the same records as the page of changes."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from generator import links
from generator.changes import IMPACTS, ChangeList, by_impact
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline

_ATOM = "http://www.w3.org/2005/Atom"


def render_feed(guideline: Guideline) -> str:
    """Return the feed; addresses are relative until the site has one of its own."""
    about = guideline.about
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    for name, text in (
        ("id", links.lasting_name(guideline.profile.topic.slug)),
        ("title", about.speech.say("{title}: what has changed", title=about.title)),
        ("updated", f"{about.date}T00:00:00Z"),
        ("rights", about.licence),
    ):
        ElementTree.SubElement(feed, name).text = str(text)
    ElementTree.SubElement(ElementTree.SubElement(feed, "author"), "name").text = about.title
    ElementTree.SubElement(feed, "link", rel="self", href=links.hosted(guideline.about.address, links.FEED))
    for version in guideline.changes:
        entry = ElementTree.SubElement(feed, "entry")
        anchor = links.version_anchor(version.version)
        address = links.hosted(guideline.about.address, links.CHANGES, anchor)
        for name, text in (
            ("id", links.lasting_name(guideline.profile.topic.slug, version.version)),
            ("title", about.speech.say("Version {version}", version=version.version)),
            ("updated", f"{version.date}T00:00:00Z"),
            ("content", "\n".join(_lines(version, guideline))),
        ):
            ElementTree.SubElement(entry, name).text = text
        ElementTree.SubElement(entry, "link", href=address)
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=False) + "\n"


def _lines(version: ChangeList, guideline: Guideline) -> Iterator[str]:
    known = sources_of(guideline)
    if version.since is None:
        yield guideline.about.speech.say("The first version.")
    for impact, changes in by_impact(version.changes).items():
        yield f"{guideline.about.speech.say(IMPACTS[impact])}:"
        for change in changes:
            cited = ", ".join(_marked(pmid, known) for pmid in change.pmids)
            yield f"- {change.title}: {change.what}{f' (PMID {cited})' if cited else ''}"


def _marked(pmid: str, known: Mapping[str, SourceFacts]) -> str:
    marks = known[pmid].marks if pmid in known else ()
    return f"{pmid} [{', '.join(marks)}]" if marks else pmid
