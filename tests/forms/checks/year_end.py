"""Examples of the checks on rectification, reviews and summaries (整改、审核、汇总校验样例): C32, C34, C35, C42, C48, C54."""

from __future__ import annotations

from dataclasses import replace

from models.domain.evidence import EvidenceFile
from tests.forms.checks.examples import E, Fails, Passes, W
from tests.forms.review_cases import REVIEW, reviewed, scored
from tests.forms.summary_cases import CODES, FILINGS, begun, context, evaluation, registered

_FIX = context("rectification")
_TARGETS = context("target_summary")
_RESULTS = context("self_evaluation_summary")
_DONE = EvidenceFile("problems[r1]", "验收单.pdf", 2048, "a" * 64)


def _problem(filled_on: str = "2026-09-01", **cells):
    first = begun("rectification", _FIX)["problems"][0]
    row = {**first, "measure": "安排修补。", "state": "ongoing", "responsible_person": "李强", **cells}
    return {**begun("rectification", _FIX), "filled_on": filled_on, "problems": [row]}


def _told(problem: str):
    """The review with the same words beside every item."""
    rows = [{**row, "problem": problem} for row in reviewed()["review_items"]]
    return {**reviewed(), "review_items": rows}


def _rows(form_id: str, **answers):
    return {**begun(form_id), **answers}


_TWICE = replace(_TARGETS, unit_filings=(FILINGS[0], replace(FILINGS[1], project_code=CODES[0])))
_AGAIN = replace(_FIX, previous_answers=_problem(state="ongoing"))
_ONE_MORE = replace(_RESULTS, unit_filings=(*FILINGS, evaluation(2, "新增项目", "90", "优", project_id="p9")))

FAILING = [
    Fails(
        "C32",
        "more than the item has",
        scored("normal", "11"),
        E,
        "review_items[normal].score",
        ("填的是 11 分", "分值是 10 分"),
        REVIEW,
    ),
    Fails(
        "C34",
        "total altered",
        {**reviewed(), "total_score": "99"},
        E,
        "total_score",
        ("“99”", "应为“92”"),
        REVIEW,
    ),
    Fails("C34", "grade altered", {**reviewed(), "grade": "良"}, E, "grade", ("应为“优”",), REVIEW),
    Fails(
        "C35",
        "points taken off without a word",
        _told(""),
        W,
        "review_items[clear].problem",
        ("扣了 1 分", "没有写存在问题", "得分填 10"),
        REVIEW,
    ),
    Fails(
        "C35",
        "points taken off with a word that says nothing",
        _told("无"),
        W,
        "review_items[clear].problem",
        ("只写了“无”",),
        REVIEW,
    ),
    Fails(
        "C42",
        "one code twice",
        begun("target_summary", _TWICE),
        E,
        "summary_rows[p2].project_code",
        (f"“{CODES[0]}”用在 2 行", "“生活垃圾清运”"),
        _TWICE,
    ),
    Fails(
        "C42",
        "a filing left out",
        begun("self_evaluation_summary"),
        E,
        "summary_rows",
        ("“新增项目”已经填报，没有列入汇总",),
        _ONE_MORE,
    ),
    Fails(
        "C42",
        "a sum altered",
        _rows("target_summary", total_sum_fen=1_000_000),
        E,
        "total_sum_fen",
        ("写的是 1 万元", "各行合计 24.6912 万元"),
        _TARGETS,
    ),
    Fails(
        "C42",
        "nothing to sum up",
        {"summary_rows": []},
        E,
        "summary_rows",
        ("还没有可以汇总的项目支出绩效目标申报表",),
        replace(_TARGETS, unit_filings=()),
    ),
    Fails(
        "C48",
        "overdue",
        _problem(),
        W,
        "problems[r1].deadline_on",
        ("2026年7月31日", "到 2026年9月1日还没有完成"),
        _FIX,
    ),
    Fails(
        "C48",
        "settled without evidence",
        _problem(state="completed"),
        E,
        "problems[r1].state",
        ("没有附佐证材料",),
        _FIX,
    ),
    Fails(
        "C48",
        "the same as last year",
        _problem("2026-07-05"),
        W,
        "problems[r1].issue",
        ("上年已有同样的问题",),
        _AGAIN,
    ),
    Fails(
        "C54",
        "a register project not filed",
        begun("target_summary"),
        W,
        "summary_rows",
        ("1 个项目应报未报", "“图书馆开放”"),
        registered("target_summary", "农村公路养护", "图书馆开放"),
    ),
]
PASSING = [
    Passes("C32", "within the item", scored("normal", "10"), REVIEW),
    Passes("C34", "as reckoned", reviewed(), REVIEW),
    Passes("C35", "the problem told", _told("指标未量化"), REVIEW),
    Passes("C42", "whole list", begun("target_summary"), _TARGETS),
    Passes("C42", "whole list of results", begun("self_evaluation_summary"), _RESULTS),
    Passes("C48", "settled with evidence", _problem(state="completed"), replace(_FIX, evidence=(_DONE,))),
    Passes("C48", "still time", _problem("2026-07-05"), _FIX),
    Passes("C48", "another problem than last year", _problem("2026-07-05", issue="会计凭证附件不全"), _AGAIN),
    Passes(
        "C54",
        "all filed",
        begun("target_summary"),
        registered("target_summary", "农村公路养护", "生活垃圾清运"),
    ),
    Passes(
        "C54",
        "a reason given",
        begun("target_summary"),
        registered("target_summary", "图书馆开放", exempt_reason="由县文旅局统一填报"),
    ),
    Passes(
        "C54",
        "another form due",
        begun("target_summary"),
        registered("target_summary", "图书馆开放", forms_due=("self_evaluation",)),
    ),
]
