"""Examples of the checks on adjustments and second rounds (目标调整、二上校验样例): C28, C29 on the old side, C51."""

from __future__ import annotations

from dataclasses import replace

from models.domain.project import DeclarationStage
from tests.forms import cases
from tests.forms.adjustment_cases import begun, changed, context, with_money
from tests.forms.cases import OVERALL, ROADS, TOWN, Answers, row_changed
from tests.forms.checks.examples import E, Fails, Passes, W

_GIVEN = context()
_ROWS = begun()["indicators"]


def _rows(*rows):
    return {**begun(), "indicators": list(rows)}


def _second_round(before: Answers, form_id: str = cases.TARGET):
    """A second round (二上) whose first round is known."""
    given = cases.context(form_id=form_id, first_round=before)
    return replace(given, task=replace(given.task, stage=DeclarationStage.SECOND_ROUND))


def _money(answers: Answers, wan: int) -> Answers:
    return {
        **answers,
        "annual_total_fen": wan * 1_000_000,
        "annual_fiscal_fen": wan * 1_000_000,
        "annual_other_fen": 0,
    }


def _tasks(factor: int) -> Answers:
    """The town's form with every task's money multiplied."""
    rows = [
        {**row, **{key: row[key] * factor for key in row if key.endswith("_fen")}}
        for row in TOWN["annual_tasks"]
    ]
    return {**TOWN, "annual_tasks": rows}


FAILING = [
    Fails(
        "C51",
        "control figure cut, indicators as before",
        _money(ROADS, 100),
        W,
        "annual_total_fen",
        ("一上申报 128.40 万元，二上改为 100 万元", "变动 22.1%"),
        _second_round(ROADS),
    ),
    Fails(
        "C51",
        "the unit's tasks doubled",
        _tasks(2),
        W,
        "annual_tasks",
        ("变动 100%",),
        _second_round(TOWN, OVERALL),
    ),
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
    Passes("C51", "second round within the share", _money(ROADS, 120), _second_round(ROADS)),
    Passes(
        "C51",
        "second round with fewer kilometres",
        _money(row_changed(ROADS, "r2", planned_value="9"), 100),
        _second_round(ROADS),
    ),
    Passes("C51", "first round", _money(ROADS, 100)),
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
