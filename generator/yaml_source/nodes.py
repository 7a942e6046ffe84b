"""Text to data by way of nodes, which the parser makes in C: quick, for what is plain and right."""

import re
from typing import Any

import yaml

from generator.places import KeyPath
from generator.yaml_source.decoding import MAX_DEPTH
from generator.yaml_source.parts import line_at, read_scalar


class NotPlainError(Exception):
    """A text that may hold what is refused, which only the slower reading of each event can tell."""


_REFERENCE = re.compile(r"[&*!](?<![^\s\[{,:-].)(?:(?<=!)|(?=[\w-]))")  # where an anchor, an alias or a tag may begin
_ESCAPE = re.compile(r"\\(?!\")")  # where an escape may begin that hides another sign than a quotation mark
_COMMENT = re.compile(r"^[ \t]*[^ \t#\n][^\n]*[ \t]#", re.MULTILINE)  # where a comment may cut a value


def _is_plain(text: str) -> bool:
    if _ESCAPE.search(text) or _REFERENCE.search(text):
        return False
    return not ((" #" in text or "\t#" in text) and _COMMENT.search(text))


def read_nodes(text: str) -> Any:
    """Return the data of a text without anchors, tags and escapes; raise for every other.

    The parser builds the nodes in C, in half the time that its events take here.
    """
    if not _is_plain(text):
        raise NotPlainError
    root = compose_nodes(text)
    if root is None:
        raise NotPlainError
    return _data_of(root)


def compose_nodes(text: str) -> yaml.Node | None:
    """Return the nodes of a text, plain or not; None if it holds nothing."""
    root: yaml.Node | None = _Composer(text).get_single_node()
    return root


class _Composer(yaml.CSafeLoader):
    """Composes nodes and leaves all scalars untagged: what they mean is said by `read_scalar`."""

    depth = 0

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:  # the parser would go on until its stack is full
            raise NotPlainError

    def ascend_resolver(self) -> None:
        self.depth -= 1


def _data_of(node: yaml.Node) -> Any:
    """Return the data of a node; raise for a key that is repeated, or is no scalar."""
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else read_scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return tuple([_data_of(item) for item in node.value])
    found = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in found:
            raise NotPlainError
        found[key.value] = _data_of(value)
    return found


def line_in(node: yaml.Node, path: KeyPath) -> int:
    """Return the line of the last key of a path below a node, or of the item, as far as there is one."""
    line = line_at(node)
    for key in path:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == key), None)
        else:
            is_index = isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value)
            found = (node.value[key],) * 2 if is_index else None
        if found is None:
            break
        line, node = line_at(found[0]), found[1]
    return line
