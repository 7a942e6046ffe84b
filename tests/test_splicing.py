"""One value of a file changed by a program, and nothing else of it; what it cannot do it says."""

from collections.abc import Callable

import pytest

from generator.cli import PROJECT
from generator.splicing import SpliceError, lines_of, with_claim, with_list, with_text, without_entry
from generator.yaml_source import read_yaml

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
        (lambda: without_entry(b"a: {b: 1, c: 2}\n", "a", "b"), "a.b cannot be changed by a program as it is written"),
        (lambda: with_list(b"a: [1]\n", ("a", 3), []), "it holds no a.3"),
        (lambda: with_claim(b"claims: {a: {}}\n", "b", ["  b: 1"], 1), "nothing can be added by a program"),
        (lambda: with_claim(b"claims:\n  a: 1\n", "b", ["    b: 1"], 1), "nothing can be added by a program"),
        (lambda: with_claim(b"claims:\n  a: 1\n", "a", ["  a: 1"], 1), "the record has a claim 'a'"),
        (lambda: with_claim(b"name: x\n", "a", ["  a: 1"], 1), "nothing can be added by a program"),
    ],
    ids=range(8),
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
