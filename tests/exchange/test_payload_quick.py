"""The quick reading of a payload beside the one step by step: no verdict, reason or value may differ."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import payload
from exchange.limits import DEFAULT_LIMITS
from exchange.reasons import RefusalError
from models.domain.canonical_json import canonical_json
from tests.exchange.world import submission

GOOD = canonical_json(submission())
ODD = (
    "1.0", "-0", "-0.0", "1e3", "0.5", "NaN", "null", "01", "1" * 18, "-" + "9" * 18, "1" * 19, str(2**63), str(2**64 - 1),
    str(2**64), "-" + "1" * 19, "9" * 40, "1e400", '"\x7f"', '"\u2028"', '"\\u2028"', '"\\u007f"', '"\\u001f"', '"\\u001F"',
    '"\\b\\f\\n\\r\\t"', '"\\/"', '"\x1f"', '"\\ud83d\\ude00"', '"😀"', '"\ue000"', '"\\ud800"', '"\ud800"', '{"a":1,"a":1}',
    '{"\ue000":1,"😀":2}', '{"😀":1,"\ue000":2}', "[1,]", "[" * 30 + "]" * 30, "[" * 31 + "]" * 31, "[" * 300 + "]" * 300,
    "[" * 1100 + "]" * 1100, '{"":{}}', " 1", '"\\u0000"', '"\x00"',
)  # fmt: skip
"""Values that libraries read or spell in ways of their own."""


def outcome(content: bytes) -> object:
    try:
        return payload.read_payload(content, DEFAULT_LIMITS)
    except RefusalError as refusal:
        return refusal.reasons


def step_by_step(content: bytes, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as slow:
        slow.setattr(payload, "_quickly", lambda *_given: None)
        return outcome(content)


def placed(text: str) -> list[bytes]:
    """A value alone, in an answer and in a list of them."""
    spelled = text.encode("utf-8", "surrogatepass")
    in_answer = GOOD.replace(b'"answers":{', b'"answers":{"":' + spelled + b",")
    return [spelled, in_answer, in_answer.replace(spelled, b"[1," + spelled + b"]")]


def test_a_good_payload_is_read_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = step_by_step(GOOD, monkeypatch)
    monkeypatch.delattr(payload, "_slowly")
    found = outcome(GOOD)
    assert found == expected == submission()
    assert isinstance(found, dict)
    assert json.dumps(found) == json.dumps(expected)  # the same order and kinds


def test_odd_values_are_judged_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [content for text in ODD for content in placed(text)]
    contents += [b"\xef\xbb\xbf" + GOOD, GOOD + b"\n", GOOD.replace(b'"', b"'"), b"", b"\xff", b"[" * 100_000]
    taken = 0
    for content in contents:
        found = outcome(content)
        taken += isinstance(found, dict)
        assert repr(found) == repr(step_by_step(content, monkeypatch)), content[:200]
    assert 10 < taken < len(contents) - 50


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from([0.5, 1e16, "\x7f", "\u2028"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=25)
@given(value=values)
def test_any_canonical_answer_is_judged_alike(value: Any) -> None:
    spelled = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    content = GOOD.replace(
        b'"answers":{', b'"answers":{"":' + spelled.encode("utf-8", "surrogatepass") + b","
    )
    with pytest.MonkeyPatch.context() as patched:
        assert repr(outcome(content)) == repr(step_by_step(content, patched))


def test_depth_is_counted_as_ever() -> None:
    assert payload._quickly(b"[[1]]", 2) == [[1]]
    assert payload._quickly(b"[[1]]", 1) is None
