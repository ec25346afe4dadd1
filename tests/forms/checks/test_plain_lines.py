"""The one look at plain indicator lines beside the checks of rows: it may only pass over what they are silent about."""

from __future__ import annotations

import random

from forms import registry
from forms.checks import plain_lines
from forms.checks.catalog import CHECKS, runner
from forms.checks.engine import RowInput
from forms.checks.line_reader import LineReader
from forms.checks.settings import CheckSettings, SharedWords
from tests.forms import cases
from tests.forms.cases import KIT_101, TARGET

_LEVELS = ("cost.economic_cost", "output.quantity", "output.quality", "output.timeliness")
_OTHERS = (
    "benefit.social_benefit",
    "satisfaction.client_satisfaction",
    "output.client_satisfaction",
    "成本指标.",
)
_NAMES = ("养护里程", "群众满意度", "投诉次数", "优良率", "效率", "降低成本", "事故起数（≥**起）", "")
_VALUES = (
    "≥12",
    "≥95",
    "≤4",
    "=100",
    "≥100.5",
    "=-3",
    "≥79",
    "≥≥50个",
    "≤50万元",
    "定性明显",
    "定性5",
    "其他12月底前",
    "≥",
)
_UNITS = ("公里", "%", "公里", "%", "‰", "百分比", "个", "个/年", "万元", "天", "率", "")


def test_nothing_is_passed_over_that_a_check_speaks_of() -> None:
    context, form, chance = cases.context(KIT_101), registry.form(TARGET), random.Random(4)
    settings, table = CheckSettings(KIT_101), form.table("indicators")
    reader = LineReader(context, table, table.visible_columns(context), settings.find(SharedWords))
    of_rows = [check.of_row for code in form.checks if (check := CHECKS[code]).of_row is not None]
    is_plain, passed_over = plain_lines.look(of_rows, settings), 0
    assert is_plain is not None
    spared = [check for check in of_rows if check not in plain_lines.others(of_rows)]
    for _ in range(2_000):
        levels, value = chance.choice(_LEVELS + _OTHERS), chance.choice(_VALUES)
        row = cases.line(
            1,
            levels,
            chance.choice(_NAMES),
            value,
            chance.choice(_UNITS),
            chance.choice(["9", "9", "9", "x"]),
        )
        line = reader.read(row, 1)
        if is_plain(line):
            passed_over += 1
            given = RowInput(form, context, line, settings, row)
            assert [found for check in spared for found in check(given)] == [], row
    assert passed_over > 60


def test_all_checks_but_that_of_the_library_are_spared() -> None:
    checks = [CHECKS[code] for code in registry.form(TARGET).checks]
    of_rows = [check.of_row for check in checks if check.of_row is not None]
    assert plain_lines.others(of_rows) == (CHECKS["C23"].of_row,)


def test_a_form_without_values_has_no_plain_lines() -> None:
    assert plain_lines.look([CHECKS["C10"].of_row, CHECKS["C55"].of_row], CheckSettings(KIT_101)) is None
    report = runner(registry.form("monitoring"), cases.context(KIT_101, "monitoring")).run_once({})
    assert report.findings
