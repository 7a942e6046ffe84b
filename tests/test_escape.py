"""Whatever a text holds, the page shows exactly that text, and nothing of it becomes markup."""

import re
from html import unescape
from pathlib import PurePosixPath

import markdown
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.escape import escape
from generator.linked_text import Link
from generator.render.site.environment import linked, make_environment
from generator.speech import speech_in

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
SIGNS = "*_`[](){}<>#+-.!|~^=:&;\"'\\/$%@ \nabc019"


def shown(html: str) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(html, "html.parser").get_text()).strip()


@given(st.text(alphabet=SIGNS, min_size=1, max_size=50).filter(str.strip))
def test_a_paragraph_shows_the_text_and_holds_no_markup(text: str) -> None:
    html = markdown.markdown(f"<div markdown>\n\n{str(escape(text)).strip()}\n\n</div>", extensions=EXTENSIONS)
    assert shown(html) == re.sub(r"\s+", " ", text).strip()
    assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all()} == {"div", "p"}


@given(st.text(alphabet=SIGNS, min_size=1, max_size=50).filter(str.strip))
def test_a_table_cell_shows_the_text(text: str) -> None:
    html = markdown.markdown(f"| a | b |\n| --- | --- |\n| x{escape(text)}x | c |\n", extensions=EXTENSIONS)
    cells = BeautifulSoup(html, "html.parser").find_all("td")
    assert len(cells) == 2
    assert shown(str(cells[0])) == re.sub(r"\s+", " ", f"x{text}x").strip()


@given(st.text(max_size=40))
def test_an_attribute_cannot_be_left(text: str) -> None:
    assert not set("<>\"'") & set(str(escape(text)))
    assert unescape(str(escape(text))) == re.sub(r"\s+", " ", text) or "\x00" in text or not text.isprintable()


def test_what_is_put_into_words_of_the_machine_is_escaped_like_all_else() -> None:
    english = speech_in("en")
    environment = make_environment(english, english)
    for made in ('say("of {name}", name=x)', 'plural(1, "{n} of {name}", "{n} of {name}", name=x)', "x", "x | own"):
        told = environment.from_string(f"{{{{ {made} }}}}").render(x="<b> & [c](d)")
        assert "&#60;b&#62; &#38; &#91;c&#93;" in told, made


def test_the_words_of_a_link_are_escaped_and_it_leads_where_it_says() -> None:
    parts = ["<i>As", Link("<b>x](https://evil.example) `y`", "indications/pemphigus"), "&"]
    html = markdown.markdown(str(linked(parts, PurePosixPath("practice/dosing.md"))), extensions=EXTENSIONS)
    soup = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all()} == {"p", "a"}
    assert [(a["href"], a.get_text()) for a in soup.find_all("a")] == [
        ("../indications/pemphigus.md", "<b>x](https://evil.example) `y`")
    ]
