"""The Content-Security-Policy of each page (W3C CSP 3): scripts of the site, and known inline ones by hash."""

import base64
import hashlib
import re

_META = re.compile(r'\n<meta http-equiv="Content-Security-Policy"[^>]*>')
_HEAD = re.compile(r"<meta charset=\"utf-8\">")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script[^>]*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?application/(?:ld\+)?json\b")
# The theme's first script names the root of the site as seen from the page.
_ROOT = re.compile(r'(?<=^__md_scope=new URL\(")[A-Za-z0-9._~/-]*(?=",location\))')

KNOWN = frozenset(
    {
        "/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
        "DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
        "frNoT9rNKIH2e5QomDJzop2HdNi8gmIq+bZajsEDKpA=",
        "kjLu0yX22e3ri9G1fB7aRh68X4MYYAxyUUOebwWRcw4=",
    }
)
"""SHA-256, in base64, of the inline scripts of Material for MkDocs 9.8, with the root of the site left out, and last
of the one in overrides/lost.html."""

_POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'"
)


class PolicyError(Exception):
    """A page holds an inline script that is not known, or no place for its policy."""


def with_policy(page: str) -> str:
    """Return a page of HTML with its policy in its head, in the place of one from before.

    Raises PolicyError for an inline script that is neither one of the theme's nor ours.
    """
    page = _META.sub("", page)
    hashes = []
    for attributes, script in _SCRIPT.findall(page):
        if re.search(r"\bsrc\s*=", attributes) or _TYPE.search(attributes):
            continue
        if _hash(_ROOT.sub("", script)) not in KNOWN:
            raise PolicyError(f"an inline script is not known (sha256 {_hash(_ROOT.sub('', script))}): {script[:60]!r}")
        hashes.append(f" 'sha256-{_hash(script)}'")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(hashes="".join(hashes))}">'
    page, count = _HEAD.subn(lambda match: f"{match[0]}\n{meta}", page, count=1)
    if not count:
        raise PolicyError("the page does not say its characters (`<meta charset>`), after which its policy stands")
    return page


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
