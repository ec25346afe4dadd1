"""What may stand in a workbook's parts (部件内容检查): plain elements of sheets, nothing declared, nothing that acts.

Parts are UTF-8 without comments, sections and document types, so every `<` begins an element and a search for
element names sees all of them; no XML parser is asked. A name that a sheet of this program never has is refused,
by its own reason where it can act: formulas, links, embedded objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from exchange.workbook_signature.archive import WorkbookFault
from exchange.workbook_signature.part_types import (
    BOOK,
    BOOK_RELATIONS,
    CONTENT_TYPES,
    MOST_REPEATED,
    ORIGIN,
    ORIGIN_RELATIONS,
    REPEATED,
    ROOT_RELATIONS,
    SIGNATURES,
    TEXTS,
    danger_of,
    is_known,
    is_sheet,
)
from exchange.workbook_signature.relations import (
    BOOK_TYPES,
    ROOT_TYPES,
    SIGNATURE_OF,
    read_relations,
)

_RELATIONS = (ROOT_RELATIONS, BOOK_RELATIONS, ORIGIN_RELATIONS)
_USUAL_PARTS = 32
_OWN_CHECK = {CONTENT_TYPES, ROOT_RELATIONS, BOOK_RELATIONS, ORIGIN_RELATIONS, ORIGIN}
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'](?i:utf-8)[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>"
)


def _all_but(names: bytes) -> re.Pattern[bytes]:
    """What finds every element, declaration and instruction that is none of these; those met most often stand first."""
    listed = b"|".join(names.split())
    return re.compile(rb"<(?!/|(?:%b)[\s/>])([^\s/>]{0,100})" % listed)


_SHEET_STRANGERS = _all_but(
    b"c is t v row mergeCell brk col colBreaks cols dimension evenFooter evenHeader firstFooter firstHeader"
    b" headerFooter ignoredError ignoredErrors mergeCells oddFooter oddHeader outlinePr pageMargins pageSetUpPr"
    b" pageSetup pane printOptions rowBreaks selection sheetData sheetFormatPr sheetPr sheetProtection sheetView"
    b" sheetViews tabColor worksheet"
)
_BOOK_STRANGERS = _all_but(
    b"bookViews calcPr definedName definedNames sheet sheets workbook workbookPr workbookProtection"
    b" workbookView"
)
_OTHER_STRANGERS = {BOOK: _BOOK_STRANGERS, TEXTS: _all_but(b"sst si t r rPr")}
_ACTIVE = {
    b"f": "workbook_formula",
    b"formula": "workbook_formula",
    b"formula1": "workbook_formula",
    b"formula2": "workbook_formula",
    b"hyperlink": "workbook_external_link",
    b"hyperlinks": "workbook_external_link",
    b"externalReference": "workbook_external_link",
    b"externalReferences": "workbook_external_link",
    b"oleObject": "workbook_embedded_object",
    b"oleObjects": "workbook_embedded_object",
    b"control": "workbook_macro",
    b"controls": "workbook_macro",
    b"legacyDrawing": "workbook_embedded_object",
}
_DEFINED = re.compile(rb"<definedName(\s[^>]*)>([^<]*)<")
_PRINT_NAME = re.compile(rb"\bname=\"_xlnm\.Print_(?:Area|Titles)\"")
_AREA = re.compile(
    r"(?:'(?:[^'\[\]<&]|''|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7});)+'!)?\$?[A-Z]*\$?[0-9]*(?::\$?[A-Z]*\$?[0-9]*)?"
)
_MOST_NAMES = 1000
_MOST_STRANGE = 1000
_HIDDEN = re.compile(rb"\bstate=\"(?!visible\")")


def check_parts(parts: Mapping[str, bytes]) -> None:
    """Every part known, in place, and plain; WorkbookFault with the gravest that is found."""
    relations = tuple(map(parts.get, _RELATIONS))
    is_usual = len(parts) <= _USUAL_PARTS and all(len(one or b"") <= MOST_REPEATED for one in relations)
    for name in (_found_once if is_usual else _check_names)(tuple(parts), relations):
        _check_part(name, parts[name])


def _check_names(names: Sequence[str], relations: Sequence[bytes | None]) -> tuple[str, ...]:
    """What follows from the parts' names and relations alone; the names of those that are looked into."""
    unknown = [name for name in names if not is_known(name)]
    for name in unknown:
        code = "workbook_signatures" if name.startswith(SIGNATURES) else danger_of(name)
        if code:
            raise WorkbookFault(code)
    if unknown or BOOK not in names:
        raise WorkbookFault("workbook_form")
    _check_relations(names, relations)
    return tuple(name for name in names if name not in _OWN_CHECK and not name.startswith(SIGNATURES))


_found_once = lru_cache(maxsize=64)(_check_names)
"""Workbooks of one form have the same parts and relations."""


def _check_relations(names: Sequence[str], relations: Sequence[bytes | None]) -> None:
    """Each part is reached by one relation, and each relation leads to a part that is there."""
    reached: list[str] = []
    for content, base, kinds in zip(
        relations,
        ("", "xl/", SIGNATURES),
        (ROOT_TYPES, BOOK_TYPES, frozenset({SIGNATURE_OF})),
        strict=True,
    ):
        if content is not None:
            reached += [item.part(base) for item in read_relations(content, kinds)]
    expected = {name for name in names if name not in _OWN_CHECK - {ORIGIN}}
    if len(reached) != len(set(reached)) or not set(reached) <= expected:
        raise WorkbookFault("workbook_hidden_relation")
    if set(reached) != expected:
        raise WorkbookFault("workbook_form")


def _check_part(name: str, content: bytes) -> None:
    """One part: plain text of elements, and only those its kind has, so no declaration or instruction either."""
    strangers = _strangers(name)
    if strangers is None:
        is_repeated = name in REPEATED and len(content) <= MOST_REPEATED
        (_remembered if is_repeated else check_plain)(content)
        return
    found = strangers.finditer(content, _body_at(content))
    strange = {match[1] for match in islice(found, _MOST_STRANGE)}
    if strange or not _is_text(content):
        check_plain(content)
    if strange:
        local = sorted(element.rpartition(b":")[2] for element in strange)
        raise WorkbookFault(next((_ACTIVE[one] for one in local if one in _ACTIVE), "workbook_form"))
    if name == BOOK:
        _check_book(content)


def check_plain(content: bytes) -> None:
    """UTF-8 without document types, comments, sections, instructions."""
    if b"<!" in content:
        raise WorkbookFault("workbook_declaration")
    if not _is_text(content) or content.find(b"<?", _body_at(content)) >= 0:
        raise WorkbookFault("workbook_form")


_remembered = lru_cache(maxsize=64)(check_plain)


def _is_text(content: bytes) -> bool:
    """Whether it is UTF-8 without zero bytes."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def _body_at(content: bytes) -> int:
    """Where what may stand before the first element ends."""
    head = _HEAD.match(content)
    return head.end() if head else 0


def _strangers(name: str) -> re.Pattern[bytes] | None:
    """What finds the elements a part of this name never has; None for one that is not looked at so closely."""
    if is_sheet(name):
        return _SHEET_STRANGERS
    return _OTHER_STRANGERS.get(name)


def _check_book(content: bytes) -> None:
    """No hidden sheets; names only for what is printed, and these no formulas."""
    if _HIDDEN.search(content):
        raise WorkbookFault("workbook_form")
    if content.count(b"<definedName") > _MOST_NAMES:
        raise WorkbookFault("workbook_form")
    found = _DEFINED.findall(content)
    if len(found) != content.count(b"<definedName") - content.count(b"<definedNames"):
        raise WorkbookFault("workbook_form")
    for attributes, text in found:
        areas = text.decode("utf-8")
        if not _PRINT_NAME.search(attributes) or not _is_areas(areas):
            raise WorkbookFault("workbook_formula")


def _is_areas(text: str) -> bool:
    """Whether a name's text is nothing but areas of the workbook's own sheets, side by side."""
    position = 0
    while position <= len(text):
        area = _AREA.match(text, position)
        assert area is not None
        if area.end() == len(text):
            return True
        if text[area.end()] != "," or area.end() == position:
            return False
        position = area.end() + 1
    return False
