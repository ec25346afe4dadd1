"""What a workbook's signature covers (签名范围): every part but its own, the descriptive properties and the type list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from exchange.workbook_signature.part_types import (
    BOOK_RELATIONS,
    MOST_REPEATED,
    RELATIONS_TYPE,
    REPEATED,
    ROOT_RELATIONS,
    SIGNATURES,
    has_type,
    part_type,
)
from exchange.workbook_signature.relations import (
    BOOK_TYPES,
    OFFICE_DOCUMENT,
    ROOT_TYPES,
    Relation,
    canonical_relations,
    read_relations,
)
from exchange.workbook_signature.spelling import Reference

_USUAL_PARTS = 32
_PROPERTIES = "docProps/"
"""Titles and makers: office programs rewrite them without asking, so nobody signs them."""


def references(parts: Mapping[str, bytes]) -> list[Reference]:
    """The references these parts deserve, in the order of their names; WorkbookFault for odd relations."""
    typed = (_found_once if len(parts) <= _USUAL_PARTS else _typed)(tuple(parts))
    return [
        *(_relations_of(name, parts[name]) for name in (ROOT_RELATIONS, BOOK_RELATIONS)),
        *(Reference(name, kind, _digest(name, parts[name])) for name, kind in typed),
    ]


class Covered(NamedTuple):
    """What a signature covers of parts of these names (所签部件): each with type and relations, and their digests."""

    shape: tuple[tuple[str, str, tuple[str, ...]], ...]
    digests: tuple[bytes, ...]


def covered(parts: Mapping[str, bytes]) -> Covered | None:
    """The same as `references` for a workbook of the usual size, where most is found once; None for another."""
    relations = (parts[ROOT_RELATIONS], parts[BOOK_RELATIONS])
    if len(parts) > _USUAL_PARTS or max(map(len, relations)) > MOST_REPEATED:
        return None
    shape, of_relations, typed = _shape(tuple(parts), *relations)
    return Covered(shape, (*of_relations, *[_digest(name, parts[name]) for name in typed]))


@lru_cache(maxsize=64)
def _shape(
    names: tuple[str, ...], root: bytes, book: bytes
) -> tuple[tuple[tuple[str, str, tuple[str, ...]], ...], tuple[bytes, ...], tuple[str, ...]]:
    """What follows from the parts' names and relations alone: the shape, the digests of relations, the other parts."""
    relations = (_relations_of(ROOT_RELATIONS, root), _relations_of(BOOK_RELATIONS, book))
    typed = _typed(names)
    shape = (
        *((one.part, one.content_type, one.relations) for one in relations),
        *((name, kind, ()) for name, kind in typed),
    )
    return shape, tuple(one.digest for one in relations), tuple(name for name, _ in typed)


def _typed(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The signed parts but relations with their types, in the order of their names."""
    return tuple(
        (name, part_type(name))
        for name in sorted(names)
        if has_type(name) and not name.startswith((_PROPERTIES, SIGNATURES))
    )


_found_once = lru_cache(maxsize=64)(_typed)
"""Workbooks of one form have the same parts."""


def _digest(name: str, content: bytes) -> bytes:
    """SHA-256 of a part."""
    is_repeated = name in REPEATED and len(content) <= MOST_REPEATED
    return _remembered(content) if is_repeated else _sha256(content)


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


_remembered = lru_cache(maxsize=64)(_sha256)


def _relations_of(name: str, content: bytes) -> Reference:
    """A relations part, those of the usual size once."""
    return (_spelled_once if len(content) <= MOST_REPEATED else _relations)(name, content)


def _relations(name: str, content: bytes) -> Reference:
    """A relations part: of the root only the way to the workbook, which outlives a change of properties."""
    is_root = name == ROOT_RELATIONS
    found: Sequence[Relation] = read_relations(content, ROOT_TYPES if is_root else BOOK_TYPES)
    kept = [item for item in found if not is_root or item.kind == OFFICE_DOCUMENT]
    kept.sort(key=lambda item: item.relation_id)
    digest = _sha256(canonical_relations(kept))
    return Reference(name, RELATIONS_TYPE, digest, tuple(item.relation_id for item in kept))


_spelled_once = lru_cache(maxsize=64)(_relations)
