"""Examples of C22 by growth and years, and of C56 to C59: reports of ex-ante evaluations."""

from __future__ import annotations

from models.domain.evidence import EvidenceFile
from tests.forms import cases
from tests.forms.cases import CLEANING, ROADS, Answers
from tests.forms.checks.examples import E, Fails, Passes, W, amounts, with_rule
from tests.forms.ex_ante_cases import POLICY, REPORT, SHANGYOU, context, derived, rated, without_derive

ITEMS = [row["row_id"] for row in REPORT["ratings"]]
WORST = rated(REPORT, dict.fromkeys(ITEMS, "差"))
HERE = context()


def _rows(key: str, row_id: str, **changes: object) -> Answers:
    rows = [{**row, **changes} if row["row_id"] == row_id else row for row in REPORT[key]]
    return derived(HERE, {**REPORT, key: rows})


def _stated(**changes: object) -> Answers:
    rows = [{**row, **changes} if row["row_id"] == "n1" else row for row in REPORT["ratings"]]
    return without_derive(REPORT, ratings=rows)


def _attached() -> EvidenceFile:
    return EvidenceFile("attachments[a4]", "实施方案.pdf", 1000, "0" * 64)


FAILING = [
    Fails(
        "C22",
        "grown by more than the share",
        amounts(130_000_000, CLEANING),
        W,
        "annual_total_fen",
        ("比上年增加 34 万元（35.4%）", "达到 30%", "免予评估", "救灾"),
        cases.context(with_rule(SHANGYOU).kit, last_year_budget_fen=96_000_000),
    ),
    Fails(
        "C22",
        "by last year's declaration",
        {**CLEANING, "period_to": "2027"},
        W,
        "annual_total_fen",
        ("比上年增加 46.50 万元",),
        cases.context(with_rule(SHANGYOU).kit, previous_answers={"annual_total_fen": 50_000_000}),
    ),
    Fails(
        "C22",
        "to run for three years",
        ROADS,
        W,
        "period_to",
        ("2027 年到 2029 年还要执行 3 年，达到 3 年",),
        with_rule(SHANGYOU),
    ),
    Fails("C56", "section missing", {**REPORT, "overview": None}, E, "overview", ("概况", "80 个字"), HERE),
    Fails("C56", "filler", {**REPORT, "suggestions": "无。"}, E, "suggestions", ("等于没有填写",), HERE),
    Fails(
        "C56", "too short", {**REPORT, "overview": "修路。"}, W, "overview", ("只有 3 个字", "80 个字"), HERE
    ),
    Fails(
        "C56",
        "opinion under the name of its dimension",
        {**REPORT, "dimension_text_2": "好"},
        W,
        "dimension_text_2",
        ("（二）投入经济性",),
        HERE,
    ),
    Fails(
        "C56",
        "high rating without evidence",
        _rows("ratings", "n2", evidence_text=" "),
        W,
        "ratings[n2].evidence_text",
        ("评为“优”，没有写评分依据",),
        HERE,
    ),
    Fails(
        "C56",
        "no evidence at all",
        derived(HERE, {**REPORT, "ratings": [{**r, "evidence_text": None} for r in REPORT["ratings"]]}),
        W,
        "ratings[n1].evidence_text",
        ("等 20 条",),
        HERE,
    ),
    Fails(
        "C56",
        "required material not there",
        _rows("attachments", "a4", provided=None),
        W,
        "attachments[a4].provided",
        ("实施方案", "必备材料"),
        HERE,
    ),
    Fails(
        "C56",
        "file announced and not attached",
        _rows("attachments", "a3", provided="file"),
        W,
        "attachments[a3].provided",
        ("没有附上",),
        HERE,
    ),
    Fails(
        "C57",
        "score written by hand",
        _stated(score="5", rating="差"),
        E,
        "ratings[n1].score",
        ("应为",),
        HERE,
    ),
    Fails(
        "C57",
        "items of another kit",
        without_derive(REPORT, ratings=REPORT["ratings"][1:]),
        E,
        "ratings",
        ("少 1 条",),
        HERE,
    ),
    Fails(
        "C57",
        "total by hand",
        without_derive(REPORT, total_score="99"),
        E,
        "total_score",
        ("99", "90.00"),
        HERE,
    ),
    Fails(
        "C57",
        "better than the band",
        rated(REPORT, dict.fromkeys(ITEMS, "中")),
        W,
        "assessment_conclusion",
        ("总分 60 分", "调整完善后予以支持"),
        HERE,
    ),
    Fails(
        "C57",
        "vetoed",
        rated(REPORT, {"n2": "差"}),
        E,
        "assessment_conclusion",
        ("评为差", "否决事项"),
        HERE,
    ),
    Fails(
        "C58",
        "more than was asked",
        derived(HERE, {**REPORT, "approved_fen": 130_000_000}),
        E,
        "approved_fen",
        ("130 万元", "128.40 万元"),
        HERE,
    ),
    Fails(
        "C58",
        "cut by hand",
        without_derive(REPORT, reduced_fen=9_000_000),
        E,
        "reduced_fen",
        ("128.40 万元 − 120 万元 = 8.40 万元",),
        HERE,
    ),
    Fails(
        "C58",
        "rate by hand",
        without_derive(REPORT, reduction_rate="0.07"),
        E,
        "reduction_rate",
        ("7%", "6.5%"),
        HERE,
    ),
    Fails(
        "C58",
        "money for what is not supported",
        {**WORST, "assessment_conclusion": "不予支持"},
        W,
        "approved_fen",
        ("不予支持", "120 万元"),
        HERE,
    ),
    Fails(
        "C58",
        "support without money",
        derived(HERE, {**REPORT, "approved_fen": 0}),
        W,
        "approved_fen",
        ("却是 0",),
        HERE,
    ),
    Fails(
        "C59",
        "another amount",
        derived(HERE, {**REPORT, "submitted_fen": 150_000_000, "submitted_fiscal_fen": 141_600_000}),
        W,
        "submitted_fen",
        ("150 万元", "128.40 万元"),
        HERE,
    ),
    Fails("C59", "another end", {**REPORT, "period_to": "2028"}, W, "period_to", ("2028", "2029"), HERE),
    Fails(
        "C59",
        "another target",
        {
            **REPORT,
            "target_text": "修好全镇的路，让群众出行更方便，路况优良率明显提高，投诉明显减少，群众满意度明显提高。",
        },
        W,
        "target_text",
        ("不一致",),
        HERE,
    ),
]

PASSING = [
    Passes(
        "C22",
        "grown by less",
        {**CLEANING, "annual_total_fen": 100_000_000},
        cases.context(with_rule(SHANGYOU).kit, last_year_budget_fen=96_000_000),
    ),
    Passes("C22", "last year not known", CLEANING, with_rule(SHANGYOU)),
    Passes("C22", "three years and evaluated", ROADS, with_rule(SHANGYOU, known=True)),
    Passes("C56", "a whole report", REPORT, HERE),
    Passes("C56", "low ratings need no evidence", derived(HERE, {**WORST, "attachments": []}), HERE),
    Passes(
        "C56",
        "missing material with its reason",
        _rows("attachments", "a4", provided="none", remark="由县交通运输局统一编制，批复后补报"),
        HERE,
    ),
    Passes(
        "C56",
        "attached",
        _rows("attachments", "a4", provided="file"),
        context(evidence=(_attached(),)),
    ),
    Passes("C56", "no other remarks", {**REPORT, "other_notes": None}, HERE),
    Passes("C57", "a whole report", REPORT, HERE),
    Passes("C57", "a policy", POLICY, HERE),
    Passes("C57", "waiting for ratings", rated(REPORT, {"n1": None}), HERE),
    Passes("C57", "other spelling of the points", without_derive(REPORT, total_score="90"), HERE),
    Passes(
        "C57",
        "vetoed and refused",
        {**rated(REPORT, {"n2": "差"}), "assessment_conclusion": "不予支持"},
        HERE,
    ),
    Passes("C58", "a whole report", REPORT, HERE),
    Passes("C58", "not decided yet", derived(HERE, {**REPORT, "approved_fen": None}), HERE),
    Passes(
        "C58",
        "refused",
        derived(HERE, {**WORST, "assessment_conclusion": "不予支持", "approved_fen": 0}),
        HERE,
    ),
    Passes("C59", "a whole report", REPORT, HERE),
    Passes("C59", "no declaration", {**REPORT, "period_to": "2030"}, context(related={})),
]
