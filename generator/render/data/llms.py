"""What a program that reads text finds first (llms.txt): what the site is, where each record is as text and data."""

from pathlib import PurePosixPath

from generator import links
from generator.facts.edition import edition_line
from generator.facts.lists import records_by_kind
from generator.guideline import Guideline

_RULES = (
    "Every statement cites the PMID of a source and the passage that carries it: keep both beside what you take.",
    "`marks` say what a reader has to see, such as that a source is retracted or a claim disputed: repeat them.",
    "A claim says what a source says; `not_known` says that nothing cited here answers a question. Neither is advice.",
)


def to_llms(guideline: Guideline, data: PurePosixPath) -> str:
    """Return the text, in Markdown; `data` is the folder of the data files."""
    about = guideline.about

    def link(words: str, target: PurePosixPath) -> str:
        return f"[{words}]({links.hosted(about.address, target)})"

    lines = [f"# {about.title}", "", f"> {about.scope}. {edition_line(guideline)}", "", *(f"- {r}" for r in _RULES)]
    lines += ["", "## Data", ""]
    lines += [
        f"- {link('All data and how to use them', links.DATA)}",
        f"- {link('Everything as JSON', data / 'guideline.json')}",
        f"- {link('Its schema', data / 'guideline.schema.json')}",
        f"- {link('Every table as a database (SQLite)', data / 'guideline.sqlite')}",
        f"- {link('What has changed', links.CHANGES)}",
    ]
    for kind, groups in records_by_kind(guideline).items():
        lines += ["", f"## {guideline.profile.kinds[kind].title}", ""]
        lines += [
            f"- {link(facts.record.name, links.record_text(facts.id))}: Markdown of "
            f"{link('its page', links.record_page(facts.id))}, also as {link('JSON', links.record_data(facts.id))}"
            for _, members in groups
            for facts in members
        ]
    return "\n".join(lines) + "\n"
