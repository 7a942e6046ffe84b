"""What the site's search looks through: two scripts that hand their data on, as a folder without a server needs it.

The first has records, answers and the pages of lists; the second claims, sources and the pages about the project.
Texts are plain: `scripts/search.js` looks through them, and shows them as text.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from generator import links
from generator.facts.answers import QuestionFacts, questions_of
from generator.facts.claims import ClaimFacts, claims_of
from generator.facts.marks import mark_of
from generator.facts.matrix import told_first
from generator.facts.records import RecordFacts, records_of
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline
from generator.meaning.tokens import sentences

FIRST = PurePosixPath("search/first.js")
REST = PurePosixPath("search/rest.js")

_PROJECT = (links.CHANGES, links.FORMAT, links.VOCABULARY, links.RULES, links.SEARCHES, links.PROPOSE)
_TITLE = re.compile(r"^# (.+?)(?: \{ #[\w-]+ \})?$", re.MULTILINE)
_HEADING = re.compile(r"^#{2,3} (.+?) \{ #([\w-]+) \}$", re.MULTILINE)
_LEAD = re.compile(r"^(.+)\n\{ \.lead \}$", re.MULTILINE)
_PARAGRAPH = re.compile(r"(?:^|\n\n)([A-Z*][^\n]*(?:\n[^\n]+)*)")
_MARKUP = re.compile(
    r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?: \"[^\"]*\")?\)|\{ ?[.#][^{}]*\}|</?\w[^<>]*>|[*`]|\\(?=\W)"
)

Pages = Mapping[PurePosixPath, Callable[[], str]]


def search_makers(guideline: Guideline, pages: Pages) -> dict[PurePosixPath, Callable[[], str]]:
    """Return, for both files by their paths below `docs/`, a function that makes it; `pages` make the Markdown."""
    return {
        FIRST: lambda: _script("first", _first(guideline, pages)),
        REST: lambda: _script("rest", _rest(guideline, pages)),
    }


def _script(name: str, data: Mapping[str, Any]) -> str:
    """Return a script that hands data on under a name, an entry a line."""

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def lines(value: object) -> str:
        entries = ",\n".join(map(text, value)) if isinstance(value, list) else ""
        return f"[\n{entries}\n]" if entries else text(value)

    parts = ",\n".join(f"{text(key)}:{lines(value)}" for key, value in data.items())
    return f"(self.searchData = self.searchData || {{}}).{name} = {{\n{parts}\n}};\n"


def _first(guideline: Guideline, pages: Pages) -> dict[str, Any]:
    words = guideline.profile.search
    asked = [
        [question.name, *question.words]
        for questions in guideline.profile.questions.values()
        for question in questions.values()
    ]
    return {
        "everywhere": list(guideline.about.intervention),
        "same": [list(group) for group in words.same],
        "treated": guideline.profile.treated,
        "kinds": {id_: kind.badge for id_, kind in guideline.profile.kinds.items()},
        "questions": asked,
        "records": [_record(facts, asked) for facts in records_of(guideline).values()],
        "across": [
            [
                str(links.question_page(kind, name)),
                f"{guideline.profile.kinds[kind].title}: {question.name}",
                list(question.words),
                question.asks,
                [],
            ]
            for kind in guideline.profile.matrix
            for name, question in guideline.profile.questions_of(kind).items()
        ],
        "pages": [
            _page(page, pages[page](), _LEAD, words.pages.get(name, ())) for name, page in _lists(pages, guideline)
        ],
    }


def _lists(pages: Pages, guideline: Guideline) -> Iterator[tuple[str, PurePosixPath]]:
    """Yield the pages that show what many records say, with their names."""
    yield from links.LISTS.items()
    folders = (links.PATHWAY_KEY.parent, *map(PurePosixPath, guideline.profile.kinds))
    for page in pages:
        if page.parent in folders and page.name == "index.md":
            yield page.parent.as_posix(), page
        elif page.parent == links.PATHWAY_KEY.parent:
            yield page.stem, page


def _record(facts: RecordFacts, asked: Sequence[Sequence[str]]) -> list[Any]:
    """Return a record: its id, names, words of the search, what its page says first, answers, and kinds of claims."""
    record, guideline, speech = facts.record, facts.guideline, facts.guideline.about.speech
    questions = questions_of(facts)
    first = next((each for told in told_first(facts) for each in told), None) if questions else None
    return [
        facts.id,
        record.name,
        list(record.also_known_as),
        list(guideline.profile.search.names.get(facts.id, ())),
        [_snippet(first), " · ".join(filter(None, [first.question.name, _marks(first)]))] if first else ["", ""],
        [_question(each, asked) for each in questions.values() if not each.is_told_before],
        [
            [kind, f"{term.name}: {speech.plural(len(claims), '{n} claim', '{n} claims')}"]
            for kind, term, claims in facts.sections
        ],
    ]


def _question(facts: QuestionFacts, asked: Sequence[Sequence[str]]) -> list[Any]:
    """Return a question: its names, by their places in the list of all, its first sentence, marks, what follows."""
    guideline = facts.record.guideline
    known = guideline.profile.questions_of(facts.record.kind)
    places = [asked.index([known[name].name, *known[name].words]) for name in facts.told_with if name in known]
    is_dose = facts.name == guideline.profile.doses.question and facts.record.is_treated
    return [places, facts.name, int(is_dose), _snippet(facts), _marks(facts), _more(facts)]


def _snippet(facts: QuestionFacts) -> str:
    """Return the first sentence of an answer, or that nothing is known, in whole: what is cut may be the denial."""
    if facts.answer:
        return facts.answer.first
    say = facts.record.guideline.about.speech.say
    if facts.not_known:
        return f"{say('Not known.')} {facts.not_known.not_known.because}"
    return say("No answer written yet.")


def _marks(facts: QuestionFacts) -> str:
    if not facts.answer:
        return ""
    lean = [facts.answer.direction] if facts.answer.direction else []
    mark = mark_of("disputed", facts.answer.speech)
    disputed = [mark] if facts.answer.otherwise and mark not in facts.answer.marks else []
    return " · ".join([*lean, *facts.answer.marks, *disputed])


def _more(facts: QuestionFacts) -> str:
    """Return what is told after the first sentence, and the lines of a tick list."""
    if not facts.answer:
        return ""
    after = facts.answer.answer.text[len(facts.answer.first) :].strip()
    return " ".join([after, *(step.step.line for step in facts.answer.steps)]).strip()


def _page(page: PurePosixPath, markdown: str, lead: re.Pattern[str], words: Iterable[str] = ()) -> list[Any]:
    """Return a page: its path, title, words of the search, first sentence, and its headings with their anchors."""
    title = _TITLE.search(markdown)
    body = markdown[title.end() :] if title else markdown
    begins = lead.search(body)
    says = next(sentences(_plain(begins[1])), "") if begins else ""
    headings = [[anchor, _plain(words)] for words, anchor in _HEADING.findall(body)]
    return [page.as_posix(), _plain(title[1]) if title else page.stem, list(words), says, headings]


def _plain(markdown: str) -> str:
    """Return a line of Markdown without its markup."""
    return " ".join(unescape(_MARKUP.sub(lambda found: found[1] or "", markdown)).split())


def _rest(guideline: Guideline, pages: Pages) -> dict[str, Any]:
    handwritten = {
        PurePosixPath(file).relative_to("docs"): text
        for file, text in guideline.handwritten.items()
        if file.startswith("docs/")
    }
    return {
        "claims": [_claim(claim) for claim in claims_of(guideline).values()],
        "sources": [_source(source) for source in sources_of(guideline).values()],
        "pending": [
            [links.pending_anchor(name), source.label, [guideline.records[id_].name for id_ in source.matters_to]]
            for name, source in guideline.pending.items()
        ],
        "project": [
            *(_page(page, text, _PARAGRAPH) for page, text in handwritten.items()),
            *(_page(page, pages[page](), _LEAD) for page in _PROJECT),
        ],
    }


def _claim(claim: ClaimFacts) -> list[str]:
    """Return a claim: its id, kind, text, marks, and its sources by their short names."""
    told = [
        f"{claim.speech.inside(words)} {', '.join(other.where for other in claims)}"
        for words, claims in claim.relations
    ]
    sources = "; ".join(dict.fromkeys(cite.marked_name for cite in claim.citations))
    return [claim.id, claim.kind, claim.plain_text, " · ".join([*claim.marks, *told]), sources]


def _source(source: SourceFacts) -> list[str]:
    """Return a source: its PMID, DOI, short name, title, authors, journal, design, and marks."""
    reference = source.reference
    authors = ", ".join(reference.authors or ())
    return [
        *(source.pmid, reference.doi or "", source.short_name, source.title, authors),
        *(reference.journal, source.design_and_size, " · ".join(source.marks)),
    ]
