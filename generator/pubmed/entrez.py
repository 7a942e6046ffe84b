"""Asking NCBI's E-utilities, as "Entrez Programming Utilities Help" (NCBI Bookshelf NBK25501, NBK25499) wants it.

At most three requests a second, or ten with a key; by POST where an address would be long, and wherever there is a key,
so that it stands in no address. An answer is untrusted: it is shown quoted, and without the key if it repeats it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from generator.web import TOOL, WebError, ask, is_busy, quoted

SERVER = "https://eutils.ncbi.nlm.nih.gov"
INTERVAL = 0.34  # seconds between requests
INTERVAL_WITH_KEY = 0.11
KEY = r"[0-9A-Za-z]{1,100}"
_LONGEST = 2_000  # characters of a query in an address


class PubmedError(Exception):
    """PubMed gave no answer, or none that can be read."""


@dataclass(frozen=True)
class Entrez:
    """A server of E-utilities, how to wait (seconds), and a key, empty for none."""

    server: str
    sleep: Callable[[float], None]
    key: str = field(default="", repr=False)

    def ask(self, utility: str, **query: str) -> bytes:
        """Return what a utility, such as `esummary`, answers for PubMed. Raises PubmedError."""
        fields = {"db": "pubmed", **query, "tool": TOOL} | ({"api_key": self.key} if self.key else {})
        encoded, address = urlencode(fields, safe=","), f"{self.server}/entrez/eutils/{utility}.fcgi"
        self.sleep(INTERVAL_WITH_KEY if self.key else INTERVAL)
        try:
            if self.key or len(encoded) > _LONGEST:
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                status, content = ask(address, self.sleep, "POST", headers, encoded.encode(), busy=_is_busy)
            else:
                status, content = ask(f"{address}?{encoded}", self.sleep, busy=_is_busy)
        except WebError as error:
            raise PubmedError(f"PubMed: {self.without_key(str(error))}") from None
        if status != 200:
            raise PubmedError(f"PubMed: no answer: it answers {status}{self.error_in(content)}")
        return content

    def ask_json(self, utility: str, key: str, **query: str) -> dict[str, Any]:
        """Return the object that a utility's answer in JSON holds under a key. Raises PubmedError."""
        content = self.ask(utility, retmode="json", **query)
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            raise PubmedError("PubMed's answer is not JSON") from None
        result = answer.get(key) if isinstance(answer, dict) else None
        if not isinstance(result, dict):
            raise PubmedError(f"PubMed's answer holds no `{key}`{self.error_in(content)}")
        return result

    def error_in(self, content: bytes) -> str:
        """Return the error that an answer in JSON tells, quoted behind a colon; nothing if it tells none."""
        said = self.without_key(_error_in(content))
        return f": {quoted(said)}" if said else ""

    def without_key(self, text: str) -> str:
        """Return a text of an answer without the key, which a server may repeat."""
        return text.replace(self.key, "...") if self.key else text


def _error_in(content: bytes) -> str:
    try:
        answer = json.loads(content) if content.lstrip()[:1] == b"{" else None
    except (ValueError, RecursionError):
        return ""
    return str(answer.get("error", "")) if isinstance(answer, dict) else ""


def _is_busy(status: int, content: bytes) -> bool:
    """Return whether to ask again: NCBI tells whoever asks too often in JSON, with a status that varies."""
    return is_busy(status, content) or "rate limit" in _error_in(content).casefold()
