"""A record as plain Markdown, to read without the site: answers, claims by kind, sources, each with its marks."""

from collections.abc import Iterable, Iterator, Sequence

from generator import elsewhere, links
from generator.escape import markdown
from generator.facts.answers import AnswerFacts, QuestionFacts, class_harms, questions_of
from generator.facts.backed import Backed
from generator.facts.claims import CitationFacts, ClaimFacts
from generator.facts.edition import edition, standing_word
from generator.facts.records import RecordFacts
from generator.facts.sources import SourceFacts


def to_text(facts: RecordFacts) -> str:
    """Return the file: whatever is not a link or a heading is the text of the content, escaped."""
    return "\n".join(_lines(facts)) + "\n"


def _lines(facts: RecordFacts) -> Iterator[str]:
    about, say = facts.guideline.about, facts.guideline.about.speech.say
    page = links.hosted(about.address, links.record_page(facts.id), in_folder=True)
    yield f"# {markdown(facts.record.name)}"
    yield f"\n**{say(standing_word(facts.record))}.** {markdown(f'{edition(about)} {about.title}. {about.licence}.')}"
    yield f"{say('Its page:')} [{facts.id}]({page})"
    for each in questions_of(facts).values():
        if not each.is_told_before:
            yield f"\n## {markdown(', '.join(name for _, name in each.names))}\n"
            yield from _answer(each.answer) if each.answer else _not_known(each)
    if facts.is_treated:
        yield f"\n## {markdown(facts.guideline.profile.class_harms_title)}"
        for harm in class_harms(facts.guideline):
            for answer in harm.answers:
                yield f"\n### {markdown(f'{harm.record.record.name}: {answer.question.name}')}\n"
                yield from _words(answer)
                yield from _leaning(answer)
    for _, term, claims in facts.sections:
        yield f"\n## {say('Claims')}: {markdown(term.name)}\n"
        for claim in claims:
            yield from _claim(claim)
    if facts.mentions:
        yield f"\n## {say('Said elsewhere of this topic')}\n"
        yield from _places("", facts.mentions)
    if facts.pending:
        papers = "; ".join(each.label for each in facts.pending)
        yield f"\n## {say('Papers that cannot be cited yet')}\n\n{markdown(papers)}"
    yield f"\n## {say('Sources')}\n"
    yield from map(_source, facts.sources)


def _words(facts: AnswerFacts) -> Iterator[str]:
    """Yield what it says, with its sources, and an empty line; some readers need one before a list too."""
    yield markdown(facts.answer.text) + ("\n" if facts.steps else f" ({_cited(facts)})")
    for each in facts.steps:
        yield f"- **{markdown(each.verb)}** {markdown(each.step.text)} ({_cited(each)})"
    yield ""


def _leaning(facts: AnswerFacts) -> Iterator[str]:
    """Yield where the sources lean, and what it rests on."""
    if words := " · ".join(words for words in (facts.direction, facts.basis_words) if words):
        yield f"- {markdown(words[0].upper() + words[1:])}"


def _answer(facts: AnswerFacts) -> Iterator[str]:
    say = facts.speech.say
    yield from _words(facts)
    yield from _leaning(facts)
    for counted in facts.per_hundred:
        yield f"- {markdown(counted.line)} {say('Computed from')} {_place(counted.claim)}"
    if facts.stops:
        yield f"- {markdown(facts.stops)}"
    if facts.awaited:
        yield f"- {say('Awaited, and not cited yet:')} {markdown(facts.awaited)}"
    for rest in facts.support:
        yield f"- {say('Rests on')} {_marked(_place(rest.claim), rest.marks)}"
    yield from _places(f"{say('Disputed by')} ", facts.otherwise)


def _not_known(question: QuestionFacts) -> Iterator[str]:
    facts, say = question.not_known, question.record.guideline.about.speech.say
    if facts is None:
        yield say("No answer written yet.")
        return
    yield f"{say('Not known.')} {markdown(facts.not_known.because)}\n"
    if facts.awaits:
        yield f"- {say('Awaited:')} {markdown('; '.join(source.label for source in facts.awaits))}"
    yield from _places(f"{say('Near it:')} ", facts.beside)


def _claim(facts: ClaimFacts) -> Iterator[str]:
    yield f"- {markdown(facts.plain_text)}"
    for line in (facts.numbers_line, facts.strength_label, ", ".join(facts.populations), ", ".join(facts.marks)):
        if line:
            yield f"  - {markdown(line)}"
    for cite in facts.citations:
        yield f"  - {_cite(cite)}: {markdown(cite.words)}"
    for other in facts.opponents:
        why = markdown(facts.entry.opponents[other.id])
        first = "" if facts.sides(other)[0] == facts else f" ({facts.speech.say('the other claim first')})"
        yield f"  - {facts.speech.say('Disagrees with')} {_marked(_place(other), other.all_marks)}: {why}{first}"
    for words, others in facts.relations:
        yield from (f"  {line}" for line in _places(f"{words} ", others))
    yield f"  - {facts.speech.say('Its address:')} {_link(facts.id, _address(facts))}"


def _source(facts: SourceFacts) -> str:
    told = " ".join(markdown(words) for words in (facts.byline, facts.title, f"{facts.printed_in}.", facts.note))
    return f"- {_link(f'PMID {facts.pmid}', elsewhere.pubmed(facts.pmid))}: {told}"


def _cited(facts: Backed) -> str:
    """Return its sources, each once with its states, and what marks the claims or their reading."""
    cited = [_marked(f"{_cite(cite)} {markdown(cite.source.short_name)}", states) for cite, states in facts.sources]
    return "; ".join([*cited, *map(markdown, (*facts.remarks, *facts.readings))])


def _places(words: str, claims: Sequence[ClaimFacts]) -> Iterator[str]:
    return (f"- {words}{_marked(_place(claim), claim.all_marks)}" for claim in claims)


def _place(facts: ClaimFacts) -> str:
    return _link(f"{facts.where} ({facts.entry.name})", _address(facts))


def _cite(facts: CitationFacts) -> str:
    return _link(f"PMID {facts.source.pmid}", facts.passage)


def _marked(link: str, marks: Iterable[str]) -> str:
    return ", ".join((link, *map(markdown, marks)))


def _address(facts: ClaimFacts) -> str:
    return links.hosted_id(facts.entry.guideline.about.address, facts.id, in_folder=True)


def _link(words: str, address: str) -> str:
    return f"[{markdown(words)}]({address})"
