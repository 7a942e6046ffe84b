"""What axe finds wrong with each kind of page, wide and narrow, light and dark."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from test_browser import KINDS

# Axe leaves this rule of WCAG 2.2 AA out unless asked; Material's own lists of links scroll beneath a fixed title.
SETTINGS = {"rules": [{"id": "target-size", "enabled": True, "selector": "article *"}]}
OPTIONS = {"resultTypes": ["violations"]}

CUT = """most => {
  for (const parent of document.querySelectorAll("*")) {
    const alike = {};
    for (const child of [...parent.children]) {
      const kind = child.tagName + child.getAttribute("class");
      alike[kind] = (alike[kind] || 0) + 1;
      if (alike[kind] > most) child.remove();
    }
  }
}"""
"""Leave of the children of an element that are alike, such as rows, the first; axe is slow on long pages."""


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page."""
    page.evaluate(Axe().axe_script)
    page.evaluate("settings => axe.configure(settings)", SETTINGS)
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", OPTIONS)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def test_axe_sees_a_small_target_and_pale_words(page: Page) -> None:
    page.set_content(
        "<html lang=en><title>t</title><main><h1>h</h1><article><a href=#a style='font-size: 8px'>a</a><br>"
        "<a href=#b style='font-size: 8px'>b</a><p style='color: #aaa'>Pale</article>"
    )
    assert {each.partition(":")[0] for each in violations(page)} == {"color-contrast", "target-size"}


slow = pytest.mark.slow


@pytest.mark.wide
@pytest.mark.parametrize(
    ("scheme", "width", "rows"),
    [
        ("light", 1280, 6),
        pytest.param("light", 1280, None, marks=slow),
        pytest.param("light", 390, 6, marks=slow),
        pytest.param("dark", 1280, 6, marks=slow),
        pytest.param("dark", 390, None, marks=slow),
    ],
)
def test_axe_finds_nothing(
    scheme: Literal["light", "dark"],
    width: int,
    rows: int | None,
    new_context: Callable[..., BrowserContext],
    base_url: str,
) -> None:
    viewport = {"width": width, "height": 900}
    page = new_context(color_scheme=scheme, viewport=viewport, reduced_motion="reduce").new_page()
    found = {}
    for kind, address in KINDS.items():
        page.goto(base_url + address)
        if rows:
            page.evaluate(CUT, rows)
        if wrong := violations(page):
            found[kind] = wrong
    assert found == {}
