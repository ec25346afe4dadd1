"""The shape of answers (填报内容结构): what may stand in a form's answers, whatever it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from forms.remembered import by_identity
from forms.schema import FormSpec
from models.domain.money import MAX_FEN


class _Shape(NamedTuple):
    """What may stand in a form's answers (报送内容的结构): keys of texts, of money, and of tables with their columns.

    A table comes with its columns, `row_id` among them, and those of them that hold money.
    """

    texts: frozenset[str]
    money: frozenset[str]
    tables: Mapping[str, tuple[frozenset[str], frozenset[str]]]


@by_identity(64)
def _shape(form: FormSpec) -> _Shape:
    """The shape of a declaration, settled once for all filings."""
    keys = frozenset(spec.key for spec in form.fields())
    money = frozenset(filter(_is_money, keys))
    tables = {
        table.key: (
            frozenset(column.key for column in table.columns) | {"row_id"},
            frozenset(column.key for column in table.columns if _is_money(column.key)),
        )
        for table in form.tables()
    }
    return _Shape(keys - money, money, tables)


def answers_fit(form: FormSpec, answers: Mapping[str, Any]) -> bool:
    """Whether answers have the declared shape: known keys, tables of rows with ids, money whole 分."""
    texts, money, tables = _shape(form)
    for key, value in answers.items():
        if key in texts:
            if not (isinstance(value, str) or value is None):
                return False
        elif key in money:
            if not _value_fits(key, value):
                return False
        elif key not in tables or not _rows_fit(*tables[key], value):
            return False
    return True


def _rows_fit(columns: frozenset[str], money: frozenset[str], rows: Any) -> bool:
    """Rows are objects with an own `row_id` and declared columns."""
    if not isinstance(rows, list):
        return False
    ids = set()
    for row in rows:
        if not isinstance(row, dict) or not columns.issuperset(row):
            return False
        row_id = row.get("row_id")
        if not isinstance(row_id, str):
            return False
        ids.add(row_id)
        if money or not _TEXTS.issuperset(map(type, row.values())):
            for key, value in row.items():
                if not _value_fits(key, value):
                    return False
    return len(ids) == len(rows)


_TEXTS = frozenset({str, type(None)})


def _is_money(key: str) -> bool:
    """Whether a key is one of money: all of them end alike, and no others do."""
    return key.endswith("_fen")


def _value_fits(key: str, value: Any) -> bool:
    """Money is a whole number of 分 within bounds, everything else text; None stands for blank."""
    if value is None:
        return True
    if _is_money(key):
        return type(value) is int and abs(value) <= MAX_FEN
    return isinstance(value, str)
