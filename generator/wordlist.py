"""The words of one language that carry meaning, as a list is written: the program's, and `content/signs.yaml`."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.fields import Label, Slug, Title
from generator.quantities import Number
from generator.refusing import Model

Words = Annotated[tuple[Title, ...], Field(description="Words or phrases; a `*` at the end stands for any ending.")]


class Unit(Model):
    """A unit of measurement, or a noun that is counted."""

    base: Annotated[Number, Field(alias="is", description="How many of the dimension's base unit it is.")]
    written: Words


class Sign(Model):
    """A value of a family of signs."""

    says: Annotated[Words, Field(description="Words that say it plainly, in a claim or a source.")] = ()
    also: Annotated[Words, Field(description="Words in which it may be heard on the other side.")] = ()


class WordList(Model):
    """Units, signs and the words around them, in one language."""

    language: Slug
    version: Annotated[int, Field(ge=1, description="Raised with each change of what the list means.")]
    adds_to: Annotated[
        Literal["en"] | None, Field(description="The list of the program to whose words this one adds its own.")
    ] = None
    topic: Annotated[
        tuple[Slug, ...], Field(description="Families for which a list that adds to this brings words.")
    ] = ()
    headings: Annotated[Mapping[Slug, Words], Field(description="Which part of a text a printed heading opens.")] = {}
    attributes: Annotated[Words, Field(description="Counted nouns that give way to one they stand before.")] = ()
    articles: Annotated[Words, Field(description="Words after which a claim names what its source is.")] = ()
    prepositions: Annotated[Words, Field(description="Words that end such a name.")] = ()
    clauses: Annotated[Words, Field(description="Words at which what a negation denies ends.")] = ()
    joining: Annotated[Words, Field(description="Words and stops that join numbers of one unit.")] = ()
    of: Annotated[Words, Field(description="Words between a part and its total.")] = ()
    from_: Annotated[Words, Field(alias="from", description="Words before the first number of a change.")] = ()
    to: Annotated[Words, Field(description="Words before the last number of a range or a change.")] = ()
    among: Annotated[Words, Field(description="Words before the number of all who were looked at.")] = ()
    spread: Annotated[Words, Field(description="Words that name a mean, a range and the like.")] = ()
    intervals: Annotated[Words, Field(description="Names of an interval.")] = ()
    ages: Annotated[Words, Field(description="Ends of what stands before an age in years.")] = ()
    not_counted: Annotated[Words, Field(description="Words that a noun which is counted does not stand behind.")] = ()
    turns: Annotated[Words, Field(description="First words of a sentence that turn the one before it.")] = ()
    tells_a_turn: Annotated[Words, Field(description="Words with which a claim tells such a turn.")] = ()
    designs: Annotated[
        Mapping[Slug, tuple[Slug, ...]],
        Field(description="For each design of the vocabulary: the signs of the family `design` that fit it."),
    ] = {}
    counted: Annotated[
        Mapping[Slug, Label], Field(description="For each denominator of the vocabulary: its unit.")
    ] = {}
    units: Annotated[Mapping[Label, Mapping[Label, Unit]], Field(description="By dimension, then by name.")] = {}
    signs: Annotated[Mapping[Slug, Mapping[Slug, Sign]], Field(description="By family, then by value.")] = {}
    rules: Annotated[
        Mapping[Slug, tuple[Slug, ...]],
        Field(description="For each rule about meaning: the families that it compares."),
    ] = {}
    opposites: Annotated[
        tuple[tuple[Label, ...], ...],
        Field(description="Groups of signs of which one plainly said outweighs another that is only heard."),
    ] = ()
    names: Annotated[
        tuple[Slug, ...], Field(description="Families of what a claim names: one thing is not another.")
    ] = ()
    diseases: Annotated[tuple[Slug, ...], Field(description="Families of diseases.")] = ()
    named: Annotated[tuple[Slug, ...], Field(description="Kinds of records whose claims name their record.")] = ()
    harms: Annotated[tuple[Slug, ...], Field(description="Families of harms.")] = ()
    at_a_time: Annotated[Words, Field(description="Words of what holds at a time.")] = ()
    views: Annotated[tuple[Label, ...], Field(description="Signs that say that something is somebody's view.")] = ()
    weaker: Annotated[tuple[Label, ...], Field(description="Signs that a claim may add: they make it weaker.")] = ()
    kept: Annotated[tuple[Label, ...], Field(description="Signs of a passage that a claim may not leave out.")] = ()
    loose: Annotated[
        tuple[Label, ...], Field(description="Signs told in so many ways that only an opposite counts against them.")
    ] = ()


NO_WORDS = WordList(language="none", version=1)
"""The list of a guideline that has none: nothing is read but bare numbers."""


def add_words(words: WordList, program: WordList) -> WordList:
    """Return a list together with the one of the program to which it adds; of a value in both, its own is taken.

    Its own items come first, so that each stands at the index that it has in its file. `topic` keeps the families for
    which it brings no words.
    """
    both = {name: _together(getattr(words, name), getattr(program, name)) for name in WordList.model_fields}
    lacking = tuple(name for name in program.topic if not words.signs.get(name))
    return words.model_copy(update={**both, "topic": lacking})


def _together(own: object, other: object) -> object:
    if isinstance(own, tuple) and isinstance(other, tuple):
        return (*own, *(item for item in other if item not in own))
    if isinstance(own, Mapping) and isinstance(other, Mapping):
        both = {key: _together(own[key], other[key]) for key in own if key in other}
        return {**other, **own, **both}
    if isinstance(own, Model) and isinstance(other, Model):
        names = type(own).model_fields
        return own.model_copy(update={name: _together(getattr(own, name), getattr(other, name)) for name in names})
    return own
