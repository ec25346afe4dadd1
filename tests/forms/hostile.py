"""Answers nobody typed (异常填报内容): what a foreign or malicious package may carry as JSON."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from forms.schema import FormSpec, TableSpec

SPELLINGS = st.sampled_from(
    ["", " ", "≥95%", "95", "１２,０００.5", "-3", "不少于12种", "2027年底", "定性", "qualitative", "≥", "=", "other", "%", "‰"]
    + ["百分比", "万元", "output", "quantity", "cost", "economic_cost", "satisfaction", "client_satisfaction", "明显", "及时"]
    + ["2027", "0000", "9" * 40, "1e999", "NaN", "∞", "٣", "½", "²", "\x00", "\ud800", "=1+1", "养护里程(≥**%)", "其中：", "（"]
)  # fmt: skip
"""Texts the checks look at closely, and texts they should not trip over."""

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=20),
    SPELLINGS,
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def _row(table: TableSpec) -> st.SearchStrategy[Any]:
    """A row of a table, most cells plausible, some of any kind."""
    cell = st.one_of(SPELLINGS, SPELLINGS, st.integers(-5, 10**12), json_values)
    keys = {column.key: cell for column in table.columns}
    return st.fixed_dictionaries({}, optional={"row_id": SPELLINGS | json_values, **keys})


def answers_of(form: FormSpec) -> st.SearchStrategy[Any]:
    """Answers of a form: its own keys, any values."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for item in form.items():
        if isinstance(item, TableSpec):
            rows = st.lists(_row(item) | json_values, max_size=5)
            parts[item.key] = st.one_of(rows, rows, json_values)
        else:
            parts[item.key] = st.one_of(SPELLINGS, st.integers(-5, 10**12), json_values)
    return st.one_of(st.fixed_dictionaries({}, optional=parts), json_values)
