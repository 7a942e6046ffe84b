"""The scripts of the pages, put together of modules."""

import json
import re

import pytest

from generator.cli import PROJECT
from generator.render.site.bundles import BUNDLES, FOLDER, read_module, render_scripts

MODULES = sorted(path.stem for path in (PROJECT / "generator/render/site/scripts").glob("*.js"))
MADE = {name: re.findall(r"^(?:const|class|function) (\w+)", read_module(name), re.MULTILINE) for name in MODULES}


def test_every_module_is_in_a_script_and_every_name_is_made_once() -> None:
    assert sorted({name for modules in BUNDLES.values() for name in modules}) == MODULES
    names = [name for made in MADE.values() for name in made]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_module_uses_none_that_is_not_before_it_in_the_script(bundle: str) -> None:
    homes = {name: module for module, made in MADE.items() for name in made if name[0].isupper()}
    before: list[str] = []
    for module in BUNDLES[bundle]:
        code = re.sub(r"/\*.*?\*/", "", read_module(module), flags=re.DOTALL)
        used = {homes[name] for name in re.findall(r"(?<![.\w])(\w+)\b(?!\s*:)", code) if name in homes} - {module}
        assert used <= set(before), module
        before.append(module)


def test_a_script_is_its_modules_without_comments_in_a_room_of_its_own() -> None:
    for path, script in render_scripts().items():
        text = script.decode()
        head, *lines = text.splitlines()
        assert head == f"/* Of the modules {', '.join(BUNDLES[path.stem])}. */"
        assert lines[:2] == ["(function () {", '"use strict";']
        assert lines[-1] == "})();"
        assert lines[2:-1] == [line for name in BUNDLES[path.stem] for line in code_of(read_module(name))]


def code_of(module: str) -> list[str]:
    """Return the lines of a module that are neither empty nor of a comment that has lines of its own."""
    found, in_comment = [], False
    for line in module.splitlines():
        assert line.count("`") % 2 == 0, "a text over lines could look like a comment"
        in_comment = in_comment or line.lstrip().startswith("/*")
        if line and not in_comment:
            found.append(line)
        ends = "*/" in line
        assert not (in_comment and ends) or line.endswith("*/"), "a comment that begins a line ends one"
        in_comment = in_comment and not ends
    return found


LITERAL = re.compile(r'"([^"\n]*)"|`([^`]*)`')
NO_WORDS = {
    *("Escape", "ArrowDown", "ArrowUp", "keep to read", "keep to print", "take over", "not copied"),
    *(
        " is missing",
        "no step ",
        "choices return",
        "current urgent",
        "field of-narrow",
        "md-search-result__link hit",
    ),
}
"""What looks like words and is none that a reader sees: keys, messages between scripts, faults, names of style."""


def test_every_word_of_a_script_is_said_by_the_catalogue() -> None:
    found = set()
    for name in set(MODULES) - {"query"}:  # whose lists are of words that readers type
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", read_module(name), flags=re.DOTALL)
        code = re.sub(r'\b(?:say|plural)\((?:\w+, )?"[^"]*"(?:, "[^"]*")?', "", code)
        code = re.sub(
            r"(?:querySelector(?:All)?|one|all|closest|matches|addEventListener)\([^()]*(?:\([^()]*\))?[^()]*\)",
            "",
            code,
        )
        for text, template in LITERAL.findall(code):
            said = text or re.sub(r"\$\{.*\}", "", template)
            if re.search(r"^[A-Z][a-z]+|[A-Z][a-z]+ |[a-z]{2,} [a-z]{2,}", said):
                found.add(said)
    assert found - NO_WORDS == set()
    assert NO_WORDS - found == set()


def test_a_script_in_german_has_the_words_that_it_says_and_no_others() -> None:
    english, german = render_scripts(), render_scripts("de")
    for path, script in ((path, script) for path, script in german.items() if "words" in BUNDLES[path.stem]):
        [line] = re.findall(r"^const SAID = (.*);$", script.decode(), re.MULTILINE)
        said = json.loads(line)
        assert said
        assert all(json.dumps(words, ensure_ascii=False) in english[path].decode() for words in said)
        assert script.decode().replace(line, "{}") == english[path].decode()
    assert "Körpergewicht" not in german[FOLDER / "search.js"].decode()
    assert '"Print this way": "Diesen Weg drucken"' in german[FOLDER / "pathway.js"].decode()
