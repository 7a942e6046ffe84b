"""One comment and one label on a pull request, kept up to date through GitHub's REST API (version 2022-11-28)."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from generator.changes import IMPACTS
from generator.review.formats import MARKER
from generator.web import WebError, ask

AUTHOR = "github-actions[bot]"
LABEL = "impact: "

_MAX_PAGES = 30  # of a hundred comments each


class GithubError(Exception):
    """GitHub refused, gave no answer, or the pull request is not the one that was checked."""


class PullRequest:
    """A pull request of a repository, as the token may see and change it."""

    def __init__(self, server: str, repository: str, number: int, token: str, sleep: Callable[[float], None]):
        """Take the address of the API and `owner/name`. Raises GithubError for a name of another form."""
        if not re.fullmatch(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", repository) or ".." in repository:
            raise GithubError(f"{repository!r} is not `owner/name`")
        self._base = f"{server.rstrip('/')}/repos/{repository}"
        self._repository = repository
        self._number = number
        self._token = token
        self._sleep = sleep

    def refuse_another(self, head: str) -> None:
        """Raise GithubError unless the pull request is open and its newest commit is the one that was checked."""
        found = self._ask("GET", f"/pulls/{self._number}")
        try:
            state, sha, target = found["state"], found["head"]["sha"], found["base"]["repo"]["full_name"]
        except (KeyError, TypeError):
            raise GithubError(f"GitHub describes pull request {self._number} in a form that is not known") from None
        if state != "open" or sha != head or target.casefold() != self._repository.casefold():
            raise GithubError(f"pull request {self._number} is not the one that was checked: nothing is written to it")

    def comment(self, body: str) -> str:
        """Write the comment, or put it in the place of the one from before; return `created` or `updated`."""
        for page in range(1, _MAX_PAGES + 1):
            comments = self._ask("GET", f"/issues/{self._number}/comments?per_page=100&page={page}")
            for comment in comments:
                if str(comment["body"]).startswith(MARKER) and comment["user"]["login"] == AUTHOR:
                    self._ask("PATCH", f"/issues/comments/{int(comment['id'])}", {"body": body})
                    return "updated"
            if len(comments) < 100:
                break
        self._ask("POST", f"/issues/{self._number}/comments", {"body": body})
        return "created"

    def label(self, impact: str) -> None:
        """Set the label of an impact, or none for no change, and take away those of other impacts."""
        wanted = {LABEL + IMPACTS[impact].lower()} if impact else set()
        ours = {LABEL + name.lower() for name in IMPACTS.values()}
        there = {str(label["name"]) for label in self._ask("GET", f"/issues/{self._number}/labels?per_page=100")}
        for name in sorted((ours & there) - wanted):
            self._ask("DELETE", f"/issues/{self._number}/labels/{quote(name, safe='')}")
        for name in sorted(wanted - there):
            self._ask("POST", f"/issues/{self._number}/labels", {"labels": [name]})

    def _ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        body = json.dumps(data).encode() if data is not None else None
        try:
            status, content = ask(f"{self._base}{path}", self._sleep, method, headers, body)
            if status >= 300:
                raise GithubError(f"{method} {path}: GitHub answers {status}")
            return json.loads(content) if content else None
        except WebError as error:
            raise GithubError(f"{method} {path}: {error}") from None
        except (ValueError, RecursionError):
            raise GithubError(f"{method} {path}: GitHub's answer is not JSON") from None
