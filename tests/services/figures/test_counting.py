"""Counting: rates are total ÷ total, groups add up to the whole, every figure leads to the filings behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.figures.counting import Figures, figures_of, grouped, met_before, rate, total
from services.figures.distribution import distribution, likeness
from services.figures.measures import (
    AMOUNT,
    COVERAGE,
    COVERING,
    CUT_RATE,
    EXECUTION,
    MISSING,
    Kind,
    filing_ids,
    measures_of,
    shown,
)
from services.figures.records import UNNAMED, Dimension
from tests.services.figures.sample import BANDS, EVALUATION, TARGET, TOWN, basis, line


def test_rates_are_total_over_total() -> None:
    targets = total(basis(), TARGET).figures
    assert (targets.submitted_fen, targets.approved_fen, targets.cut_fen) == (100_033, 95_000, 5_033)
    assert targets.cut_rate == Decimal("0.050313")  # the mean of the three rates would be one half
    assert targets.reviewed == 3
    evaluations = total(basis(), EVALUATION).figures
    assert evaluations.execution_rate == Decimal("0.5")
    assert evaluations.average == Decimal("93.33")
    assert dict(evaluations.grades) == {"优": 2, "良": 1}


def test_nothing_counted_says_nothing() -> None:
    nothing = figures_of(())
    assert (nothing.cut_rate, nothing.execution_rate, nothing.average, nothing.coverage) == (None,) * 4
    assert rate(1, 0) is None
    assert shown(CUT_RATE.value(Figures()), Kind.RATE) == "—"
    unasked = [shown(measure.value(Figures()), measure.kind) for measure in COVERING]
    assert unasked == ["—"] * len(COVERING)  # a year without a kit here asked for nothing; 0 would be a claim
    assert MISSING.value(Figures(exempt=1)) == 0


@pytest.mark.parametrize("dimension", list(Dimension))
@pytest.mark.parametrize("form_id", ["", TARGET, EVALUATION])
def test_groups_add_up_to_the_whole(dimension: Dimension, form_id: str) -> None:
    whole, groups = total(basis(), form_id), grouped(basis(), dimension, form_id)
    for name in ("count", "amount_fen", "cut_fen", "budget_fen", "spending_fen", "due", "missing", "exempt"):
        assert sum(getattr(g.figures, name) for g in groups) == getattr(whole.figures, name), name
    found = [one.filing_id for group in groups for one in group.lines]
    assert sorted(found) == sorted(one.filing_id for one in whole.lines)


def test_groups_are_named_and_the_nameless_come_last() -> None:
    departments = grouped(basis(), Dimension.DEPARTMENT, TARGET)
    assert [(g.name, g.figures.count) for g in departments] == [
        ("示例县教育体育局", 2),
        ("示例县柳林镇人民政府", 2),
    ]
    assert [group.name for group in grouped(basis(), Dimension.CATEGORY)] == ["民生", UNNAMED]
    assert [group.name for group in grouped(basis(), Dimension.FORM)] == ["绩效目标", "绩效自评"]


def test_every_figure_leads_to_what_it_was_counted_from() -> None:
    for form_id in (TARGET, EVALUATION):
        for measure in measures_of(basis(), form_id):
            for group in (total(basis(), form_id), *grouped(basis(), Dimension.UNIT, form_id)):
                behind, value = measure.behind(group), measure.value(group.figures)
                if measure.kind is Kind.COUNT:
                    assert len(behind) == value, measure.key
                elif value is None:
                    assert not behind or measure in (COVERAGE, EXECUTION), measure.key
    whole = total(basis(), TARGET)
    assert filing_ids(AMOUNT.behind(whole)) == ("F1", "F2", "F3", "F4")
    assert [item.name for item in MISSING.behind(whole)] == ["项目8"]
    assert filing_ids(MISSING.behind(whole)) == ()


def test_money_of_different_forms_is_never_added_up() -> None:
    assert AMOUNT in measures_of(basis(), TARGET)
    assert not {m.kind for m in measures_of(basis())} & {Kind.MONEY, Kind.SCORE}


def test_a_group_that_is_gone_stands_beside_its_former_figures() -> None:
    now = replace(basis(), lines=(line(1, TOWN, amount_fen=5),), due=())
    met = met_before(grouped(now, Dimension.UNIT), grouped(basis(), Dimension.UNIT))
    assert [(group.name, group.figures.count) for group, _ in met] == [
        ("示例县柳林镇人民政府", 1),
        ("示例县教育体育局本级", 0),
        ("示例县第一实验小学", 0),
    ]
    assert [then.figures.count if then else None for _, then in met] == [3, 2, 2]


def test_points_fall_into_the_kits_grades() -> None:
    scored = [one for one in basis().lines if one.score is not None]
    found = distribution(scored, BANDS, Decimal(100))
    assert [(band.name, len(band.lines)) for band in found] == [("优", 2), ("良", 1), ("中", 0), ("差", 0)]
    assert [band.range_words for band in found] == [
        "90—100 分",
        "80 分以上、不足 90 分",
        "60 分以上、不足 80 分",
        "不足 60 分",
    ]
    assert distribution(scored, (), Decimal(100)) == ()


def test_points_that_are_all_the_same_are_noticed() -> None:
    same = [line(number, TOWN, EVALUATION, score=Decimal(98)) for number in range(3)]
    assert likeness(same[:2], Decimal(100), 3).same_units == 0
    found = likeness([*same, *basis().lines], Decimal(100), 3)
    assert len(found.full_marks) == 1
    assert found.same_units == 0  # the town has other points as well
    assert likeness(same, Decimal(100), 3).same_units == 1
    assert likeness(same, Decimal(100), 4).same_units == 0
