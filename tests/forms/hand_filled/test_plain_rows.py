"""The cheap look at rows beside the checks themselves: it may only pass over what they have nothing to say about."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from forms.checks.self_evaluation_reasons import reason_findings
from forms.checks.self_evaluation_rows import row_findings
from forms.hand_filled.audit_scores import recomputed
from forms.hand_filled.audit_self_evaluation import blank_cells
from forms.hand_filled.plain_rows import PlainRows
from forms.hand_filled.stated import StatedIndicator
from tests.forms.hand_filled.clean_table import BASES, CLEAN
from tests.forms.hand_filled.published import number, row

_NAMES = ("养护里程", "村组干部230人", "受益人数", "群众满意度", "投诉次数", "每公里成本")
_SIGNS, _UNITS = ("≥", "≥", "≥", "≤", "=", "", "约"), ("公里", "%", "个", "人", "万元", "")
_REASONS = ("", "", "无", "-", "受汛期影响，工期推迟，下一步加快施工", "指标值设定偏低，今后从严设定")


def _some_row(chance: random.Random) -> StatedIndicator:
    """A row as offices fill it in, right or wrong."""
    planned = chance.randint(1, 300)
    done = chance.choice([planned, planned, planned + 1, planned * 9 // 10, planned * 2, planned * 20_000, 0])
    unit, full = chance.choice(_UNITS), chance.choice(["10", "7.5"])
    by_rule = min(Decimal(full), (Decimal(full) * done / planned).quantize(Decimal("0.01")))
    made = row(
        chance.choice(["产出/数量指标", "满意度/服务对象满意度指标"]),
        chance.choice(_NAMES),
        f"{chance.choice(_SIGNS)}{planned}{unit}",
        chance.choice([f"{done}{unit}"] * 5 + [f"{done}", f"≥{done}{unit}", f"{done}米", "已完成", ""]),
        full,
        chance.choice([str(by_rule)] * 5 + [full, "11", ""]),
        chance.choice(_REASONS),
    )
    return replace(made, stated_score=number("—")) if chance.random() < 0.05 else made


def test_nothing_is_passed_over_that_a_check_speaks_of() -> None:
    chance = random.Random(11)
    table = replace(CLEAN, indicators=tuple(_some_row(chance) for _ in range(500)))
    scores = recomputed(table, BASES.of(table))
    settings = scores.basis.settings
    plain_rows, passed_over = PlainRows(settings), 0
    for line in scores.lines:
        if plain_rows.knows(line):
            passed_over += 1
            told = [
                *blank_cells(line, table), *row_findings(line, settings), *reason_findings(line, settings),
            ]  # fmt: skip
            assert told == [], (line.row, told)
    assert passed_over > 50
