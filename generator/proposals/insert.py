"""New lines into the text of a record, where they belong: every other line stays as it is, comments and order too.

Each function reads what it made again, and raises SpliceError unless it says what was said before, and the new part.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from generator.proposals.emit import to_lines
from generator.sources import Reference
from generator.splicing import SpliceError, data_of
from generator.yaml_source import read_yaml

_NO_BLOCKS = "nothing can be added by a program: the answers are not written as blocks, two spaces deep"


def put_answer(before: bytes, name: str, answer: object, questions: Sequence[str]) -> bytes:
    """Return a record that answers a question, in the place of its answer or by the order of the questions.

    A question that was not known is no more listed as such.
    """
    data = _read(before)
    text = before.decode()
    open_ = tuple(filter(None, (_without(each, name) for each in data.get("not_known") or ())))
    if data.get("not_known") and open_ != data["not_known"]:
        text = _without_not_known(text, name, data["not_known"])
    answers = data.get("answers") or {}
    lines = to_lines({"answers": {name: answer}}) if not answers else to_lines({name: answer}, depth=1)
    text = _with_lines(text, name, lines, [*answers], questions, _ending(before))
    wanted = {**data, "answers": {**answers, name: answer}}
    if "not_known" in data:
        wanted["not_known"] = open_
    if not open_:
        wanted.pop("not_known", None)
    return _checked(text, wanted, _NO_BLOCKS)


def make_reference(content: Mapping[str, Any]) -> bytes:
    """Return the file of a new reference: what is said of it in the order of the format, what is not as null."""
    filled = {
        key: content.get(key)
        for key, field in Reference.model_fields.items()
        if key in content or (not field.is_required() and field.default is None)
    }
    head = "# yaml-language-server: $schema=../../docs/schema/reference.schema.json"
    return "\n".join([head, *to_lines(filled), ""]).encode()


def _read(raw: bytes) -> dict[str, Any]:
    data = data_of(raw)
    if not isinstance(data, dict):
        raise SpliceError(_NO_BLOCKS)
    return data


def _checked(text: str, wanted: Mapping[str, Any], why: str) -> bytes:
    after = text.encode()
    if read_yaml(after).data != wanted:
        raise SpliceError(why)
    return after


def _ending(raw: bytes) -> str:
    return "\r\n" if b"\r\n" in raw else "\n"


def _without(each: Any, name: str) -> Any:
    """Return what is not known without a question; None if it is no question more."""
    left = tuple(question for question in each["questions"] if question != name)
    return {**each, "questions": left} if left else None


def _with_lines(
    text: str, name: str, new: Sequence[str], known: Sequence[str], questions: Sequence[str], ending: str
) -> str:
    """Return a text with lines of an answer in the place of those of one, behind one that comes before it, or new."""
    lines = text.split("\n")
    root = _compose(text)
    if name in known:
        start, end = _span(root, lines, "answers", name)
    elif known:
        order = [*questions]
        earlier = [each for each in known if each in order[: order.index(name)]] if name in order else known
        start = end = _span(root, lines, "answers", earlier[-1])[1] if earlier else _span(root, lines, "answers")[0] + 1
    else:
        first = next((key for key in ("answers", "not_known", "claims") if _pair(root, key)), "claims")
        start, end = _span(root, lines, first)
        end = end if first == "answers" else start
    tail = ending.removesuffix("\n")
    return "\n".join([*lines[:start], *(line + tail for line in new), *lines[end:]])


def _without_not_known(text: str, name: str, not_known: Sequence[Any]) -> str:
    """Return a text in which a question is not listed as not known."""
    lines = text.split("\n")
    root = _compose(text)
    index = next(number for number, each in enumerate(not_known) if name in each["questions"])
    if len(not_known[index]["questions"]) > 1:
        return _without_item(text, _node(root, "not_known", index, "questions"), name)
    start, end = _span(root, lines, "not_known")
    if len(not_known) > 1:
        items = _node(root, "not_known").value
        begins = [item.start_mark.line for item in items]
        start, end = begins[index], begins[index + 1] if index + 1 < len(items) else end
    return "\n".join([*lines[:start], *lines[end:]])


def _without_item(text: str, items: yaml.SequenceNode, name: str) -> str:
    """Return a text without one of the items of a list."""
    nodes = items.value
    index = next(number for number, node in enumerate(nodes) if node.value == name)
    if not items.flow_style:
        lines = text.split("\n")
        return "\n".join([*lines[: nodes[index].start_mark.line], *lines[nodes[index].start_mark.line + 1 :]])
    last = index + 1 == len(nodes)
    start = _offset(text, nodes[index - 1].end_mark if last else nodes[index].start_mark)
    end = _offset(text, nodes[index].end_mark if last else nodes[index + 1].start_mark)
    return text[:start] + text[end:]


def _compose(text: str) -> Any:
    """Return the nodes of a mapping that was read already."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _pair(node: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    return next((pair for pair in node.value if pair[0].value == key), None)


def _node(root: Any, *path: str | int) -> Any:
    for key in path:
        root = root.value[key] if isinstance(key, int) else next(pair[1] for pair in root.value if pair[0].value == key)
    return root


def _span(root: yaml.Node, lines: Sequence[str], *path: str) -> tuple[int, int]:
    """Return the first line of a key and the one after its value; blank lines and comments after it are of the next."""
    node: yaml.Node = root
    start, end = 0, len(lines)
    for key in path:
        begins = [pair[0].start_mark.line for pair in node.value]
        index = next(number for number, pair in enumerate(node.value) if pair[0].value == key)
        start, end = begins[index], begins[index + 1] if index + 1 < len(begins) else end
        node = node.value[index][1]
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return start, end


def _offset(text: str, mark: Any) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: mark.line]) + int(mark.column)
