"""Relations between parts (部件关系): read in the spelling workbooks of this program have, canonical for signing.

No XML parser: a relations part is a list of empty elements, and one that is not just that is refused. So no
entity, no second namespace and no hidden element can stand in it. Source: ECMA-376 Part 2 §9.3, §13.2.4.24.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from exchange.workbook_signature.archive import WorkbookFault
from exchange.workbook_signature.part_types import danger_of

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_DOCUMENT = f"{_OFFICE}/officeDocument"
SIGNATURE_ORIGIN = f"{_PACKAGE}/digital-signature/origin"
SIGNATURE_OF = f"{_PACKAGE}/digital-signature/signature"
ROOT_TYPES = frozenset(
    {
        OFFICE_DOCUMENT,
        SIGNATURE_ORIGIN,
        f"{_OFFICE}/extended-properties",
        f"{_PACKAGE}/metadata/core-properties",
    }
)
BOOK_TYPES = frozenset(f"{_OFFICE}/{kind}" for kind in ("worksheet", "styles", "theme", "sharedStrings"))
_DECLARATION = (
    r"(?:<\?xml version=[\"']1\.0[\"'] encoding=[\"'](?:UTF|utf)-8[\"'](?: standalone=[\"']yes[\"'])?\?>\s*)?"
)
_ATTRIBUTE = r"\s+[A-Za-z]{2,10}=\"[^\"<>&]{0,300}\""
_PART = re.compile(
    rf"{_DECLARATION}<Relationships xmlns=\"{re.escape(_NAMESPACE)}\">"
    rf"(?P<items>(?:<Relationship(?:{_ATTRIBUTE}){{3,4}}\s*/>)*)</Relationships>\s*"
)
_ITEM = re.compile(rf"<Relationship((?:{_ATTRIBUTE}){{3,4}})\s*/>")
_NAMED = re.compile(r"([A-Za-z]+)=\"([^\"]*)\"")
_USUAL_BYTES = 4096
_MOST_BYTES = 256 * 1024
_KEYS = {"Id", "Type", "Target"}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation (关系): its id, what kind, and the part it leads to."""

    relation_id: str
    kind: str
    target: str

    def part(self, base: str) -> str:
        """The part's name in the archive; `base` is the folder of the part the relation belongs to."""
        return self.target[1:] if self.target.startswith("/") else f"{base}{self.target}"


def read_relations(content: bytes, allowed: frozenset[str]) -> tuple[Relation, ...]:
    """The relations of a part, all of allowed kinds; WorkbookFault otherwise."""
    return (_remembered if len(content) <= _USUAL_BYTES else _read)(content, allowed)


def _read(content: bytes, allowed: frozenset[str]) -> tuple[Relation, ...]:
    if len(content) > _MOST_BYTES:
        raise WorkbookFault("workbook_form")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise WorkbookFault("workbook_form") from None
    if "<!" in text:
        raise WorkbookFault("workbook_declaration")
    if re.search(r"TargetMode\s*=\s*[\"']External", text):
        raise WorkbookFault(danger_of_kinds(text) or "workbook_external_link")
    whole = _PART.fullmatch(text)
    if whole is None:
        raise WorkbookFault("workbook_form")
    found = [_relation(match[1]) for match in _ITEM.finditer(whole["items"])]
    if len({item.relation_id for item in found}) != len(found):
        raise WorkbookFault("workbook_form")
    for item in found:
        if item.kind not in allowed:
            raise WorkbookFault(danger_of(item.kind) or "workbook_hidden_relation")
    return tuple(found)


_remembered = lru_cache(maxsize=64)(_read)
"""Workbooks of one form have the same relations: a county's packages bring a handful."""


def danger_of_kinds(text: str) -> str:
    """The reason code a kind of relation beyond the office's own stands for, "" for none."""
    kinds = re.findall(r"Type\s*=\s*[\"']([^\"']{0,300})[\"']", text)
    return next((code for kind in kinds if (code := danger_of(kind.rpartition("/")[2]))), "")


def _relation(attributes: str) -> Relation:
    named = _NAMED.findall(attributes)
    values = dict(named)
    if (
        len(values) != len(named)
        or values.pop("TargetMode", "Internal") != "Internal"
        or set(values) != _KEYS
    ):
        raise WorkbookFault("workbook_form")
    return Relation(values["Id"], values["Type"], values["Target"])


def relations_part(relations: Sequence[Relation]) -> bytes:
    """A relations part."""
    items = "".join(
        f'<Relationship Id="{item.relation_id}" Type="{item.kind}" Target="{item.target}"/>'
        for item in relations
    )
    return f'<Relationships xmlns="{_NAMESPACE}">{items}</Relationships>'.encode("ascii")


def canonical_relations(relations: Sequence[Relation]) -> bytes:
    """What a signature digests of relations: RelationshipTransform, then canonical XML."""
    items = "".join(
        f'<Relationship Id="{item.relation_id}" Target="{item.target}" TargetMode="Internal" Type="{item.kind}">'
        "</Relationship>"
        for item in sorted(relations, key=lambda item: item.relation_id)
    )
    return f'<Relationships xmlns="{_NAMESPACE}">{items}</Relationships>'.encode()
