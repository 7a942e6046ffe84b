"""The policy of the pages in Chromium: kept by the site itself, and in the way of what is injected."""

import pytest
from playwright.sync_api import Page, Route
from test_browser import KINDS

INJECTED = (
    "<script>window.inline = 1</script>"
    '<img src="x" onerror="window.handler = 1">'
    '<svg onload="window.handler = 1"></svg>'
    '<a id="link" href="javascript:window.address = 1">link</a>'
    '<script src="https://other.invalid/x.js"></script>'
    '<iframe src="https://other.invalid/"></iframe>'
    '<object data="https://other.invalid/"></object>'
    '<form id="form" action="https://other.invalid/"><input name="a"></form>'
)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "keeps_a_copy"), [(kind, kind == "home") for kind in KINDS])
def test_no_page_has_an_error_asks_another_host_or_violates_its_own_policy(
    kind: str, page: Page, base_url: str, faults: list[str]
) -> None:
    page.add_init_script(
        "window.violations = [];"
        "document.addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + e.blockedURI))"
    )
    page.goto(base_url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.keyboard.press("f")
    page.keyboard.type("dose", delay=10)
    page.wait_for_timeout(200)
    assert page.evaluate("violations") == []
    assert faults == []
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1


def test_what_is_injected_does_not_run(page: Page, base_url: str) -> None:
    def inject(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<article", f"{INJECTED}<article", 1))

    left: list[str] = []  # what a page is refused never comes as far as a route
    page.route("https://other.invalid/**", lambda route: (left.append(route.request.url), route.abort()))
    page.route("**/indications/scleromyxedema/", inject)
    page.goto(f"{base_url}indications/scleromyxedema/")
    page.wait_for_load_state("networkidle")
    assert page.locator("#link").count() == 1
    page.evaluate("document.getElementById('link').click()")
    page.evaluate("document.getElementById('form').submit()")
    page.wait_for_timeout(300)
    assert page.evaluate("[window.inline, window.handler, window.address]") == [None, None, None]
    assert left == []
    assert page.url == f"{base_url}indications/scleromyxedema/"
