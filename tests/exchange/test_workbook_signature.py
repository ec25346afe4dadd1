"""Signed workbooks: every official form passes its own inspection, and nothing but such a workbook is signed."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from documents.writer import OfficialDocumentWriter
from exchange.certificates import utc_seconds
from exchange.keys import OpenKey
from exchange.workbook_inspection import inspect_workbook
from exchange.workbook_signature.archive import WorkbookFault, pack_parts, read_parts
from exchange.workbook_signature.part_types import CONTENT_TYPES, ROOT_RELATIONS, SIGNATURE, SIGNATURES
from exchange.workbook_signature.signing import sign_workbook
from forms import registry
from forms.sheet import Cell, Orientation, Sheet
from services.ports.documents import PageMark, PageMarks
from tests.documents.samples import pages_long_form
from tests.exchange.books import SHEET, plain_book, signed_book, spoiled, swap, with_part
from tests.exchange.world import NOW, World
from tests.forms.cases import KIT_101, TARGET, context
from tests.forms.full_answers import full_answers
from tests.wide import core_when

pytestmark = pytest.mark.wide

FORMS = [head.form_id for head in registry.heads()]
MARKS = PageMarks(PageMark.PRACTICE_DRAFT, "ABCDEFGHIJKLMNOP")


def faults(book: bytes, key: OpenKey) -> list[str]:
    return [
        reason.code for reason in inspect_workbook(book, key.signing_certificate, "", must_be_signed=True)
    ]


@pytest.mark.parametrize("form_id", core_when(TARGET.__eq__, FORMS))
def test_the_workbook_of_every_form_is_signed_and_passes(form_id: str, world: World) -> None:
    try:
        where = context(KIT_101, form_id)
    except StopIteration:
        pytest.skip("the kit has no task for this form")
    form = registry.form(form_id)
    sheets = form.sheets(where, full_answers(form, where))
    book = OfficialDocumentWriter().workbook(sheets, MARKS)
    assert faults(sign_workbook(book, world.unit, NOW), world.unit) == []


@pytest.mark.parametrize(
    "name", ["表(1)", "a'b", "收入&支出", "甲,乙", "=1+1", "A1", "$A$1", "第 1 张 <表>", "CALL(1)"]
)
def test_a_sheet_may_be_called_anything(name: str, world: World) -> None:
    long = pages_long_form()
    sheet = Sheet(
        name, "表", "", long.cells, long.column_widths, Orientation.LANDSCAPE, head_rows=long.head_rows
    )
    other = Sheet(name, "表", "", (Cell(0, 0, "&#60;f>1</f>"),), (40.0,), Orientation.PORTRAIT)
    book = OfficialDocumentWriter().workbook([sheet, other], MARKS)
    assert faults(sign_workbook(book, world.unit, NOW), world.unit) == []


def test_both_of_a_units_certificates_sign(world: World) -> None:
    for key in (world.unit, world.self_signed_unit):
        assert faults(signed_book(key), key) == []
    assert faults(signed_book(world.self_signed_unit), world.unit) == ["workbook_other_signer"]


def test_the_parts_stay_as_they_were_drawn(world: World) -> None:
    drawn, signed = read_parts(plain_book()), read_parts(signed_book(world.unit))
    added = {name for name in signed if name.startswith(SIGNATURES)}
    assert set(signed) - added == set(drawn)
    changed = {name for name in drawn if drawn[name] != signed[name]}
    assert changed == {CONTENT_TYPES, ROOT_RELATIONS}
    assert pack_parts(signed) == signed_book(world.unit)


def test_office_programs_open_it_as_before(world: World) -> None:
    before, after = (
        openpyxl.load_workbook(io.BytesIO(one)) for one in (plain_book(), signed_book(world.unit))
    )
    for old, new in zip(before.worksheets, after.worksheets, strict=True):
        assert [[c.value for c in row] for row in old.iter_rows()] == [
            [c.value for c in row] for row in new.iter_rows()
        ]


def test_the_signature_tells_signer_and_time_in_whole_seconds(world: World) -> None:
    moment = NOW + timedelta(microseconds=999_999)
    part = read_parts(sign_workbook(plain_book(), world.unit, moment))[SIGNATURE].decode()
    assert part.count(utc_seconds(moment).strftime("%Y-%m-%dT%H:%M:%SZ")) == 2
    assert "CN=绩效报送签名根证书,OU=财政部门,OID.2.5.4.97=990000,O=示例县财政局,C=CN" in part


def test_descriptive_properties_may_be_rewritten_by_office_programs(world: World) -> None:
    book = spoiled(signed_book(world.unit), swap("docProps/app.xml", b"</AppVersion>", b"1</AppVersion>"))
    assert faults(book, world.unit) == []


@pytest.mark.parametrize(
    "book",
    [
        b"",
        b"PK\x03\x04",
        spoiled(plain_book(), with_part("xl/vbaProject.bin", b"\xd0\xcf")),
        spoiled(
            plain_book(), lambda parts: {name: part for name, part in parts.items() if name != ROOT_RELATIONS}
        ),
    ],
    ids=["nothing", "no archive", "with a macro", "without relations"],
)
def test_nothing_else_is_signed(book: bytes, world: World) -> None:
    with pytest.raises(ValueError, match="not a workbook of this program"):
        sign_workbook(book, world.unit, NOW)


def test_a_signed_workbook_is_not_signed_twice(world: World) -> None:
    with pytest.raises(ValueError, match="not a workbook of this program"):
        sign_workbook(signed_book(world.unit), world.other_unit, NOW)


def test_an_archive_of_another_system_is_read_and_one_that_hides_something_is_not() -> None:
    parts = read_parts(plain_book())
    assert SHEET in parts
    good = pack_parts(parts)
    for place in (4, 6, 8, 10, 12, 26):  # version, flags, method, time, date, length of the name
        changed = bytearray(good)
        changed[place] ^= 1
        with pytest.raises(WorkbookFault):
            read_parts(bytes(changed))
