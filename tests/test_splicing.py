"""One value of a file changed by a program, and nothing else of it; what it cannot do it says."""

from collections.abc import Callable
from unicodedata import is_normalized

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import PROJECT
from generator.splicing import SpliceError, flow, lines_of, with_claim, with_entry, with_list, with_text, without_entry
from generator.yaml_source import read_yaml
from generator.yaml_source.decoding import FORBIDDEN

FILE = b"""# head
sources:

  one:  # first
    label: "A: b"
    notes: >
      folded
      text

  # about two
  two: {label: x, for: [a, "1"]}

  three:
    for:
      - a
      - b
"""


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        (
            lambda raw: without_entry(raw, "sources", "one"),
            b'  one:  # first\n    label: "A: b"\n    notes: >\n      folded\n      text\n\n',
            b"",
        ),
        (lambda raw: without_entry(raw, "sources", "two"), b'  # about two\n  two: {label: x, for: [a, "1"]}\n\n', b""),
        (lambda raw: without_entry(raw, "sources", "three"), b"\n  three:\n    for:\n      - a\n      - b\n", b""),
        (lambda raw: with_list(raw, ("sources", "two", "for"), ["a"]), b'[a, "1"]', b"[a]"),
        (lambda raw: with_list(raw, ("sources", "two", "for"), ["111", "a"]), b'[a, "1"]', b'["111", a]'),
        (lambda raw: with_list(raw, ("sources", "three", "for"), []), b"\n      - a\n      - b", b" []"),
        (lambda raw: with_text(raw, ("sources", "two", "for", 1), "22"), b'"1"', b'"22"'),
        (lambda raw: with_text(raw, ("sources", "one", "label"), "x"), b'"A: b"', b'"x"'),
    ],
    ids=range(8),
)
def test_every_other_byte_stays(change: Callable[[bytes], bytes], gone: bytes, new: bytes) -> None:
    assert FILE.count(gone) == 1
    assert change(FILE) == FILE.replace(gone, new)


COMMENTED = """\
# head

sources:  # all
  # one's own
  one:
    a: x

    # still of one

  # of none

  # of two
  two: [a, "b # c"]
  # of none either
# of the next
next:
  - a
  # of b
  - b: 1
    c: 2
    # below b

  # behind
# foot
"""


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("sources", "one"), "  # one's own\n  one:\n    a: x\n\n    # still of one\n\n"),
        (("sources", "two"), '\n  # of two\n  two: [a, "b # c"]\n'),
        (("sources",), COMMENTED[COMMENTED.index("sources") : COMMENTED.index("# of the next")]),
        (("next", 0), "  - a\n"),
        (("next", 1), "  # of b\n  - b: 1\n    c: 2\n    # below b\n"),
        (("next",), COMMENTED[COMMENTED.index("# of the next") : COMMENTED.index("# foot")]),
        (("next", 1, "c"), "    c: 2\n"),
        (("sources", "two", 0), "a, "),
        (("sources", "two", 1), ', "b # c"'),
    ],
)
def test_an_entry_goes_with_its_own_comments_and_no_others(path: tuple[str | int, ...], gone: str) -> None:
    assert COMMENTED.count(gone) == 1
    for text, without in ((COMMENTED, gone), (COMMENTED.replace("\n", "\r\n"), gone.replace("\n", "\r\n"))):
        assert without_entry(text.encode(), *path).decode() == text.replace(without, "")


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a:  # all\n  # of b\n  b: 1\n  # end\nc: 2\n", ("a", "b"), "a: {}  # all\n  # end\nc: 2\n"),
        ("a:\n  - b\n# foot\n", ("a", 0), "a: []\n# foot\n"),
        ("a: {b: 1}\n", ("a", "b"), "a: {}\n"),
        ("a: [x]  # why\n", ("a", 0), "a: []  # why\n"),
    ],
)
def test_the_only_entry_leaves_brackets(before: str, path: tuple[str | int, ...], after: str) -> None:
    assert without_entry(before.encode(), *path).decode() == after


@pytest.mark.parametrize(
    ("before", "path", "lines", "value", "after"),
    [
        ('a:   "x"  # why\n', ("a",), ["y"], "y", None),
        ('a:   "x"  # why\n', ("a",), ["[y]"], ("y",), "a:   [y]  # why\n"),
        ('a: "x"  # why\n', ("a",), ["", "  b: 1"], {"b": 1}, "a:\n  # why\n  b: 1\n"),
        ("a:\nb: 1\n", ("a",), ["y"], "y", "a: y\nb: 1\n"),
        ("a:\n  # why\n  x\n", ("a",), ["y"], "y", "# why\na: y\n"),
        ("a: |  # why\n  x # no\n\nb: 1\n", ("a",), ["y"], "y", "# why\na: y\n\nb: 1\n"),
        ("a:\n  - b: {c: 1}\n", ("a", 0, "b"), ["", "      c: 2"], {"c": 2}, "a:\n  - b:\n      c: 2\n"),
        ("a:\n  - b: 1\n    # why\n    c: 2\n", ("a", 0), ["[]"], (), "a:\n  # why\n  - []\n"),
        ("a: {b: [x, # why\n  y], c: 1}\n", ("a", "b"), ["[]"], (), "# why\na: {b: [], c: 1}\n"),
    ],
)
def test_a_value_gives_way_and_the_comments_within_it_stay(
    before: str, path: tuple[str | int, ...], lines: list[str], value: object, after: str | None
) -> None:
    """A comment behind a value without quotation marks would be refused, and the change is."""
    if after is None:
        with pytest.raises(SpliceError):
            with_entry(before.encode(), path, lines, value)
    else:
        assert with_entry(before.encode(), path, lines, value).decode() == after
        with_windows = with_entry(before.replace("\n", "\r\n").encode(), path, lines, value)
        assert with_windows.decode() == after.replace("\n", "\r\n")


def is_read(text: str) -> bool:
    return not FORBIDDEN.search(text) and is_normalized("NFC", text)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(is_read)
WORDS = st.sampled_from(
    [
        *("null", "Null", "true", "false", "~", "", "no", "yes", "on", "off", "1", "1.0", "1e3", "0x1f", ".inf"),
        *("2026-01-01", "-", "-a", "?", "a: b", "a #b", "\U0001f600", "a\nb", "'", '"', "\\", "{", "[a]", "&a", "*a"),
    ]
)


@given(st.lists(TEXTS | WORDS, max_size=5), TEXTS | WORDS)
def test_every_text_comes_back_as_it_was_written(items: list[str], other: str) -> None:
    raw = f"a: {flow(items)}\nb: x\n".encode()
    assert read_yaml(raw).data == {"a": tuple(items), "b": "x"}
    assert yaml.safe_load(raw) == {"a": items, "b": "x"}
    changed = with_text(with_list(raw, ("a",), [*items, other]), ("b",), other)
    assert read_yaml(changed).data == {"a": (*items, other), "b": other}


def test_what_stands_behind_a_sign_of_four_bytes_is_found() -> None:
    raw = 'a: "\U0001f600"  # \U0001f600\nb: x\nc: [y, z]\n'.encode()
    assert with_text(raw, ("b",), "ü\U0001f600").decode() == raw.decode().replace("b: x", 'b: "ü\U0001f600"')
    assert without_entry(raw, "c", 0).decode() == raw.decode().replace("[y, z]", "[z]")


def test_the_last_entry_leaves_an_empty_mapping() -> None:
    assert without_entry(b"sources:\n\n  one:\n    label: x\n", "sources", "one") == b"sources: {}\n"


def test_the_lines_of_an_entry_are_as_they_stand() -> None:
    assert lines_of(FILE, "sources", "three") == ["  three:", "    for:", "      - a", "      - b"]
    assert lines_of(FILE, "sources", "one")[-1] == "      text"


def test_a_claim_goes_to_the_end_of_a_record() -> None:
    record = b"name: x\nclaims:\n\n  a:\n    text: b\n\n"
    added = with_claim(record, "c", ["  c:", "    text: d"], {"text": "d"})
    assert added == b"name: x\nclaims:\n\n  a:\n    text: b\n\n  c:\n    text: d\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: without_entry(b"{", "a"), "correct that first"),
        (lambda: without_entry(b"a: 1\n", "b"), "it holds no b"),
        (lambda: without_entry(b"a: {b: 1, # c\n  c: 2}\n", "a", "b"), "a comment stands between what is in brackets"),
        (lambda: without_entry(b"- - a\n  - b\n", 0, 0), "0.0 cannot be changed by a program as it is written"),
        (lambda: with_list(b"a: [1]\n", ("a", 3), []), "it holds no a.3"),
        (lambda: with_claim(b"claims: {a: {}}\n", "b", ["  b: 1"], 1), "nothing can be added by a program"),
        (lambda: with_claim(b"claims:\n  a: 1\n", "b", ["    b: 1"], 1), "nothing can be added by a program"),
        (lambda: with_claim(b"claims:\n  a: 1\n", "a", ["  a: 1"], 1), "the record has a claim 'a'"),
        (lambda: with_claim(b"name: x\n", "a", ["  a: 1"], 1), "nothing can be added by a program"),
    ],
    ids=range(9),
)
def test_what_a_program_cannot_do_it_says(change: Callable[[], bytes], message: str) -> None:
    with pytest.raises(SpliceError) as refused:
        change()
    assert message in str(refused.value)


def test_papers_that_wait_can_go_one_after_the_other() -> None:
    raw = (PROJECT / "content/pending.yaml").read_bytes()
    names = [*read_yaml(raw).data["sources"]]
    for name in (*names[:3], *names[-3:]):
        raw = without_entry(raw, "sources", name)
    assert [*read_yaml(raw).data["sources"]] == names[3:-3]
