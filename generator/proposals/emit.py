"""Data to lines of YAML in the hand of the content: blocks, long texts folded, quotation marks if needed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from generator.yaml_source import read_yaml

_WIDTH = 110
_LONG = 72  # characters of a text that stands below its key


class _Writer(yaml.SafeDumper):
    """Writes blocks whose lists are indented, and never a reference."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    folds = len(text) > _LONG and text == " ".join(text.split())
    plain = read_yaml(f"x: {text}\n".encode()).data == {"x": text}
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=">" if folds else None if plain else '"')


_Writer.add_representer(str, _represent_text)
_Writer.add_representer(tuple, lambda writer, items: writer.represent_list(items))
_Writer.add_representer(
    Decimal, lambda writer, number: writer.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")
)


def to_lines(data: Mapping[str, Any], depth: int = 0) -> list[str]:
    """Return the lines of a mapping, indented by so many levels. What they say is read back by whoever inserts them."""
    for _ in range(depth):
        data = {"-": data}
    text = yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text.splitlines()[depth:]
