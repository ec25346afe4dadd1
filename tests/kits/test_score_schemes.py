"""Shipped score schemes: those of the trade, whole, and the same in a kit as in the list to choose from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from models.domain.kit import ScoreScheme
from models.domain.kit_json import kit_from_json, kit_to_json, record_from_json
from models.domain.score_rules import FundsBasis, OverAction, ScoreMethod
from resources.builtin_kits import base_score_schemes, builtin_kits

SCHEMES = {scheme.scheme_id: scheme for scheme in base_score_schemes()}


def test_the_schemes_met_in_practice() -> None:
    points = {
        scheme_id: (scheme.execution_score, scheme.declaration_total) for scheme_id, scheme in SCHEMES.items()
    }
    assert points == {
        "scheme_10": (10, 90),
        "scheme_101": (10, 90),
        "scheme_20_80": (20, 80),
        "scheme_70_30": (0, 70),
        "scheme_free_90": (10, 90),
        "scheme_10_capped": (10, 90),
        "scheme_overall": (0, 100),
    }
    with_cost, without_cost, *_rest = SCHEMES["scheme_101"].first_level_weights
    assert with_cost == {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}
    assert without_cost == {"output": 50, "benefit": 30, "satisfaction": 10}
    assert SCHEMES["scheme_free_90"].first_level_weights == ()
    assert SCHEMES["scheme_20_80"].execution.funds is FundsBasis.FISCAL_ONLY
    assert [(cap.rate_below, cap.most) for cap in SCHEMES["scheme_10_capped"].caps] == [
        (Decimal("0.8"), 89),
        (Decimal("0.7"), 79),
        (Decimal("0.6"), 69),
        (Decimal("0.5"), 59),
    ]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.scheme_id)
def test_what_every_shipped_scheme_brings(scheme: ScoreScheme) -> None:
    assert [band.lower for band in scheme.bands][:1] == [Decimal("0.8")]
    assert {rule.method for rule in scheme.rules} >= {
        ScoreMethod.STEPS,
        ScoreMethod.DEDUCTION,
        ScoreMethod.YES_NO,
        ScoreMethod.POSITIVE,
    }
    assert scheme.over_achievement is not None
    assert scheme.over_achievement.action is OverAction.EXPLAIN
    assert [band.name for band in scheme.grades] == ["优", "良", "中", "差"]
    assert scheme.clause


def test_built_in_kits_take_theirs_from_the_list() -> None:
    ten, hundred_and_one = builtin_kits(2026)
    assert (ten.schemes[0], hundred_and_one.schemes[0]) == (SCHEMES["scheme_10"], SCHEMES["scheme_101"])
    for kit in (ten, hundred_and_one):
        assert all(scheme == SCHEMES[scheme.scheme_id] for scheme in kit.schemes)
        used = {setting.scheme_id for setting in kit.form_settings}
        assert used < {scheme.scheme_id for scheme in kit.schemes}, "others are there to be chosen"


def test_every_scheme_travels_in_a_kit() -> None:
    kit = replace(builtin_kits(2026)[0], schemes=tuple(SCHEMES.values()))
    assert kit_from_json(kit_to_json(kit)) == kit


def test_a_scheme_of_a_kit_issued_before_there_were_rules_still_loads() -> None:
    old = {
        "scheme_id": "old",
        "name": "旧方案",
        "weights_at_declaration": False,
        "declaration_total": "90",
        "execution_score": "10",
        "first_level_weights": [{"output": "50", "benefit": "40"}],
        "grades": [{"name": "优", "lower": "90"}],
    }
    scheme = record_from_json(ScoreScheme, old, "计分方案")
    assert (scheme.score_decimals, scheme.full_total, scheme.bands, scheme.caps) == (2, 100, (), ())
