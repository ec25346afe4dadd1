"""Official workbooks for the tests of the exchange package, and the means to spoil them part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from documents.writer import OfficialDocumentWriter
from exchange.keys import OpenKey
from exchange.workbook_signature.archive import pack_parts, read_parts
from exchange.workbook_signature.content_types import content_types_part
from exchange.workbook_signature.signing import sign_workbook
from forms.sheet import Cell, CellRole, Orientation, Sheet
from models.domain.canonical_json import canonical_json
from services.ports.documents import PageMarks
from tests.exchange.rawzip import seal
from tests.exchange.world import NOW, World, submission

SHEET = "xl/worksheets/sheet1.xml"
MEMBER = "documents/01_performance_target_2027.xlsx"
Parts = dict[str, bytes]


@lru_cache
def plain_book(amount: int = 80, text: str = "=100%") -> bytes:
    """An official workbook of two cells, as the product draws it."""
    cells = (
        Cell(0, 0, "全年执行数", CellRole.LABEL),
        Cell(0, 1, amount, CellRole.AMOUNT),
        Cell(1, 0, "指标值", CellRole.LABEL),
        Cell(1, 1, text, CellRole.CENTERED),
    )
    sheet = Sheet("自评表", "项目支出绩效自评表", "（2027年度）", cells, (40.0, 60.0), Orientation.PORTRAIT)
    return OfficialDocumentWriter().workbook([sheet], PageMarks())


_SIGNED: dict[tuple[bytes, int], bytes] = {}


def signed_book(key: OpenKey, amount: int = 80) -> bytes:
    """The workbook, signed; the same key gives the same signature."""
    known = (key.signing_certificate.der, amount)
    if known not in _SIGNED:
        _SIGNED[known] = sign_workbook(plain_book(amount), key, NOW)
    return _SIGNED[known]


def spoiled(book: bytes, change: Callable[[Parts], Mapping[str, bytes] | None]) -> bytes:
    """The workbook with its parts changed in place, or replaced by what `change` gives."""
    parts = read_parts(book)
    return pack_parts(change(parts) or parts)


def swap(name: str, old: bytes, new: bytes) -> Callable[[Parts], None]:
    """Change one place of one part; the place has to be there."""

    def change(parts: Parts) -> None:
        assert old in parts[name], f"{old!r} is not in {name}"
        parts[name] = parts[name].replace(old, new, 1)

    return change


def with_part(name: str, content: bytes, *, is_listed: bool = False) -> Callable[[Parts], None]:
    """One part more."""

    def change(parts: Parts) -> None:
        parts[name] = content
        if is_listed:
            parts["[Content_Types].xml"] = content_types_part(parts)

    return change


def signed_again(key: OpenKey, change: Callable[[Parts], object]) -> bytes:
    """A workbook spoiled before it was signed: what a unit with a program of its own could make."""

    def whole(parts: Parts) -> None:
        change(parts)

    return sign_workbook(spoiled(plain_book(), whole), key, NOW)


def package(world: World, book: bytes, *, promises: bool = True) -> bytes:
    """A package with that workbook, sealed by the unit; `promises` that workbooks are signed."""
    payload = submission(workbooks_signed=True) if promises else submission()
    return seal(world.unit, payload=canonical_json(payload), members={MEMBER: book})
