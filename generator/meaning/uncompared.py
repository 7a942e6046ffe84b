"""What of claims is compared with no passage, for want of words."""

from generator.guideline import Guideline


def not_compared(guideline: Guideline) -> str:
    """Return in one line what a guideline's words do not let anybody compare; nothing where they let all be."""
    words, language = guideline.words, guideline.about.language.partition("-")[0]
    if not words.signs:
        return (
            "Claims are compared with their passages by bare figures alone: without words in content/signs.yaml, no "
            "unit, denial, doubt, direction, design, population or time is."
        )
    if words.language != language:
        return (
            f"Claims are compared with their passages by little more than figures: they are in `{language}`, and the "
            f"words of content/signs.yaml in `{words.language}`."
        )
    if words.topic:
        return f"Not compared with passages, as content/signs.yaml has no words for it: {', '.join(words.topic)}."
    return ""
