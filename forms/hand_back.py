"""A handed-out form that came back (收回填好的表): read from its grids, met with what was given and what stands now.

Three versions meet place by place: given (what was handed out), mine (what stands here now), theirs (what came
back). What only they changed is proposed; what both changed is a clash, for a person to choose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms import kinds
from forms.answers import is_blank
from forms.context import FormContext
from forms.findings import Place
from forms.hand_filled.grid import SheetGrid, cell_name
from forms.hand_out import (
    COLUMNS,
    FIELD,
    IDENTITY_SHEET,
    NEW_ROW,
    PERSON,
    ROW,
    HandOutIdentity,
    open_places,
    written_text,
)
from forms.offers import Offer, OfferKind, cell_label, new_row_offer, row_name, row_words
from forms.schema import FieldKind, FieldSpec, FormSpec, Row, TableSpec
from models.domain.errors import InputError
from models.domain.filing import Answers

BOTH = "两边都改过，勾选则采用收回的内容"
_GONE_HERE = "这一行本机已经删除，勾选则重新加入"
_EMPTY = "（空）"
_NUMBERS = (FieldKind.MONEY, FieldKind.WEIGHT, FieldKind.PLANNED_VALUE)
_VALUE_COLUMN = 3


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row that came back (收回的行): texts by column; `row_id` "" for one that was added."""

    row_id: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class HandBack:
    """A workbook that came back (收回的分发表): whose it is, who filled it in, texts by field and table."""

    identity: HandOutIdentity
    person: str
    fields: Mapping[str, str]
    tables: Mapping[str, tuple[ReturnedRow, ...]]


def read_hand_back(grids: Sequence[SheetGrid]) -> HandBack:
    """What stands in a workbook that came back.

    InputError when it is none this program handed out, and for a cell whose content nobody can trust (a formula nobody
    calculated): taken for an empty one, it would propose to empty what stands here.
    """
    identity = _identity(next((grid for grid in grids if grid.name == IDENTITY_SHEET), None))
    fields: dict[str, str] = {}
    tables: dict[str, tuple[ReturnedRow, ...]] = {}
    person = ""
    for grid in grids:
        if grid.name == IDENTITY_SHEET:
            continue
        for row in grid.rows:
            mark = grid.text(row, 1)
            if mark == PERSON:
                person = grid.text(row, _VALUE_COLUMN)
            elif mark.startswith(FIELD):
                fields[mark.removeprefix(FIELD)] = _text(grid, row, _VALUE_COLUMN)
            elif mark.startswith(COLUMNS):
                tables[mark.removeprefix(COLUMNS)] = tuple(_rows(grid, row))
    return HandBack(identity, person.strip(), fields, tables)


def merge_offers(
    form: FormSpec, context: FormContext, given: Answers | None, mine: Answers, back: HandBack
) -> tuple[Offer, ...]:
    """What came back and differs from what stands here; `given` None when nobody remembers what was handed out.

    Places both sides changed come first. Then nothing is known of the given texts, everything that
    differs is a clash.
    """
    merge = _Merge(form, context, given, mine)
    found: list[Offer] = []
    wanted = open_places(form, context, back.identity.steps)
    for item in form.items():
        if item.key not in wanted:
            continue
        if isinstance(item, TableSpec):
            found += merge.rows(item, back.tables.get(item.key, ()))
        elif item.key in back.fields:
            found += merge.value(item, Place(item.key), ({}, {}, {}), back.fields[item.key])
    return tuple(sorted(found, key=lambda offer: not offer.is_clash))


@dataclass(frozen=True)
class _Merge:
    """One merge (合并): what was given, what stands here."""

    form: FormSpec
    context: FormContext
    given: Answers | None
    mine: Answers

    def value(self, spec: FieldSpec, place: Place, rows: tuple[Row, Row, Row], text: str) -> Iterator[Offer]:
        """The offer of one place; `rows` are the rows given, mine and theirs, empty outside tables."""
        given_row, my_row, their_row = rows
        if spec.is_closed(self.context, my_row):
            return
        given = given_row.get(spec.key) if place.row_id else (self.given or {}).get(spec.key)
        mine = my_row.get(spec.key) if place.row_id else self.mine.get(spec.key)
        is_known = self.given is not None and (not place.row_id or bool(given_row))
        if is_known and _same(spec, written_text(spec, given, self.context, given_row), text):
            return
        if _same(spec, written_text(spec, mine, self.context, my_row), text):
            return
        value = kinds.read(spec, text, self.context, their_row).value
        is_clash = not is_known or (given != mine and not (is_blank(given) and is_blank(mine)))
        yield Offer(
            OfferKind.VALUE,
            place,
            self._label(spec, place, my_row),
            kinds.shown(spec, mine, self.context, my_row) or _EMPTY,
            kinds.shown(spec, value, self.context, their_row) or _EMPTY,
            value,
            is_chosen=not is_clash,
            is_clash=is_clash,
            note=BOTH if is_clash else "",
        )

    def rows(self, table: TableSpec, returned: Sequence[ReturnedRow]) -> Iterator[Offer]:
        """The offers of a table: cells of rows that are still here, rows added, rows emptied."""
        given = {str(row["row_id"]): row for row in (self.given or {}).get(table.key) or ()}
        mine = {str(row["row_id"]): row for row in self.mine.get(table.key) or ()}
        taken: list[Row] = list(mine.values())
        is_fixed = table.has_fixed_rows(self.context)
        for row in returned:
            has_text = any(text.strip() for text in row.texts.values())
            if row.row_id in mine:
                yield from self._row(
                    table, given.get(row.row_id, {}), mine[row.row_id], row, has_text=has_text
                )
            elif has_text and not is_fixed and not self._is_as_given(table, given.get(row.row_id), row):
                offer = new_row_offer(table, self.context, taken, self._read(table, row.texts))
                taken.append({"row_id": offer.place.row_id})
                if row.row_id:
                    offer = replace(offer, is_chosen=False, is_clash=True, note=_GONE_HERE)
                yield offer

    def _row(
        self, table: TableSpec, given: Row, mine: Row, row: ReturnedRow, *, has_text: bool
    ) -> Iterator[Offer]:
        """A row that is here and came back."""
        columns = [spec for spec in table.visible_columns(self.context) if spec.key in row.texts]
        if not has_text and not table.has_fixed_rows(self.context):
            if any(written_text(spec, mine.get(spec.key), self.context, mine) for spec in columns):
                yield self._lost(table, given, mine)
            return
        theirs = {**mine, **self._read(table, row.texts)}
        for spec in columns:
            place = Place(table.key, row.row_id, spec.key)
            yield from self.value(spec, place, (given, mine, theirs), row.texts[spec.key])

    def _lost(self, table: TableSpec, given: Row, mine: Row) -> Offer:
        """A row they emptied: it is taken away, unless it was changed here since."""
        is_clash = dict(given) != dict(mine)
        return Offer(
            OfferKind.LOST_ROW,
            Place(table.key, str(mine["row_id"])),
            f"{table.label}{row_name(table, self.context, mine)}",
            row_words(table, self.context, mine),
            "（整行已清空，删除这一行）",
            is_chosen=not is_clash,
            is_clash=is_clash,
            note=BOTH if is_clash else "",
        )

    def _is_as_given(self, table: TableSpec, given: Row | None, row: ReturnedRow) -> bool:
        """Whether a row that is gone here came back exactly as it was handed out."""
        return given is not None and all(
            _same(
                spec,
                written_text(spec, given.get(spec.key), self.context, given),
                row.texts.get(spec.key, ""),
            )
            for spec in table.visible_columns(self.context)
        )

    def _read(self, table: TableSpec, texts: Mapping[str, str]) -> dict[str, Any]:
        """The values of a row of texts; each column may look at those before it (levels)."""
        row: dict[str, Any] = {}
        for spec in table.visible_columns(self.context):
            if texts.get(spec.key, "").strip() and not spec.is_computed:
                row[spec.key] = kinds.read(spec, texts[spec.key], self.context, row).value
        return row

    def _label(self, spec: FieldSpec, place: Place, row: Row) -> str:
        """What a place is called."""
        if not place.row_id:
            return spec.label_in(self.context)
        return cell_label(self.form.table(place.field), self.context, row, spec)


def _identity(grid: SheetGrid | None) -> HandOutIdentity:
    """Which filing a workbook belongs to."""
    refusal = InputError("这不是本程序分发出去的表", "请选择从“分发给项目负责人”导出、填好后发回的文件")
    if grid is None:
        raise refusal
    told = {grid.text(row, 1): grid.text(row, 2) for row in grid.rows}
    revision = told.get("revision", "")
    if not told.get("filing_id") or not (revision.isascii() and revision.isdigit()):
        raise refusal
    return HandOutIdentity(
        told["filing_id"],
        int(revision[:12]),
        told.get("hand_out_id", ""),
        told.get("form_id", ""),
        told.get("form_version", ""),
        tuple(step for step in told.get("steps", "").split(",") if step),
    )


def _rows(grid: SheetGrid, head: int) -> Iterator[ReturnedRow]:
    """The rows below the line that names a table's columns."""
    keys = {column: text for column, text in grid.distinct(head) if column > 1}
    for row in grid.rows:
        mark = grid.text(row, 1)
        if row > head and mark.startswith((ROW, NEW_ROW)):
            row_id = mark.removeprefix(ROW) if mark.startswith(ROW) else ""
            yield ReturnedRow(row_id, {key: _text(grid, row, column) for column, key in keys.items()})


def _text(grid: SheetGrid, row: int, column: int) -> str:
    """What stands in a cell as it would be typed: a number without the separators it is shown with."""
    cell = grid.cell(row, column)
    if cell.fault:
        raise InputError(
            f"工作表“{grid.name}”单元格 {cell_name(row, column)} {cell.fault}，没有收回",
            "请用 Excel 或 WPS 打开，改成填写的内容并保存后再收回",
            grid.file,
        )
    if cell.number is not None and not cell.text.endswith(("%", "％")):
        return f"{cell.number:f}"
    return cell.text


def _same(spec: FieldSpec, written: str, returned: str) -> bool:
    """Whether two texts are one, blanks and the spelling of numbers aside."""
    one, other = _bare(written), _bare(returned)
    if one == other or spec.kind not in _NUMBERS:
        return one == other
    first, second = kinds.parse_number(one), kinds.parse_number(other)
    return first is not None and first == second


def _bare(text: str) -> str:
    """A text without blanks and signs nobody sees, which workbooks add and drop."""
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")
