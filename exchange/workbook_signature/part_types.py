"""The parts an official workbook is made of (工作簿部件): which there are, of what type, and which stand for danger.

A part nobody knows is refused, so a workbook holds nothing but sheets, their looks and its signature. Sources:
ECMA-376 Part 1 §12, Part 2 §10.
"""

from __future__ import annotations

import re

_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKAGE = "application/vnd.openxmlformats-package"
RELATIONS_TYPE = f"{_PACKAGE}.relationships+xml"
ROOT_RELATIONS = "_rels/.rels"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
TEXTS = "xl/sharedStrings.xml"
ORIGIN = "_xmlsignatures/origin.sigs"
ORIGIN_RELATIONS = "_xmlsignatures/_rels/origin.sigs.rels"
SIGNATURE = "_xmlsignatures/sig1.xml"
SIGNATURE_PARTS = (ORIGIN, ORIGIN_RELATIONS, SIGNATURE)
SIGNATURES = "_xmlsignatures/"
STYLES, THEME, PROGRAM = "xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml"
REPEATED = frozenset(
    {STYLES, THEME, PROGRAM, CONTENT_TYPES, ROOT_RELATIONS, BOOK_RELATIONS, ORIGIN_RELATIONS}
)
"""Parts that a version of the program writes the same to the byte into workbook after workbook: what was found of such
bytes is remembered (`MOST_REPEATED` of them at most, some dozens of contents), so that a county's import finds it once."""
MOST_REPEATED = 16 * 1024
_TYPES = {
    BOOK: f"{_OFFICE}.spreadsheetml.sheet.main+xml",
    TEXTS: f"{_OFFICE}.spreadsheetml.sharedStrings+xml",
    STYLES: f"{_OFFICE}.spreadsheetml.styles+xml",
    THEME: f"{_OFFICE}.theme+xml",
    PROGRAM: f"{_OFFICE}.extended-properties+xml",
    "docProps/core.xml": f"{_PACKAGE}.core-properties+xml",
    SIGNATURE: f"{_PACKAGE}.digital-signature-xmlsignature+xml",
}
DEFAULTS = {
    "rels": RELATIONS_TYPE,
    "sigs": f"{_PACKAGE}.digital-signature-origin",
    "xml": "application/xml",
}
_SHEET = re.compile(r"xl/worksheets/sheet[1-9][0-9]{0,2}\.xml")
_SHEET_TYPE = f"{_OFFICE}.spreadsheetml.worksheet+xml"
_WITHOUT_TYPE = {ROOT_RELATIONS, BOOK_RELATIONS, CONTENT_TYPES, ORIGIN, ORIGIN_RELATIONS}
_DANGERS = (
    (re.compile(r"vba|macro|activex|customui|ctrlprops|dialogsheet", re.I), "workbook_macro"),
    (re.compile(r"embed|oleobject|\.ole|\.exe", re.I), "workbook_embedded_object"),
    (re.compile(r"externallink|connections|querytable|webextension", re.I), "workbook_external_link"),
    (re.compile(r"_rels/|\.rels$", re.I), "workbook_hidden_relation"),
)


def is_sheet(name: str) -> bool:
    """Whether a part is a worksheet."""
    return _SHEET.fullmatch(name) is not None


def part_type(name: str) -> str:
    """The content type of a part of its own; KeyError for one without."""
    return _SHEET_TYPE if is_sheet(name) else _TYPES[name]


def has_type(name: str) -> bool:
    """Whether a part has a content type of its own, beyond the one its ending gives."""
    return name in _TYPES or is_sheet(name)


def is_known(name: str) -> bool:
    """Whether an official workbook may hold a part of this name."""
    return has_type(name) or name in _WITHOUT_TYPE


def danger_of(text: str) -> str:
    """The reason code the name of a part (or a type of part or relation) stands for, "" for an unknown one."""
    return next((code for pattern, code in _DANGERS if pattern.search(text)), "")
