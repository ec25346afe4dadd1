"""Examples of the checks on adjustments (目标调整校验样例): C28, C29 on the old side, C51."""

from __future__ import annotations

from tests.forms.adjustment_cases import begun, changed, context, with_money
from tests.forms.checks.examples import E, Fails, Passes, W

_GIVEN = context()
_ROWS = begun()["indicators"]


def _rows(*rows):
    return {**begun(), "indicators": list(rows)}


FAILING = [
    Fails(
        "C28",
        "old value altered",
        _rows({**_ROWS[0], "old_value": "≥20公里"}, *_ROWS[1:]),
        E,
        "indicators[r1].old_value",
        ("“≥20公里”", "“≥12公里”"),
        _GIVEN,
    ),
    Fails(
        "C29",
        "approved indicator left out",
        _rows(*_ROWS[1:]),
        E,
        "indicators",
        ("“日常养护里程”没有列出",),
        _GIVEN,
    ),
    Fails(
        "C29",
        "never approved",
        _rows(*_ROWS, {**_ROWS[0], "row_id": "r9", "old_third_level": "桥梁数量"}),
        E,
        "indicators[r9].old_third_level",
        ("现行批复里没有",),
        _GIVEN,
    ),
    Fails(
        "C51",
        "money alone",
        with_money(160),
        W,
        "annual_total_fen",
        ("由 128 万元调整为 160 万元", "变动 25%"),
        _GIVEN,
    ),
]
PASSING = [
    Passes("C28", "adjustment as approved", begun(), _GIVEN),
    Passes("C29", "adjustment cancels one", changed("r2", is_cancelled="yes"), _GIVEN),
    Passes("C51", "within the share", with_money(130), _GIVEN),
    Passes(
        "C51",
        "indicators move too",
        {**changed("r1", planned_value="15"), "annual_total_fen": 160_000_000},
        _GIVEN,
    ),
]
