"""Changes of answers, of what is called not known, and of the profile that asks the questions."""

from collections.abc import Iterator, Mapping, Sequence

from generator.answers import Answer, NotKnown, Support
from generator.changes import Change
from generator.guideline import Guideline
from generator.model import Record
from generator.profile import kind_of
from generator.review.following import renamed_records
from generator.review.impact import impact_of_question, words_of
from generator.walks import parts_of, values_in

_SAFETY = ("class_harms", "emergency", "contraindication", "pathway")


def answer_changes(before: Guideline, after: Guideline, moved: Mapping[str, str]) -> Iterator[Change]:
    """Yield the answers that came, went or changed, and the same of what is not known; and changes of the profile."""
    unread = before.unread | after.unread
    renamed = renamed_records(before, after, moved)
    was = {renamed.get(id_, id_): record for id_, record in before.records.items()}
    for id_ in dict.fromkeys([*was, *after.records]):
        if id_ not in unread:
            yield from _record(id_, was.get(id_), after.records.get(id_), before, after, moved)
    yield from _profile(before, after)


def _record(
    id_: str,
    old: Record | None,
    new: Record | None,
    before: Guideline,
    after: Guideline,
    moved: Mapping[str, str],
) -> Iterator[Change]:
    record = new or old
    if record is None:
        return
    known = [_not_known(each, moved) for each in (old, new)]
    answers = [each.answers if each else {} for each in (old, new)]
    for name in dict.fromkeys([*answers[0], *answers[1], *known[0], *known[1]]):
        version = after if name in after.profile.questions_of(kind_of(id_)) else before
        question = version.profile.questions_of(kind_of(id_)).get(name)
        impact = impact_of_question(kind_of(id_) == version.profile.harm, question, version)
        title = f"{record.name}: {question.name.lower() if question else name}"
        where = f"{id_}#answer--{name}"
        sides = [
            each.get(name) or _common(where, version) for each, version in zip(answers, (before, after), strict=True)
        ]
        words = [_words(sides[0], moved), _words(sides[1], {})]
        if words[0] != words[1]:
            kind = "answer-changed" if all(sides) else "answer-added" if sides[1] else "answer-removed"
            same = all(sides) and words_of(words[0]) == words_of(words[1])
            pmids = _pmids(sides[1], after) or _pmids(sides[0], before)
            yield Change.of(kind, "wording" if same else impact, where, title, words[0], words[1], (), pmids)
        if known[0].get(name) != known[1].get(name):
            told = [each.get(name, "") for each in known]
            yield Change.of("not-known-changed", impact, where, title, told[0], told[1])


def _common(where: str, version: Guideline) -> Answer | None:
    """Return the common answer that a version tells where the record has none."""
    said = version.answers.get(where)
    return said if isinstance(said, Answer) else None


def _words(answer: Answer | None, moved: Mapping[str, str]) -> str:
    """Return an answer in one line; the claims that it names under the ids that they have now."""
    if answer is None:
        return ""

    def rests(support: Sequence[Support]) -> str:
        named = (
            moved.get(each.claim, each.claim) + (f" (indirect: {each.indirect})" if each.indirect else "")
            for each in support
        )
        return f"rests on {', '.join(named)}"

    steps = [f"{step.line} ({rests(step.rests_on)})" for step in answer.steps]
    otherwise = ", ".join(moved.get(claim, claim) for claim in answer.otherwise)
    parts = [answer.text, f"direction {answer.direction}" if answer.direction else ""]
    parts += [rests(answer.rests_on) if answer.rests_on else "", *steps]
    return " · ".join(filter(None, (*parts, f"otherwise {otherwise}" if otherwise else "")))


def _not_known(record: Record | None, moved: Mapping[str, str]) -> dict[str, str]:
    """Return why each question is not known, in one line."""

    def told(each: NotKnown) -> str:
        awaits = f"awaits {', '.join(each.awaits)}" if each.awaits else ""
        beside = ", ".join(moved.get(claim, claim) for claim in each.beside)
        return " · ".join(filter(None, (each.because, awaits, f"beside {beside}" if beside else "")))

    return {name: told(each) for each in (record.not_known if record else ()) for name in each.questions}


def _pmids(answer: Answer | None, guideline: Guideline) -> list[str]:
    claims = (
        [guideline.claims[each.claim] for each in answer.support if each.claim in guideline.claims] if answer else []
    )
    return list(dict.fromkeys(cite.pmid for entry in claims for cite in entry.claim.cites))


def _profile(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield what the profile says otherwise, a change for each value."""
    sides = [
        {".".join(map(str, path)): str(value) for path, value in values_in(version.profile) if not parts_of(value)}
        for version in (before, after)
    ]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        old, new = (side.get(name, "") for side in sides)
        if old != new:
            is_typed = name.startswith("search.") or ".words." in name
            impact = "wording" if is_typed else "evidence-strength"
            if name.startswith(_SAFETY) or name.endswith(".counts_as"):
                impact = "safety"
            elif name.startswith("doses.units."):
                impact = "dose"  # every table of grams and the calculator
            yield Change.of("profile-changed", impact, "profile", f"Profile: {name}", old, new)
