"""Scoring of ex-ante evaluations: points, subtotals, vetoes, bands, the policy variant, and what the form fills in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms import registry
from forms.answers import blank_answers
from forms.ex_ante_scores import evaluate, explanation, reduction, scheme_of
from forms.sheet import Sheet
from models.domain.ex_ante_scheme import ExAnteScheme
from resources.builtin_kits import ex_ante_schemes
from tests.forms import cases
from tests.forms.ex_ante_cases import EX_ANTE, POLICY, REPORT, context, derived, rated, xigong_kit

FORM = registry.form(EX_ANTE)
SCHEMES = ex_ante_schemes()
ITEMS = [row["row_id"] for row in REPORT["ratings"]]


def scheme() -> ExAnteScheme:
    found = scheme_of(context())
    assert found is not None
    return found


@pytest.mark.parametrize("one", SCHEMES, ids=lambda one: one.scheme_id)
def test_a_scheme_is_whole(one: ExAnteScheme) -> None:
    for item in one.objects:
        assert item.points == 100
        assert [dimension.points for dimension in item.dimensions] == [20] * 5
        assert any(dimension.is_veto for dimension in item.dimensions)
    ids = [i.item_id for o in one.objects for d in o.dimensions for i in d.items]
    assert len(ids) == len(set(ids))
    assert [band.conclusion for band in one.bands] == ["予以支持", "调整完善后予以支持", "不予支持"]
    assert sorted(one.ratings, key=lambda rating: -rating.share) == list(one.ratings)
    assert one.rating("差") is not None


@pytest.mark.parametrize(
    ("rating", "total", "conclusion"),
    [
        ("优", "100.00", "予以支持"),
        ("良", "80.00", "予以支持"),
        ("中", "60.00", "调整完善后予以支持"),
        ("差", "0", "不予支持"),
    ],
)
def test_bands_include_their_bound(rating: str, total: str, conclusion: str) -> None:
    answers = rated(REPORT, dict.fromkeys(ITEMS, rating))
    assert Decimal(answers["total_score"]) == Decimal(total)
    assert answers["suggested_conclusion"] == conclusion


def test_every_step_down_costs_points_and_never_leaves_the_scale() -> None:
    before = Decimal(100)
    answers = rated(REPORT, dict.fromkeys(ITEMS, "优"))
    for item in ITEMS:
        answers = rated(answers, {item: "中"})
        now = Decimal(answers["total_score"])
        assert 0 <= now == before - 2
        before = now


def test_a_veto_item_and_a_veto_dimension_decide_whatever_the_total() -> None:
    best = rated(REPORT, dict.fromkeys(ITEMS, "优"))
    item = rated(best, {"f1": "差"})
    assert (item["total_score"], item["suggested_conclusion"]) == ("95.00", "不予支持")
    assert "否决事项" in item["score_note"]
    dimension = rated(best, {"n1": "差", "n3": "中", "n4": "差"})
    result = evaluate(scheme(), dimension)
    assert result.vetoes == ("立项必要性得 8 分，不到 12 分",)
    assert dimension["suggested_conclusion"] == "不予支持"
    at_the_bound = rated(best, dict.fromkeys(("n1", "n2", "n3", "n4"), "中"))
    assert evaluate(scheme(), at_the_bound).vetoes == ()


def test_an_unrated_item_leaves_total_and_conclusion_open() -> None:
    answers = rated(REPORT, {"p2": None})
    assert answers["total_score"] is None
    assert answers["suggested_conclusion"] is None
    assert "还有 1 项没有评级，已评的合计 85 分" in answers["score_note"]


def test_the_explanation_holds_the_sum_and_what_is_missing_to_the_next_band() -> None:
    words = explanation(scheme(), evaluate(scheme(), REPORT))
    assert "18 + 18 + 18 + 18 + 18 = 90 分" in words
    middling = rated(REPORT, dict.fromkeys(ITEMS, "中"))
    assert "再高 20 分才到“予以支持”（80 分及以上）" in middling["score_note"]


def test_a_policy_has_dimensions_of_its_own() -> None:
    assert {row["dimension"] for row in POLICY["ratings"]} == {
        *("政策设立必要性", "政策保障充分性", "政策目标合理性", "政策实施可持续性", "政策资金合规性")
    }
    words = _words(FORM.build_sheet(FORM, context(), POLICY))
    assert "（一）政策设立必要性" in words
    assert "立项必要性" not in words
    assert "（一）立项必要性" in _words(FORM.build_sheet(FORM, context(), REPORT))


def _words(sheet: Sheet) -> str:
    return "".join(str(cell.value) for cell in sheet.cells)


def test_deriving_twice_changes_nothing_and_typing_keeps_the_other_rows() -> None:
    given = context()
    assert FORM.derive(given, REPORT) is REPORT
    rows = REPORT["ratings"]
    typed = {**REPORT, "ratings": [{**rows[0], "rating": "差"}, *rows[1:]]}
    after = FORM.derive(given, typed)["ratings"]
    assert after[0]["score"] == "0.00"
    assert all(one is two for one, two in zip(after[1:], rows[1:], strict=True))
    assert FORM.derive(given, {**REPORT, "overview": "新"})["ratings"] is rows


def test_strange_rows_go_and_missing_ones_come_back() -> None:
    rows = [{"row_id": "x", "rating": "优"}, REPORT["ratings"][3]]
    after = derived(context(), {**REPORT, "ratings": rows})["ratings"]
    assert [row["row_id"] for row in after] == ITEMS
    assert after[3] is REPORT["ratings"][3]


def test_what_was_cut_follows_from_the_two_amounts() -> None:
    assert (REPORT["reduced_fen"], REPORT["reduction_rate"]) == (8_400_000, "0.0654")
    assert reduction(0, 0) == (0, None)
    assert reduction(None, 5) is None
    assert reduction("若干", 5) is None
    assert reduction(5, 8) == (-3, "-0.6000")
    empty = derived(context(), {**REPORT, "approved_fen": None})
    assert (empty["reduced_fen"], empty["reduction_rate"]) == (None, None)


def test_a_new_report_begins_with_project_declaration_and_kit() -> None:
    answers = blank_answers(FORM, context(last_year_budget_fen=96_000_000))
    assert answers["project_name"] == "农村公路养护"
    assert answers["submitted_fen"] == 128_400_000
    assert answers["last_year_fen"] == 96_000_000
    assert answers["project_attribute"] == "new"
    assert (answers["period_from"], answers["period_to"]) == ("2027", "2029")
    assert answers["target_text"].startswith("目标1：完成 12 公里")
    assert "养护里程≥12公里" in answers["target_text"]
    assert len(answers["ratings"]) == 20
    assert answers["attachments"][0]["material"] == "绩效目标申报表"
    alone = blank_answers(FORM, context(related={}))
    assert "target_text" not in alone


def test_a_kit_without_a_scheme_gives_an_empty_form_and_says_what_is_missing() -> None:
    given = context(replace(cases.KIT_101, ex_ante_scheme=None))
    answers = blank_answers(FORM, given)
    assert answers["ratings"] == []
    report = cases.report(given, answers)
    assert any("评分方案" in missing for _, missing in report.not_run)
    assert FORM.build_sheet(FORM, given, answers).row_count > 20


def test_a_place_names_the_report_and_its_dimensions() -> None:
    given = context(xigong_kit())
    assert given.title(FORM) == "财政支出事前论证报告"
    assert context().title(FORM) == FORM.title
    answers = blank_answers(FORM, given)
    assert [row["dimension"] for row in answers["ratings"][::4]] == [
        *("项目立项实施必要性", "投入经济性", "实施方案可行性", "绩效目标合理性", "财政支持方式科学性")
    ]
    sheet = FORM.build_sheet(FORM, given, answers)
    assert sheet.title == "财政支出事前论证报告"
    label = FORM.field("dimension_text_5").label_in(given)
    assert label == "（五）财政支持方式科学性／政策资金合规性"


def test_another_object_and_back_again_loses_no_rating() -> None:
    given = context()
    project = derived(given, REPORT)
    policy = derived(given, {**project, "object_kind": "policy"})
    assert {row.get("rating") for row in policy["ratings"]} == {None}
    policy = derived(given, {**policy, "ratings": [{**row, "rating": "良"} for row in policy["ratings"]]})
    assert derived(given, {**policy, "object_kind": "project"})["ratings"] == project["ratings"]
    assert derived(given, {**project, "object_kind": "policy"})["ratings"] == policy["ratings"]
