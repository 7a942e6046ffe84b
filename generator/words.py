"""Words that go with a number."""


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 claim`, `2 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
