"""Canonical JSON and check codes: one spelling for one content."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.canonical_json import canonical_json, spelled
from models.domain.check_code import check_code, check_code_of_digest, spaced_check_code

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


@given(values)
def test_it_reads_back_and_is_spelled_one_way(value: Any) -> None:
    content = canonical_json(value)
    assert json.loads(content) == value
    assert canonical_json(json.loads(content)) == content == spelled(value)


def test_order_of_keys_and_blanks_do_not_matter() -> None:
    assert canonical_json({"b": 1, "a": [1, "农村"]}) == '{"a":[1,"农村"],"b":1}'.encode()
    assert canonical_json(json.loads('{ "b" : 1 , "a" : 2 }')) == b'{"a":2,"b":1}'


@pytest.mark.parametrize(
    "value", [1.5, [1, [2.0]], {"a": {"b": (3.0,)}}, float("nan"), {"deep": [{"deeper": [0.1]}]}]
)
def test_floats_are_refused_however_deep(value: Any) -> None:
    with pytest.raises(TypeError, match="float"):
        canonical_json(value)


def test_check_codes() -> None:
    assert check_code(b"") == "4OYMIQUY7QOBJGX3"
    assert check_code(b"") != check_code(b" ")
    assert spaced_check_code("4OYMIQUY7QOBJGX3") == "4OYM IQUY 7QOB JGX3"
    assert check_code_of_digest(bytes(32)) == "A" * 16
