"""The workbook reader under random damage: a grid or one sentence, never a crash; bounded by the profile's examples."""

from __future__ import annotations

import zipfile
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from documents.hand_filled_reader import WorkbookGrids
from models.domain.errors import InputError
from tests.documents.rawbook import packed, row, workbook

GOOD = workbook(
    ("自评表", row(1, "指标", "≥95%") + row(2, '<c r="B2"><v>80</v></c>', '<c r="C2" t="s"><v>0</v></c>')),
    texts=("<t>年度</t>",),
    formats=("0.00",),
)
PIECES = st.sampled_from(
    (b"<!DOCTYPE x [<!ENTITY e 'x'>]>", b"<row r='9999999'>", b"<c r='XFD1'>", b"<v>1e999</v>", b"<v>NaN</v>")
    + (
        b"<f>1</f>",
        b"<mergeCell ref='A1:XFD1048576'/>",
        b"&#0;",
        b"&e;",
        b"\0",
        b"</c>",
        b"t='s'",
        b"<v>99</v>",
    )
)


def parts_of(book: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def reads(content: bytes) -> None:
    try:
        grids = WorkbookGrids().read_content(content, "表.xlsx")
    except InputError as error:
        grids, sentence = (), error.sentence
    else:
        sentence = "表.xlsx"
    assert "表.xlsx" in sentence
    assert all(isinstance(cell.text, str) for grid in grids for cell in grid.cells.values())


@given(data=st.data())
def test_a_damaged_part(data: st.DataObject) -> None:
    parts = parts_of(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(parts)))
        part = bytes(parts[name])  # type: ignore[arg-type]
        start, length = data.draw(st.integers(0, len(part))), data.draw(st.integers(0, 40))
        put = data.draw(st.one_of(PIECES, st.binary(max_size=16)))
        parts[name] = part[:start] + put + part[start + length :]
    reads(packed(parts))


@given(data=st.data())
def test_a_damaged_archive(data: st.DataObject) -> None:
    start, length = data.draw(st.integers(0, len(GOOD))), data.draw(st.integers(0, 60))
    reads(GOOD[:start] + data.draw(st.binary(max_size=40)) + GOOD[start + length :])


@given(content=st.binary(max_size=200))
def test_bytes_of_chance(content: bytes) -> None:
    reads(b"PK\x03\x04" + content)
