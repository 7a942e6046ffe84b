"""How long a text may be and what none may hold: once, for the rules and for the form in which a change is proposed."""

import re

CLAIM = 320
"""Characters of the text of a claim, without the targets of its links."""

FIRST_SENTENCE = 200
ANSWER = 400
STEP = 160
SENTENCES = 2
"""An answer: characters of its first sentence, of all of it, of a step of a tick list; and how many sentences."""

NOTE = 1000
"""Characters of a note to the editors."""

COPIED_WORDS = 8
"""Words in a row of a source that a text of our own may hold."""

MARKUP = re.compile(
    r"[`*_{}\[\]|~^\\@]"  # marks of Markdown, Jinja and Typst
    r"|</?[A-Za-z!]"  # a tag
    r"|&[A-Za-z#][A-Za-z0-9]*;"  # an entity
    r"|[a-z][a-z0-9+.\-]{0,20}://"  # an address; bounded, or a long text would take minutes
    r"|\b(?:javascript|data|vbscript):"
)
