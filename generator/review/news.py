"""What a search for new papers brought, as text and as an issue on GitHub. What PubMed says is hostile in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.elsewhere import pubmed
from generator.review.formats import MAX_ISSUE, for_github, for_terminal, make_environment, most_that_fit


@dataclass(frozen=True)
class Paper:
    """A paper as PubMed describes it, and the names of the records that its title names, with their points."""

    pmid: str
    title: str
    printed_in: str
    relevant: Sequence[tuple[str, int]]

    @property
    def points(self) -> int:
        """The points of the record that it names most."""
        return max((points for _, points in self.relevant), default=0)


@dataclass(frozen=True)
class News:
    """The papers that came into PubMed from one day to another and are not known here, the most relevant first."""

    since: date
    until: date
    hits: int
    papers: Sequence[Paper]


def to_text(news: News) -> str:
    """Return it as plain text, what does not print made visible."""
    return make_environment(for_terminal).get_template("news.txt.j2").render(news=news)


def to_issue(news: News, limit: int = MAX_ISSUE) -> str:
    """Return it as the text of an issue of at most `limit` characters; what is cut is said. Empty for no paper."""
    template = make_environment(for_github).get_template("news.md.j2")

    def render(shown: int) -> str:
        return template.render(news=news, shown=shown, pubmed=pubmed)

    return render(most_that_fit(render, len(news.papers), limit)) if news.papers else ""
