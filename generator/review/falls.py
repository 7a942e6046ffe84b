"""What would change if sources fell, as text, as data, and as an issue on GitHub. Content is hostile in each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.changes import IMPACTS
from generator.elsewhere import pubmed
from generator.facts.falls import Fall, FallenClaim
from generator.problems import Problem, disarmed
from generator.review.formats import MAX_ISSUE, for_github, for_terminal, make_environment, most_that_fit
from generator.review.impact import impact_of_claims

_MOST = (100, 20, 5, 0)
"""How many claims, answers and places of a source an issue names: the most that fit."""


@dataclass(frozen=True)
class ToldFall:
    """What would change if a source were retracted, the plots (record, title) that draw it, and what `check` would say.

    `found` is what PubMed shows of the source and the content does not yet; empty if nobody asked.
    """

    fall: Fall
    plots: Sequence[tuple[str, str]]
    problems: Sequence[Problem]
    found: str = ""

    @property
    def by_impact(self) -> Mapping[str, Sequence[FallenClaim]]:
        """The claims that cite it by the class of clinical impact of what would become of them, from the highest."""
        claims = self.fall.claims
        classes = [(impact_of_claims([each.claim.entry], "evidence-strength"), each) for each in claims]
        found = {impact: [each for name, each in classes if name == impact] for impact in IMPACTS}
        return {impact: same for impact, same in found.items() if same}

    @property
    def places(self) -> Mapping[str, Sequence[str]]:
        """Where a claim that would lose it is seen, in words, by what the places are called."""
        fall = self.fall
        doses = [f"{record.record.name}, {regimen.words.amount}" for record, regimen in fall.doses]
        every = [f"of every disease: {record.record.name}" for record in fall.on_every_sheet]
        found = {
            "steps of the pathway": [step.heading for step in fall.steps],
            "rows of the page of doses": doses,
            "plots": [f"{record}, {title}" for record, title in self.plots],
            "ward sheets": [*every, *(record.record.name for record in fall.sheets)],
        }
        return {name: words for name, words in found.items() if words}


def to_text(told: Sequence[ToldFall]) -> str:
    """Return it as plain text, what does not print made visible."""
    return make_environment(for_terminal).get_template("falls.txt.j2").render(told=told, names=IMPACTS)


def to_json(told: Sequence[ToldFall]) -> str:
    """Return it as data: a list, one object a source."""
    return disarmed(json.dumps([_data(each) for each in told], indent=1)) + "\n"


def to_issue(told: Sequence[ToldFall], limit: int = MAX_ISSUE) -> str:
    """Return it as the text of an issue of at most `limit` characters; what is cut is said. Empty for no source."""
    template = make_environment(for_github).get_template("falls.md.j2")

    def render(shown: int, most: int) -> str:
        return template.render(told=told[:shown], names=IMPACTS, most=most, more=len(told) - shown, pubmed=pubmed)

    if not told:
        return ""
    for most in _MOST:
        text = render(len(told), most)
        if len(text) <= limit:
            return text
    return render(most_that_fit(lambda shown: render(shown, _MOST[-1]), len(told), limit), _MOST[-1])


def _data(told: ToldFall) -> dict[str, object]:
    fall = told.fall
    return {
        "pmid": fall.source.pmid,
        "title": fall.source.reference.title,
        "retraction": fall.source.reference.retraction.state,
        "found": told.found or None,
        "claims": [
            {
                "id": each.claim.id,
                "impact": impact,
                "loses": each.loses,
                "sources_left": each.left,
                "strength": each.was,
                "strength_without": each.now,
            }
            for impact, same in told.by_impact.items()
            for each in same
        ],
        "answers": [
            {
                "id": each.answer.id,
                "rests_on": each.was or None,
                "rests_on_without": each.now or None,
                "left": each.left or None,
                "claims_lost": [claim.id for claim in each.lost],
                "bare_lines": each.bare,
                "no_more_counted": each.uncounted,
            }
            for each in fall.answers
        ],
        "answers_kept": [answer.id for answer in fall.kept],
        "steps": [step.name for step in fall.steps],
        "doses": [{"record": record.id, "claim": regimen.claim.id} for record, regimen in fall.doses],
        "plots": [{"record": record, "title": title} for record, title in told.plots],
        "sheets": [record.id for record in fall.sheets],
        "on_every_sheet": [record.id for record in fall.on_every_sheet],
        "problems": [str(problem) for problem in told.problems],
    }
