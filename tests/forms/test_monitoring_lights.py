"""Lights of monitoring: bands, rates, reverse indicators, money and its alarm line, and the sentence of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.monitoring_lights import Lights, lights_of
from forms.scoring.reading import IndicatorCells
from models.domain.monitoring_rule import Light, MonitoringRule
from tests.forms.cases import KIT_101
from tests.forms.monitoring_cases import WAN

RED, YELLOW, GREEN, BLUE = Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE


def lights(**changes: object) -> Lights:
    """The lights of the built-in kit, its rule changed."""
    assert KIT_101.monitoring is not None
    kit = replace(KIT_101, monitoring=replace(KIT_101.monitoring, **changes))
    found = lights_of(kit)
    assert found is not None
    return found


def cells(planned: str, actual: str, name: str = "养护里程", **more: str) -> IndicatorCells:
    return IndicatorCells("", name=name, planned=planned, actual=actual, **more)


@pytest.mark.parametrize(
    ("actual", "month", "light", "says"),
    [
        ("0", 6, RED, "不到 60%"),
        ("3.59", 6, RED, "59.83%"),
        ("3.6", 6, YELLOW, "在 60%（含）至 80%之间"),
        ("4.79", 6, YELLOW, "79.83%"),
        ("4.8", 6, GREEN, "在 80%（含）至 120%之间"),
        ("7.19", 6, GREEN, "119.83%"),
        ("7.2", 6, BLUE, "达到 120%"),
        ("12", 12, GREEN, "12 公里×12÷12"),
        ("1", 1, GREEN, "序时应完成 1 公里"),
    ],
)
def test_bands_are_inclusive_below(actual: str, month: int, light: Light, says: str) -> None:
    shown = lights().of_row(cells("≥12公里", actual), month)
    assert shown.light is light
    assert says in shown.note


@pytest.mark.parametrize(
    ("given", "light", "says"),
    [
        (cells("≥90%", "93", "群众满意度"), GREEN, "是年度指标值 90%的 103.33%"),
        (cells("≥90%", "50", "群众满意度"), RED, "目前 50%"),
        (cells("=100%", "100%", "资金发放率"), GREEN, "100%"),
        (cells("≤9.6万元", "9.6", "养护成本"), GREEN, "没有超过年度指标值 9.6 万元"),
        (cells("≤9.6万元", "9.7", "养护成本"), RED, "已经超过年度指标值 9.6 万元"),
        (cells("≤5次", "0", "投诉次数"), GREEN, "没有超过"),
        (cells("≥15年", "15", "使用年限"), GREEN, "是年度指标值 15 年的 100%"),
        (cells("12", "7公里", "养护里程", measure_unit="公里"), GREEN, "序时应完成 7 公里"),
        (cells("≥1.2万人", "7000人", "受益人口"), GREEN, "序时应完成"),
    ],
    ids=str,
)
def test_what_does_not_add_up_is_held_against_the_year(
    given: IndicatorCells, light: Light, says: str
) -> None:
    shown = lights().of_row(given, 7)
    assert shown.light is light, shown
    assert says in shown.note


def test_a_place_may_measure_rates_by_the_months() -> None:
    by_sequence = lights(rates_by_sequence=True)
    shown = by_sequence.of_row(cells("≥90%", "50", "群众满意度"), 6)
    assert shown.light is GREEN
    assert "90%×6÷12" in shown.note


@pytest.mark.parametrize(
    "given",
    [
        cells("健全", "基本健全", comparator="qualitative"),
        cells("≥12公里", "不详"),
        cells("≥0件", "3"),
        cells("", "3"),
        cells("80—90%", "85"),
    ],
    ids=str,
)
def test_what_cannot_be_measured_has_no_light(given: IndicatorCells) -> None:
    shown = lights().of_row(given, 7)
    assert (shown.light, shown.note, shown.kept) == (None, "", None)


@pytest.mark.parametrize(
    ("spent", "month", "light", "says"),
    [
        (20 * WAN, 4, RED, "低于 4 月底的警戒线 25%"),
        (25 * WAN, 4, YELLOW, "75%"),
        (40 * WAN, 7, YELLOW, "是时间进度 58.33%的 68.57%"),
        (59 * WAN, 9, RED, "低于 8 月底的警戒线 60%"),
        (75 * WAN, 9, GREEN, "100%"),
        (100 * WAN, 9, BLUE, "进度明显超前"),
        (10 * WAN, 3, RED, "不到 60%"),
    ],
)
def test_money_and_its_alarm_line(spent: int, month: int, light: Light, says: str) -> None:
    unit = KIT_101.form_settings[0].amount_unit
    shown = lights().of_money(100 * WAN, spent, month, unit)
    assert shown.light is light, shown
    assert says in shown.note


@pytest.mark.parametrize(("budget", "spent"), [(None, 1), (0, 0), (-1, 1), (WAN, None), (WAN, -1)])
def test_money_that_cannot_be_measured_has_no_light(budget: int | None, spent: int | None) -> None:
    unit = KIT_101.form_settings[0].amount_unit
    assert lights().of_money(budget, spent, 7, unit).light is None


def test_a_kit_without_the_rule_has_no_lights() -> None:
    assert lights_of(replace(KIT_101, monitoring=None)) is None
    assert lights(bands=()).of_row(cells("≥12公里", "7"), 7).light is None


def test_rows_seen_are_remembered() -> None:
    found = lights()
    first = found.of_row(cells("≥12公里", "7"), 7)
    assert found.of_row(cells("≥12公里", "7"), 7) is first
    assert found.of_row(cells("≥12公里", "7"), 8) is not first


@pytest.mark.parametrize(
    ("amount", "inclusive", "expected"),
    [(199, True, False), (200, True, True), (200, False, False), (201, False, True), (None, True, True)],
)
def test_key_projects_by_amount(amount: int | None, inclusive: bool, expected: bool) -> None:
    rule = MonitoringRule(key_amount_fen=200, key_amount_is_inclusive=inclusive)
    assert rule.is_key(amount) is expected
    assert MonitoringRule().is_key(0)


def test_bands_of_the_rule() -> None:
    rule = KIT_101.monitoring
    assert rule is not None
    below = rule.band(Decimal("-0.1"))
    assert below is not None
    assert below.light is RED
    assert MonitoringRule().band(Decimal(1)) is None
