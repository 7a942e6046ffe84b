"""An answer denies, doubts, and calls up or down, better or worse, caused, significant or daily what its claims do.

The signs of its sentences are compared with those of the claims that it rests on, as those of a claim are with its
passages. An answer need not tell all that a claim does, but it leaves out no negation, no doubt and no lack of
significance; what sums up a tick list leaves them to its steps. No judgement overrules this rule: the answer is written
again, or rests on what says it.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.lexicon import lexicon_of
from generator.meaning.said import differences
from generator.meaning.sentence import read_sentences
from generator.problems import Problem

ID = "answer-signs"

_FAMILIES = ("negation", "hedge", "direction", "value", "cause", "significance", "period")
_KEPT = ("negation", "hedge", "significance")


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each sign in which an answer parts from its claims."""
    if "signs" in guideline.unread:
        return
    lexicon = lexicon_of(guideline)
    kept = [sign for sign in lexicon.words.kept if sign.partition(":")[0] in _KEPT]
    for id_, record in guideline.records.items():
        for name, answer in record.answers.items():
            for path, text, support in answer.told():
                claims = [guideline.claims[each.claim].claim for each in support if each.claim in guideline.claims]
                theirs = [sentence for claim in claims for sentence in read_sentences(plain_text(claim.text), lexicon)]
                needed = () if answer.steps and path == ("text",) else kept
                found = differences(read_sentences(text, lexicon), theirs, tuple, lexicon, needed) if theirs else ()
                for difference in dict.fromkeys(found):
                    if difference.family in _FAMILIES:
                        wrong = difference.wrong.replace("its passages", "its claims")
                        wrong = wrong.replace("its passage", "its claim")
                        fix = "Say it as the claims do, or rest the answer on a claim that says it."
                        yield Problem(ID, wrong, fix, guideline.place(id_, "answers", name, *path))
