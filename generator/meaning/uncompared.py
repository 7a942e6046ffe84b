"""What of claims is compared with no passage, for want of words."""

from generator.wordlist import WordList


def not_compared(words: WordList) -> str:
    """Return in one line what a guideline's words do not let anybody compare; nothing where they let all be."""
    if not words.signs:
        return (
            "Claims are compared with their passages by bare figures alone: without words in content/signs.yaml, no "
            "unit, denial, doubt, direction, design, population or time is."
        )
    if words.topic:
        return f"Not compared with passages, as content/signs.yaml has no words for it: {', '.join(words.topic)}."
    return ""
