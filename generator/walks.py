"""How to walk records: claims, terms and lists are found by type, with the keys (as in YAML) that lead to them."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from generator.model import Claim
from generator.places import KeyPath
from generator.quantities import Quantity
from generator.vocabulary import InVocabulary


def claims_in(node: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Claim]]:
    """Yield every claim below a node with the keys that lead to it, found by type; a claim holds no other."""
    if isinstance(node, Claim):
        yield path, node
    elif isinstance(node, BaseModel):
        for name, alias in _fields_around_claims(type(node)):
            yield from claims_in(getattr(node, name), (*path, alias))
    elif isinstance(node, Mapping | tuple):
        for key, value in parts_of(node):
            yield from claims_in(value, (*path, key))


@cache
def _fields_around_claims(type_: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the name and the key, as in YAML, of each field that holds claims."""
    return [
        (name, key)
        for name, key in _keys_of(type_)
        if any(
            issubclass(inner, Claim) or _fields_around_claims(inner)
            for inner in _models_in(type_.model_fields[name].annotation)
        )
    ]


def values_in(node: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield a node and everything below it, parents first, with the keys (as in YAML) that lead there."""
    yield path, node
    for key, value in parts_of(node):
        yield from values_in(value, (*path, key))


def parts_of(node: object) -> Iterable[tuple[str | int, object]]:
    """Return the keys (as in YAML) and values directly below a node; none below a scalar."""
    if isinstance(node, _SCALARS):
        return ()
    if isinstance(node, BaseModel):
        return [(key, getattr(node, name)) for name, key in _keys_of(type(node))]
    if isinstance(node, tuple):
        return enumerate(node)
    return node.items() if isinstance(node, Mapping) else ()


_SCALARS = (str, int, NoneType, Decimal, Quantity)  # the common ones, known without asking whether it is a mapping


@cache
def _keys_of(type_: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((name, info.alias or name) for name, info in type_.model_fields.items())


def terms_in(node: object) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the keys, the section of the vocabulary and the term of every term below a node."""
    if isinstance(node, BaseModel):
        for name, key, section in _term_fields(type(node)):
            found = getattr(node, name)
            for index, term_ in enumerate(found) if isinstance(found, tuple) else [(None, found)]:
                if term_ is not None:
                    yield (key,) if index is None else (key, index), section, term_
        parts: Iterable[tuple[str | int, object]]
        parts = [(key, getattr(node, name)) for name, key in _fields_around_terms(type(node))]
    else:
        parts = parts_of(node)
    for part, value in parts:
        if value is not None:
            for path, section, term_ in terms_in(value):
                yield (part, *path), section, term_


def lists_in(node: object, names: frozenset[str]) -> Iterator[tuple[KeyPath, tuple[object, ...]]]:
    """Yield the keys and the value of every list below a node whose key, as in YAML, is one of those names."""
    parts: Iterable[tuple[str | int, object]]
    if isinstance(node, BaseModel):
        parts = [(key, getattr(node, name)) for name, key in _fields_around_lists(type(node), names)]
    else:
        parts = parts_of(node)
    for part, value in parts:
        if isinstance(value, _SCALARS):
            continue
        if part in names and isinstance(value, tuple):
            yield (part,), value
        for path, found in lists_in(value, names):
            yield (part, *path), found


@cache
def _fields_around_lists(type_: type[BaseModel], names: frozenset[str]) -> list[tuple[str, str]]:
    """Return the name and the key, as in YAML, of each field that has one of those names or holds records with one."""
    return [
        (name, key)
        for name, key in _keys_of(type_)
        if key in names
        or any(_fields_around_lists(inner, names) for inner in _models_in(type_.model_fields[name].annotation))
    ]


def written_in(node: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield the keys and the value of every text, number or date below a node that an author writes freely.

    Terms of the vocabulary are left out, and words that the format itself gives, such as a type.
    """
    if isinstance(node, BaseModel):
        for name, key in _free_fields(type(node)):
            yield from written_in(getattr(node, name), (*path, key))
    elif isinstance(node, _SCALARS):
        if node is not None:
            yield path, node
    elif isinstance(node, tuple | Mapping):
        for part, value in parts_of(node):
            yield from written_in(value, (*path, part))
    else:
        yield path, node


@cache
def _free_fields(type_: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the name and the key, as in YAML, of the fields that hold neither terms nor words of the format."""
    terms = {name for name, _, _ in _term_fields(type_)}
    return [
        (name, info.alias or name)
        for name, info in type_.model_fields.items()
        if name not in terms
        and Literal not in {get_origin(part) for part in (info.annotation, *get_args(info.annotation))}
    ]


@cache
def _fields_around_terms(type_: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the name and the key, as in YAML, of each field that holds records in which there may be terms."""
    return [
        (name, info.alias or name)
        for name, info in type_.model_fields.items()
        if any(_term_fields(inner) or _fields_around_terms(inner) for inner in _models_in(info.annotation))
    ]


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


@cache
def _term_fields(type_: type[BaseModel]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name, info.alias or name, mark.section)
        for name, info in type_.model_fields.items()
        for mark in _marks((info.annotation, *info.metadata))
    )


def _marks(parts: tuple[object, ...]) -> Iterator[InVocabulary]:
    for part in parts:
        if isinstance(part, InVocabulary):
            yield part
        elif not isinstance(part, type) or get_args(part):
            yield from _marks(get_args(part))
