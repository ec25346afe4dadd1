"""Kits as JSON: a round trip without loss, and every misspelling named by its place."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.canonical_json import canonical_json
from models.domain.errors import KitProblem
from models.domain.kit import ParameterKit, TrustMode
from models.domain.kit_json import kit_from_json, kit_rules_json, kit_to_json, record_from_json
from models.domain.money import AmountUnit
from models.domain.project import RegisterEntry, Unit
from resources.builtin_kits import builtin_kits

KIT = replace(
    builtin_kits(2026)[1],
    trust_mode=TrustMode.CERTIFICATE,
    units=(Unit("820001", "示例县柳林镇人民政府", duties="第一条\n第二条"),),
    register=(
        RegisterEntry("51000027T000000012345", "农村公路养护", "820001", 2027, budget_fen=128_400_000),
        RegisterEntry("", "新项目", "820001", 2027, forms_due=("performance_target",)),
    ),
    certificates=("-----BEGIN CERTIFICATE-----",),
)


def test_a_kit_comes_back_as_it_went() -> None:
    data = json.loads(canonical_json(kit_to_json(KIT)))
    assert kit_from_json(data) == KIT
    assert canonical_json(kit_to_json(kit_from_json(data))) == canonical_json(kit_to_json(KIT))


def test_the_spelling_is_plain() -> None:
    data = kit_to_json(KIT)
    assert data["issued_on"] == "2026-01-01"
    assert data["trust_mode"] == "certificate"
    assert data["form_settings"][0]["amount_unit"] == "wan_yuan"
    assert data["schemes"][0]["declaration_total"] == "90"
    assert data["ex_ante"]["amount_fen"] == 500_000_000
    assert data["register"][1]["budget_fen"] is None
    assert data["tasks"][0]["stage"] == "first_round"


def _set(path: str, value: Any) -> dict[str, Any]:
    """The kit's JSON with one value set, or a key taken away when the value is DROP."""
    data: Any = json.loads(canonical_json(kit_to_json(KIT)))
    at = data
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        at = at[part]
    if value is DROP:
        del at[last]
    else:
        at[last] = value
    result: dict[str, Any] = data
    return result


DROP = object()


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("version", "1", "任务参数包.version"),
        ("version", True, "任务参数包.version"),
        ("name", None, "任务参数包.name"),
        ("name", DROP, "任务参数包"),
        ("unknown", 1, "任务参数包.unknown"),
        ("issued_on", "2026-13-01", "任务参数包.issued_on"),
        ("issued_on", 20260101, "任务参数包.issued_on"),
        ("trust_mode", "full", "任务参数包.trust_mode"),
        ("tasks", {}, "任务参数包.tasks"),
        ("tasks.1.closes_on", "十月底", r"任务参数包.tasks\[2\].closes_on"),
        ("tasks.0.stage", "third", r"任务参数包.tasks\[1\].stage"),
        ("tasks.0", [], r"任务参数包.tasks\[1\]"),
        ("schemes.0.declaration_total", 90, r"任务参数包.schemes\[1\].declaration_total"),
        ("schemes.0.declaration_total", "九十", r"任务参数包.schemes\[1\].declaration_total"),
        ("schemes.0.declaration_total", "NaN", r"任务参数包.schemes\[1\].declaration_total"),
        ("schemes.0.first_level_weights.0.cost", "x", r"first_level_weights\[1\].cost"),
        ("form_settings.0.amount_unit", "jiao", r"form_settings\[1\].amount_unit"),
        ("form_settings.0.amount_unit", 100, r"form_settings\[1\].amount_unit"),
        ("frames.0.firsts.0.is_required", "yes", r"frames\[1\].firsts\[1\].is_required"),
        ("check_settings", [], "任务参数包.check_settings"),
        ("is_builtin", 1, "任务参数包.is_builtin"),
    ],
)
def test_what_is_misspelled_is_named(path: str, value: Any, place: str) -> None:
    with pytest.raises(KitProblem, match=place):
        kit_from_json(_set(path, value))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    )
)
def test_anything_else_is_a_kit_problem(data: Any) -> None:
    with pytest.raises(KitProblem):
        kit_from_json(data)


@given(
    st.sampled_from(sorted(kit_to_json(KIT))), st.none() | st.integers() | st.text() | st.lists(st.integers())
)
def test_any_value_anywhere_is_read_or_refused_in_words(key: str, value: Any) -> None:
    with suppress(KitProblem):
        assert isinstance(kit_from_json(_set(key, value)), ParameterKit)


@dataclass(frozen=True)
class _Record:
    words: tuple[str, ...]
    share: Decimal
    unit: AmountUnit = AmountUnit.YUAN
    until: date | None = None


def test_records_leave_unknown_keys_to_newer_programs() -> None:
    data = {"words": ["明显"], "share": "0.5", "unit": "wan_yuan", "newer": {"deep": []}}
    assert record_from_json(_Record, data, "处") == _Record(("明显",), Decimal("0.5"), AmountUnit.WAN_YUAN)


@pytest.mark.parametrize(
    "data", [None, [], {"words": "明显", "share": "1"}, {"words": []}, {"words": [], "share": 1}]
)
def test_records_that_cannot_be_read_are_refused(data: Any) -> None:
    with pytest.raises(KitProblem, match="处"):
        record_from_json(_Record, data, "处")


def test_what_a_later_program_adds_does_not_change_the_rules_of_an_older_kit() -> None:
    said = kit_rules_json(KIT)
    assert "indicator_library" not in said
    assert kit_rules_json(kit_from_json(kit_to_json(KIT))) == said
    assert kit_from_json(said) == KIT
    assert kit_rules_json(replace(KIT, fund_types=("别的资金",))) != said
