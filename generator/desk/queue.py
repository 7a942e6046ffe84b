"""What the desk shows of a record, item by item, as plain data: its answers, then its claims beside their passages.

Of a false claim nothing here says that it is false.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.answers import Answer, NotKnown
from generator.comparing.alter import rank
from generator.comparing.pairs import Beside, Differences, Pair, Texts, draw_batch, passages_beside
from generator.evidence.comparisons import hash_of_answer
from generator.evidence.passages import PassageError
from generator.evidence.standing import covered
from generator.facts.answers import DIRECTIONS
from generator.facts.claims import ClaimFacts, claims_of
from generator.facts.marks import INDIRECT
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.agreement import context_of
from generator.meaning.lexicon import lexicon_of
from generator.meaning.marked import Part, mark_both
from generator.problems import visible
from generator.profile import kind_of

MOST_OF_A_TEXT = 500_000
"""Characters of a source: a longer one is as good as not at hand, and a page with it would not answer at once."""

Shown = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """An answer or a claim to be judged: a pair as `compare` has it, and what the page shows of it.

    `pair.passages` is empty for an answer: it rests on claims. `key` names exactly what is shown.
    """

    pair: Pair
    shown: Shown

    @property
    def key(self) -> str:
        """What names this item as it is shown: what was said of it counts for nothing else."""
        return rank(repr(self.pair))


@dataclass(frozen=True)
class Queue:
    """The items of a record in order; `unshown` says which claims cannot be shown, and why."""

    items: tuple[Item, ...]
    unshown: tuple[str, ...]


def draw_queue(guideline: Guideline, record: str, texts: Texts, differences: Differences, salt: str) -> Queue:
    """Return all that a review of a record covers, a few of its claims false."""
    ids = covered(record, guideline)
    claims = [id_ for id_ in ids if id_ in guideline.claims]
    under = {name for id_ in ids if id_ in guideline.answers for name in _claims_beside(guideline.answers[id_])}
    batch = draw_batch(guideline, claims, _short(texts), differences, max(1, len(claims)), salt, elsewhere=under)
    answers = [_answer(id_, guideline, texts) for id_ in _one_of_each(ids, guideline)]
    return Queue((*answers, *(_claim(pair, guideline) for pair in batch.pairs)), batch.unshown)


def true_items(guideline: Guideline, false: Sequence[Pair], texts: Texts, differences: Differences) -> list[Item]:
    """Return the claims that were shown false, as they are, with what had been changed."""
    batch = draw_batch(guideline, [pair.id for pair in false], _short(texts), differences, len(false), "", false=0)
    changed = {pair.id: pair.altered for pair in false}
    items = [_claim(pair, guideline) for pair in batch.pairs]
    return [Item(item.pair, {**item.shown, "was": visible(changed[item.pair.id])}) for item in items]


def sources_of(record: str, guideline: Guideline) -> list[str]:
    """Return the PMIDs of all passages that the items of a record show, those under its answers among them."""
    ids = covered(record, guideline)
    said = [guideline.answers[id_] for id_ in ids if id_ in guideline.answers]
    named = [name for each in said for name in _claims_beside(each)]
    entries = [guideline.claims[id_] for id_ in (*ids, *named) if id_ in guideline.claims]
    return list(dict.fromkeys(cite.pmid for entry in entries for cite in entry.claim.cites))


def _claims_beside(said: Answer | NotKnown) -> list[str]:
    if isinstance(said, NotKnown):
        return list(said.beside)
    return [*(each.claim for each in said.support), *said.otherwise]


def together(id_: str, guideline: Guideline) -> list[str]:
    """Return the ids that one item stands for: an answer or claim alone, or all questions not known for one reason."""
    said = guideline.answers.get(id_)
    if not isinstance(said, NotKnown):
        return [id_]
    return [f"{id_.rpartition('--')[0]}--{name}" for name in said.questions]


def _one_of_each(ids: Sequence[str], guideline: Guideline) -> list[str]:
    return [id_ for id_ in ids if id_ in guideline.answers and together(id_, guideline)[0] == id_]


def _short(texts: Texts) -> Texts:
    """Return the same texts without those that are too long for a page."""

    def text_of(pmid: str) -> str | None:
        text = texts(pmid)
        return text if text is not None and len(text) <= MOST_OF_A_TEXT else None

    return text_of


def _claim(pair: Pair, guideline: Guideline) -> Item:
    facts = claims_of(guideline)[pair.id]
    text, passages = _marked(pair.text, facts, pair.passages)
    known = guideline.comparisons.get(pair.id)
    reasons = {(one.rule, one.what): one.because for one in known.differs} if known else {}
    shown = {
        "id": pair.id,
        "kind": "claim",
        "heading": pair.kind,
        "text": _parts(text),
        "lines": [*([f"Data: {pair.data}"] if pair.data else []), *pair.also],
        "marks": _states(facts),
        "beside": [
            *_related("Says otherwise", facts.opponents, facts.entry.opponents),
            *(each for words, claims in facts.relations for each in _related(words, claims)),
        ],
        "passages": [
            _passage(one, parts, cite) for one, parts, cite in zip(pair.passages, passages, _cited(facts), strict=True)
        ],
        "differences": [
            {
                "rule": rule,
                "what": visible(what),
                "because": reasons.get((rule, what), ""),
                "by": known.by if known else None,
            }
            for rule, what in pair.differences
        ],
    }
    return Item(pair, shown)


def _answer(id_: str, guideline: Guideline, texts: Texts) -> Item:
    said, record = guideline.answers[id_], guideline.records[id_.partition("#")[0]]
    asked = guideline.profile.questions_of(kind_of(id_))
    names = [name.rpartition("--")[2] for name in together(id_, guideline)]
    questions = [asked[name] for name in names if name in asked]
    heading = ", ".join(question.name for question in questions) or ", ".join(names)
    shown: Shown = {
        "id": id_,
        "heading": heading,
        "asks": " ".join(question.asks for question in questions),
        "lines": [],
        "marks": [],
        "differences": [],
    }
    if isinstance(said, NotKnown):
        text, groups = said.because, [("Says something near it", [(name, "") for name in said.beside])]
        shown |= {"kind": "not-known", "steps": []}
    else:
        text = plain_text(said.text)
        groups = [
            ("Rests on", [(each.claim, INDIRECT[each.indirect] if each.indirect else "") for each in said.support]),
            ("Says otherwise", [(name, "") for name in said.otherwise]),
        ]
        steps = [plain_text(step.line) for step in said.steps]
        leans = [f"The sources are {DIRECTIONS[said.direction]}"] if said.direction else []
        shown |= {"kind": "answer", "steps": [visible(step) for step in steps], "lines": leans}
    known = claims_of(guideline)
    claims = [(group, known[name], note) for group, members in groups for name, note in members if name in known]
    told = [line for _, facts, _ in claims for line in (*facts.limits, *(cited["source"] for cited in _cited(facts)))]
    borne = {sign for _, facts, _ in claims for sign in _borne(facts)}
    both, theirs = mark_both(text, [facts.plain_text for _, facts, _ in claims], lexicon_of(guideline), borne, told)
    shown |= {
        "text": _parts(both),
        "claims": [
            {
                "group": group,
                "where": facts.where,
                "text": _parts(parts),
                "lines": [*facts.limits, *([f"Data: {facts.numbers_line}"] if facts.numbers_line else [])],
                "marks": [*([note] if note else []), *_states(facts)],
                "passages": _passages_of(facts, texts),
            }
            for (group, facts, note), parts in zip(claims, theirs, strict=True)
        ],
    }
    pair = Pair(id_, record.name, heading, text, "", (), (), (), hash_of_answer(said, guideline))
    return Item(pair, shown)


def _related(words: str, claims: Sequence[ClaimFacts], because: Mapping[str, str] | None = None) -> list[Shown]:
    return [
        {
            "group": words,
            "where": other.where,
            "text": visible(other.plain_text),
            "because": visible((because or {}).get(other.id, "")),
        }
        for other in claims
    ]


def _cited(facts: ClaimFacts) -> Iterator[Shown]:
    """Yield how each citation of a claim is called, its paper's title, where it opens, and the states of its source."""
    for cite in facts.citations:
        section = cite.citation.section
        where = f", {section}" if section != cite.source.reading.lower() else ""
        yield {
            "source": visible(f"{cite.words}. PMID {cite.source.pmid}{where}"),
            "title": visible(cite.source.title),
            "address": cite.passage,
            "marks": list(cite.states),
        }


def _states(facts: ClaimFacts) -> list[str]:
    """Return the marks of a claim and of its citations, but for what is told besides: limits, how a source was read."""
    own = [words for words in facts.marks if words not in facts.limits]
    return list(dict.fromkeys([*own, *(state for cite in facts.citations for state in cite.states)]))


def _borne(facts: ClaimFacts) -> set[str]:
    """Return the signs that a claim may bear without its passage, as the rules have it."""
    return {sign for signs in context_of(facts.entry, facts.claim) for sign in signs}


def _marked(text: str, facts: ClaimFacts, passages: Sequence[Beside]) -> tuple[list[Part], list[list[Part]]]:
    found = [one.passage for one in passages]
    return mark_both(text, found, lexicon_of(facts.entry.guideline), _borne(facts))


def _passages_of(facts: ClaimFacts, texts: Texts) -> list[Shown]:
    """Return the passages of a claim, marked against it; of one that is not at hand where it opens."""
    try:
        found = passages_beside(facts.entry, _short(texts))
    except PassageError as error:
        return [{**cited, "missing": visible(str(error))} for cited in _cited(facts)]
    _, parts = _marked(facts.plain_text, facts, found)
    return [_passage(one, each, cite) for one, each, cite in zip(found, parts, _cited(facts), strict=True)]


def _passage(one: Beside, parts: Sequence[Part], cited: Shown) -> Shown:
    return {
        **cited,
        "before": visible(one.before),
        "parts": _parts(parts),
        "after": visible(one.after),
    }


def _parts(parts: Sequence[Part]) -> list[list[str]]:
    return [[visible(part.text), part.mark] for part in parts]
