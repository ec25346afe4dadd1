"""What a workbook's signature covers (签名范围): every part but its own, the descriptive properties and the type list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from exchange.workbook_signature.part_types import (
    BOOK_RELATIONS,
    RELATIONS_TYPE,
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

_PROPERTIES = "docProps/"
"""Titles and makers: office programs rewrite them without asking, so nobody signs them."""


def references(parts: Mapping[str, bytes]) -> list[Reference]:
    """The references these parts deserve, in the order of their names; WorkbookFault for odd relations."""
    return [
        *(_relations(name, parts[name]) for name in (ROOT_RELATIONS, BOOK_RELATIONS)),
        *(
            Reference(name, part_type(name), hashlib.sha256(parts[name]).digest())
            for name in sorted(parts)
            if has_type(name) and not name.startswith((_PROPERTIES, SIGNATURES))
        ),
    ]


def _relations(name: str, content: bytes) -> Reference:
    """A relations part: of the root only the way to the workbook, which outlives a change of properties."""
    is_root = name == ROOT_RELATIONS
    found: Sequence[Relation] = read_relations(content, ROOT_TYPES if is_root else BOOK_TYPES)
    kept = [item for item in found if not is_root or item.kind == OFFICE_DOCUMENT]
    kept.sort(key=lambda item: item.relation_id)
    digest = hashlib.sha256(canonical_relations(kept)).digest()
    return Reference(name, RELATIONS_TYPE, digest, tuple(item.relation_id for item in kept))
