"""JSON columns: whatever writes the text, it is the canonical one, and what has none is refused."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.canonical_json import canonical_json
from models.store import values
from models.store.values import json_column, read_json

texts = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["\x7f", "\u2028", "1.5", "\x00", "e+"]
)
contents = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


class Word(enum.StrEnum):
    """A text of a kind of its own."""

    ONE = "一"


@dataclass
class Record:
    """What JSON cannot say."""

    a: int = 1


@given(contents)
def test_the_text_is_canonical_json(value: Any) -> None:
    assert json_column(value) == canonical_json(value).decode("utf-8")
    assert read_json(json_column(value)) == value


@pytest.mark.parametrize(
    "value",
    [(1, "a"), {1: 2}, {"a": Word.ONE}, 10**18, -(2**70), MappingProxyType({"b": 1}), [[[]]] * 3, {"": ()}],
)
def test_so_is_that_of_other_kinds(value: Any) -> None:
    plain = dict(value) if isinstance(value, MappingProxyType) else value
    assert json_column(value) == canonical_json(plain).decode("utf-8")


def test_what_nests_deep_is_spelled_too() -> None:
    deep: Any = 1
    for _ in range(300):
        deep = [deep]
    assert json_column(deep) == "[" * 300 + "1" + "]" * 300


def test_half_a_surrogate_pair_is_kept_escaped() -> None:
    value = {"a": "中\ud800"}
    assert json_column(value) == '{"a":"\\u4e2d\\ud800"}'
    assert read_json(json_column(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        [1e16],
        {"a": float("nan")},
        {"a": [float("inf")]},
        UUID(int=1),
        {"a": Record()},
        {"a": MappingProxyType({})},
    ],
)
def test_what_has_no_canonical_text_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        json_column(value)


def test_plain_answers_are_spelled_by_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(values, "canonical_json")
    assert json_column({"b": [1, None, True], "a": "农村"}) == json.dumps(
        {"a": "农村", "b": [1, None, True]}, ensure_ascii=False, separators=(",", ":")
    )
