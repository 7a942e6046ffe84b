"""YAML is read without surprises, and hostile files are refused without harm."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.yaml_source import read_yaml
from generator.yaml_source.decoding import MAX_BYTES, MAX_DEPTH
from generator.yaml_source.events import read_events


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("010", "010"),
        ("0o10", "0o10"),
        ("2:1", "2:1"),
        ("2026-11-24", "2026-11-24"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("0x1F", "0x1F"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("null", None),
        ("~", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("9" * 30, int("9" * 30)),
        ("9" * 31, "9" * 31),
    ],
)
def test_scalar_keeps_its_meaning(text: str, value: object) -> None:
    assert read_yaml(f"a: {text}\n".encode()).data == {"a": value}


def test_a_decimal_keeps_the_digits_it_is_written_with() -> None:
    value = read_yaml(b"a: 10.0\n").data["a"]
    assert value == Decimal("10.0")
    assert str(value) == "10.0"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> branch", "||||||| base"])
def test_what_git_left_of_a_merge_is_refused_however_lines_end(marker: str, ending: str) -> None:
    (refusal,) = read_yaml(ending.join(["a: 1", marker, "b: 2", ""]).encode()).refusals
    assert (refusal.rule, refusal.line) == ("merge-conflict", 2)


@pytest.mark.parametrize(
    "text", ['"a\\u202eb": 1', 'a: {"\\u200b": 1}', 'a: "\\u202e"', '"e\\u0301": 1', 'a: "e\\u0301"']
)
def test_what_an_escape_hides_is_refused_in_keys_as_in_values(text: str) -> None:
    assert [refusal.rule for refusal in read_yaml(text.encode()).refusals] == ["yaml-characters"]


def test_keys_are_text() -> None:
    assert read_yaml(b"no: 1\n1: 2\ntrue: 3\n").data == {"no": 1, "1": 2, "true": 3}


def test_every_value_has_its_line() -> None:
    document = read_yaml(b"# a note\na: 1\nb:\n  - x\n  - c: >-\n      long\n      text\n")
    lines = {(): 2, ("a",): 2, ("b",): 3, ("b", 0): 4, ("b", 1): 5, ("b", 1, "c"): 5}
    assert {path: document.line_of(path) for path in lines} == lines


def test_what_is_missing_has_the_line_of_what_would_hold_it() -> None:
    document = read_yaml(b"a: 1\nb:\n  - x\n  - c: y\n")
    lines = {
        ("z",): 1,
        ("b", 7): 2,
        ("b", 2): 2,
        ("b", "c"): 2,
        ("b", 1, "z"): 4,
        ("b", 1, "c", 0): 4,
        ("a", "z", 1): 1,
    }
    assert {path: document.line_of(path) for path in lines} == lines


def test_a_refused_file_has_lines_as_far_as_it_was_read() -> None:
    document = read_yaml(b"a: 1\nb:\n  c: 2\n  c: 3\n  d: {x: &y 1}\n")
    assert document.data is None
    assert [document.line_of(path) for path in [("a",), ("b",), ("b", "d", "x"), ("b", "z"), ()]] == [1, 2, 5, 2, 1]
    assert read_yaml(b"").line_of(("a",)) == 1


@pytest.mark.parametrize(
    ("opening", "rule"), [("[", "yaml-size"), ("{a: ", "yaml-size"), ("- ", "yaml-size"), ("? ", "yaml-syntax")]
)
def test_two_hundred_thousand_levels_do_not_crash(opening: str, rule: str) -> None:
    refusals = read_yaml((opening * 200_000).encode()[:MAX_BYTES]).refusals
    assert [refusal.rule for refusal in refusals] == [rule]


def test_a_file_over_the_size_is_refused_unread() -> None:
    assert read_yaml(b"a" * (MAX_BYTES + 1)).refusals[0].rule == "yaml-size"


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert read_yaml(bomb).refusals[0][:2] == (1, "yaml-reference")


@given(st.binary(max_size=400))
def test_any_bytes_give_data_or_refusals_and_never_an_exception(raw: bytes) -> None:
    document = read_yaml(raw)
    assert all(refusal.line >= 1 for refusal in document.refusals)
    assert document.data is None or not document.refusals


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n01.", max_size=60))
def test_any_text_of_yaml_signs_gives_data_or_refusals(text: str) -> None:
    document = read_yaml(text.encode())
    assert document.data is None or not document.refusals


_LINES = [
    "a: 1",
    "b:",
    "  - x",
    "  c: y",
    "- 0.10",
    "a: [1, {b: 2}]",
    "'q': \"w\"",
    "d: >-",
    "    folded",
    "? k",
    ": v",
]
_LINES += ["i: a & b", "j: & b", "k: '&c *d'", 'l: "say \\"no\\""', "m: *", "n: C:\\x"]
_LINES += ["# note", "---", "...", "- - - z", "e: &a 1", "f: *a", "g: !t h", "010: no", "  - b: ~", 'h: "\\x41"', ""]
_LINES += ["o: x # lost", "p: x\t# lost", "'r': 'x' # kept", "s: x#y", '"\\u202e": 1', '"a": 2', "t: !!str 1", "u: !"]


@given(
    st.lists(st.sampled_from(_LINES), max_size=8).map("\n".join) | st.text("ab:-[]{}#&*!|>'\"? \t\n01.", max_size=40)
)
def test_the_quick_reading_says_what_the_reading_of_events_says(text: str) -> None:
    compare_readings(text)


@pytest.mark.parametrize("line", _LINES)
def test_each_line_is_read_alike_by_itself_and_below_another(line: str) -> None:
    for text in (line, f"a: 1\n{line}", f"a:\n  - x\n{line}\n"):
        compare_readings(text)


def compare_readings(text: str) -> None:
    document = read_yaml(text.encode())
    data, lines, refusals = read_events(text.encode())
    assert repr(document.data) == repr(data)
    assert document.refusals == refusals
    assert {path: document.line_of(path) for path in lines} == lines


@pytest.mark.parametrize("levels", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1])
def test_the_deepest_levels_are_counted_alike(levels: int) -> None:
    text = b"- " * levels + b"x"
    data, _, refusals = read_events(text)
    assert (read_yaml(text).data, read_yaml(text).refusals) == (data, refusals)
    assert bool(refusals) == (levels > MAX_DEPTH)
