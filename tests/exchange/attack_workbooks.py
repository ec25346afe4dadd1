"""Attacks 18, 20, 23, 24: workbooks that declare, forge, calculate or reach out."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from exchange.workbook_signature.part_types import BOOK, CONTENT_TYPES, ORIGIN, ROOT_RELATIONS, SIGNATURE
from tests.exchange.attack import ALTERED, INVALID, NOTED, Attack, attack
from tests.exchange.books import (
    SHEET,
    Parts,
    package,
    plain_book,
    signed_again,
    signed_book,
    spoiled,
    swap,
    with_part,
)
from tests.exchange.world import World

Change = Callable[[Parts], object]
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = b"http://schemas.openxmlformats.org/package/2006/relationships"
_XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
_FORMULA = b'<c r="Z99"><f>1+1</f><v>2</v></c></row></sheetData>'
_ROW_END = b"</row></sheetData>"


def after(change: Change) -> Callable[[World], bytes]:
    """Spoiled after signing."""
    return lambda world: package(world, spoiled(signed_book(world.unit), change))


def before(change: Change) -> Callable[[World], bytes]:
    """Spoiled, then signed by the unit's own key."""
    return lambda world: package(world, signed_again(world.unit, change))


def in_signature(old: bytes, new: bytes) -> Callable[[World], bytes]:
    """One place of the signature part changed."""
    return after(swap(SIGNATURE, old, new))


def workbooks() -> Iterator[Attack]:
    """18, 20, 23, 24, and archives that lie."""
    yield from _declarations()
    yield from _forged()
    yield from _wrapped()
    yield from _formulas()
    yield from _reaching_out()
    yield from _archives()


def _declarations() -> Iterator[Attack]:
    """18: document types in parts."""

    def declared(name: str, declaration: bytes) -> Change:
        def change(parts: Parts) -> None:
            parts[name] = b'<?xml version="1.0" encoding="UTF-8"?>' + declaration + parts[name]

        return change

    def wide(parts: Parts) -> None:
        text = '<?xml version="1.0" encoding="UTF-16"?>' + _XXE.decode() + parts[SHEET].decode()
        parts[SHEET] = text.encode("utf-16")

    for name in (SHEET, BOOK, "xl/styles.xml", "docProps/core.xml"):
        yield attack(f"18 XXE in {name}", "workbook_declaration", ALTERED, before(declared(name, _XXE)))
    for name in (CONTENT_TYPES, ROOT_RELATIONS):
        yield attack(f"18 DTD in {name}", "workbook_declaration", ALTERED, after(declared(name, _XXE)))
    yield attack("18 billion laughs", "workbook_declaration", ALTERED, before(declared(SHEET, _LAUGHS)))
    yield attack("18 DTD in UTF-16", "workbook_form", ALTERED, before(wide))
    yield attack(
        "18 DTD in the signature",
        "workbook_declaration",
        ALTERED,
        in_signature(b"<Signature ", _LAUGHS + b"<Signature "),
    )


def _forged() -> Iterator[Attack]:
    """20: signatures that do not hold, or not for all of it."""

    def no_reference(parts: Parts) -> None:
        part = parts[SIGNATURE]
        start = part.index(b'<Reference URI="/xl/styles.xml')
        end = part.index(b"</Reference>", start) + len(b"</Reference>")
        parts[SIGNATURE] = part[:start] + part[end:]

    def other_value(parts: Parts) -> None:
        part = parts[SIGNATURE]
        start = part.index(b"<SignatureValue>") + len(b"<SignatureValue>")
        parts[SIGNATURE] = (
            part[:start] + (b"B" if part[start : start + 1] != b"B" else b"C") + part[start + 1 :]
        )

    def no_signature_part(parts: Parts) -> None:
        del parts[SIGNATURE]

    yield attack("20 unsigned", "workbook_unsigned", INVALID, lambda w: package(w, plain_book()))
    yield attack(
        "20 unsigned, of an older program",
        "workbook_without_signature",
        NOTED,
        lambda w: package(w, plain_book(), promises=False),
    )
    yield attack(
        "20 cell changed after signing",
        "workbook_changed",
        ALTERED,
        after(swap(SHEET, b"<v>80</v>", b"<v>85</v>")),
    )
    yield attack(
        "20 looks changed after signing",
        "workbook_changed",
        ALTERED,
        after(swap("xl/styles.xml", b"20", b"21")),
    )
    yield attack("20 part left out of the list", "workbook_not_covered", INVALID, after(no_reference))
    yield attack("20 another value", "workbook_signature_bad", INVALID, after(other_value))
    yield attack(
        "20 signed by another unit",
        "workbook_other_signer",
        INVALID,
        lambda w: package(w, signed_book(w.other_unit)),
    )
    yield attack(
        "20 second signature",
        "workbook_signatures",
        ALTERED,
        after(lambda parts: parts.update({"_xmlsignatures/sig2.xml": parts[SIGNATURE]})),
    )
    yield attack("20 signature part missing", "workbook_hidden_relation", ALTERED, after(no_signature_part))
    yield attack(
        "20 something in the origin",
        "workbook_signature_form",
        INVALID,
        after(lambda parts: parts.update({ORIGIN: b"<html/>"})),
    )
    yield attack(
        "20 later time",
        "workbook_signature_form",
        INVALID,
        in_signature(b"<mdssi:Value>2", b"<mdssi:Value>1"),
    )


def _wrapped() -> Iterator[Attack]:
    """20: the signed element is one, the element that counts another."""

    def second_info(parts: Parts) -> None:
        part = parts[SIGNATURE]
        start, end = part.index(b"<SignedInfo"), part.index(b"</SignedInfo>") + len(b"</SignedInfo>")
        parts[SIGNATURE] = part[:end] + part[start:end] + part[end:]

    def moved(parts: Parts) -> None:
        part = parts[SIGNATURE]
        start = part.index(b'<Object xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idPackageObject">')
        end = part.index(b"</Object>", start) + len(b"</Object>")
        fresh = part[start:end].replace(b"idPackageObject", b"idOther").replace(b"idSignatureTime", b"idOld")
        wrapped = b"<Object><Wrapper>" + part[start:end] + b"</Wrapper></Object>"
        parts[SIGNATURE] = (
            part[:start] + fresh + part[end:].replace(b"</Signature>", wrapped + b"</Signature>")
        )

    def doubled(parts: Parts) -> None:
        part = parts[SIGNATURE]
        start = part.index(b'<Object xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idOfficeObject">')
        end = part.index(b"</Object>", start) + len(b"</Object>")
        parts[SIGNATURE] = part[:end] + part[start:end] + part[end:]

    rsa_or_ecdsa = b'<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256">'
    hmac = b'<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256">'
    canonical = b'<Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></Transform>'
    xslt = (
        b'<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet version="1.0"'
        b' xmlns:xsl="http://www.w3.org/1999/XSL/Transform"></xsl:stylesheet></Transform>'
    )
    xpath = (
        b'<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>1</XPath></Transform>'
    )
    yield attack("20 duplicate Id", "workbook_duplicate_id", INVALID, after(doubled))
    yield attack("20 moved object", "workbook_moved_object", INVALID, after(moved))
    yield attack("20 second SignedInfo", "workbook_second_signed_info", INVALID, after(second_info))
    yield attack("20 HMAC", "workbook_algorithm", INVALID, in_signature(rsa_or_ecdsa, hmac))
    yield attack(
        "20 SHA-1",
        "workbook_algorithm",
        INVALID,
        in_signature(b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1"),
    )
    yield attack("20 XSLT", "workbook_transform", INVALID, in_signature(canonical, xslt + canonical))
    yield attack("20 XPath", "workbook_transform", INVALID, in_signature(canonical, xpath + canonical))
    yield attack(
        "20 comment in the digest",
        "workbook_declaration",
        ALTERED,
        in_signature(b"<DigestValue>", b"<DigestValue><!---->"),
    )


def _formulas() -> Iterator[Attack]:
    """23: a cell that is a formula, however it is written; a text that begins like one is none."""

    def with_names(text: bytes) -> Change:
        return swap(BOOK, b"</definedName>", b"</definedName>" + text)

    cases: dict[str, Change] = {
        "23 formula cell": swap(SHEET, _ROW_END, _FORMULA),
        "23 formula cell with a prefix": swap(
            SHEET, _ROW_END, _FORMULA.replace(b"<f>", b"<x:f>").replace(b"</f>", b"</x:f>")
        ),
        "23 empty shared formula": swap(SHEET, _ROW_END, b'<c r="Z99"><f t="shared" si="0"/></c>' + _ROW_END),
        "23 data validation": swap(
            SHEET,
            b"</sheetData>",
            b'</sheetData><dataValidations><dataValidation><formula1>CALL("x")</formula1></dataValidation>'
            b"</dataValidations>",
        ),
        "23 conditional format": swap(
            SHEET,
            b"</sheetData>",
            b"</sheetData><conditionalFormatting><cfRule><formula>1</formula></cfRule></conditionalFormatting>",
        ),
        "23 name that runs": with_names(
            b'<definedName name="Auto_Open" hidden="1">Macro1!$A$1</definedName>'
        ),
        "23 name that calculates": swap(BOOK, b"</definedName>", b",CALL(1)</definedName>"),
    }
    for name, change in cases.items():
        yield attack(name, "workbook_formula", ALTERED, before(change))
    yield attack(
        "23 formula cell, added after signing",
        "workbook_formula",
        ALTERED,
        after(swap(SHEET, _ROW_END, _FORMULA)),
    )


def _reaching_out() -> Iterator[Attack]:
    """24: macros, links, embedded objects, relations nobody sees."""

    def related(kind: bytes, target: bytes, mode: bytes = b"") -> Change:
        line = b'<Relationship Id="rX" Type="%b" Target="%b"%b/></Relationships>' % (kind, target, mode)
        return swap("xl/_rels/workbook.xml.rels", b"</Relationships>", line)

    external = b' TargetMode="External"'
    sheet_relations = (
        b'<Relationships xmlns="%b"><Relationship Id="r1" Type="%b/image" Target="http://x/"%b/></Relationships>'
        % (_PACKAGE_RELATIONS, _RELATIONS, external)
    )
    cases: dict[str, tuple[str, Change]] = {
        "24 macro part": ("workbook_macro", with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")),
        "24 macro sheet": ("workbook_macro", with_part("xl/macrosheets/sheet1.xml", b"<macrosheet/>")),
        "24 macro book by its type": (
            "workbook_macro",
            swap(
                CONTENT_TYPES,
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            ),
        ),
        "24 macro by relation": (
            "workbook_macro",
            related(b"http://schemas.microsoft.com/office/2006/relationships/vbaProject", b"styles.xml"),
        ),
        "24 control": ("workbook_macro", swap(SHEET, b"</sheetData>", b"</sheetData><controls/>")),
        "24 external link part": (
            "workbook_external_link",
            with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        ),
        "24 external link by relation": (
            "workbook_external_link",
            related(_RELATIONS + b"/externalLink", b"externalLinks/externalLink1.xml"),
        ),
        "24 external target": (
            "workbook_external_link",
            related(_RELATIONS + b"/worksheet", b"file:////10.0.0.1/x", external),
        ),
        "24 hyperlink": (
            "workbook_external_link",
            swap(SHEET, b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1"/></hyperlinks>'),
        ),
        "24 data connection": ("workbook_external_link", with_part("xl/connections.xml", b"<connections/>")),
        "24 embedded object": (
            "workbook_embedded_object",
            with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf"),
        ),
        "24 OLE in a sheet": (
            "workbook_embedded_object",
            swap(
                SHEET, b"</sheetData>", b'</sheetData><oleObjects><oleObject progId="Package"/></oleObjects>'
            ),
        ),
        "24 hidden relation": (
            "workbook_hidden_relation",
            with_part("xl/worksheets/_rels/sheet1.xml.rels", sheet_relations),
        ),
        "24 relation of an unknown kind": (
            "workbook_hidden_relation",
            related(b"http://example.org/hidden", b"styles.xml"),
        ),
        "24 two ways to one part": (
            "workbook_hidden_relation",
            related(_RELATIONS + b"/styles", b"styles.xml"),
        ),
        "24 sheet nobody names": (
            "workbook_form",
            with_part("xl/worksheets/sheet9.xml", b"<worksheet/>", is_listed=True),
        ),
        "24 hidden sheet": ("workbook_form", swap(BOOK, b'state="visible"', b'state="veryHidden"')),
        "24 part of no kind": ("workbook_form", with_part("customXml/item1.xml", b"<x/>")),
        "24 sheet instruction": ("workbook_form", swap(SHEET, b"<sheetData>", b"<?mso x?><sheetData>")),
    }
    for name, (code, change) in cases.items():
        yield attack(name, code, ALTERED, after(change))


def _archives() -> Iterator[Attack]:
    """1–10 once more, inside the workbook."""

    def bytes_of(change: Callable[[bytes], bytes]) -> Callable[[World], bytes]:
        return lambda world: package(world, change(signed_book(world.unit)))

    def bomb(_data: bytes) -> bytes:
        """A part that says it inflates to more than any form has."""
        return _one_entry(b"xl/workbook.xml", zlib.compress(b"0" * 1_000_000, wbits=-15), 60 * 1024 * 1024)

    def lying(data: bytes) -> bytes:
        """A part that inflates to more than it says."""
        size = len(b"<x/>")
        packed = zlib.compress(b"<x/>" + b"0" * 100_000, wbits=-15)
        return _one_entry(b"xl/workbook.xml", packed, size)

    yield attack("24 bomb", "workbook_inflated", ALTERED, bytes_of(bomb))
    yield attack("24 part larger than it says", "workbook_inflated", ALTERED, bytes_of(lying))
    yield attack("24 trailing bytes", "workbook_form", ALTERED, bytes_of(lambda data: data + b"\0"))
    yield attack("24 data before", "workbook_form", ALTERED, bytes_of(lambda data: b"MZ" + data))
    yield attack("24 cut short", "workbook_form", ALTERED, bytes_of(lambda data: data[:-1]))
    yield attack("24 no archive", "workbook_form", ALTERED, bytes_of(lambda _data: b"PK workbook"))
    yield attack("24 header differs", "workbook_form", ALTERED, bytes_of(_other_header))
    yield attack("24 part twice", "workbook_form", ALTERED, bytes_of(_doubled))
    yield attack(
        "24 names equal but for case",
        "workbook_form",
        ALTERED,
        after(lambda parts: parts.update({SHEET.replace("sheet1", "Sheet1"): parts[SHEET]})),
    )


def _one_entry(name: bytes, packed: bytes, size: int) -> bytes:
    """An archive of one deflated entry that claims `size`."""
    from exchange.container import CENTRAL, CENTRAL_MARK, END, END_MARK, LOCAL, LOCAL_MARK

    common = (20, 0, 8, 0, 0x21, zlib.crc32(b"<x/>"), len(packed), size, len(name))
    body = LOCAL.pack(LOCAL_MARK, *common, 0) + name + packed
    line = CENTRAL.pack(CENTRAL_MARK, 20, *common, 0, 0, 0, 0, 0, 0) + name
    return body + line + END.pack(END_MARK, 0, 0, 1, 1, len(line), len(body), 0)


def _other_header(data: bytes) -> bytes:
    """The first local header tells another time than the directory."""
    return data[:10] + b"\1" + data[11:]


def _doubled(data: bytes) -> bytes:
    """Two parts under one name."""
    more = spoiled(data, with_part("docProps/apq.xml", b"<x/>"))
    return more.replace(b"docProps/apq.xml", b"docProps/app.xml")
