"""Figures of the check settings: read as people read them, written back as the kit spells them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.checks.settings import CheckSettings, FullValueSetting, TargetTextSetting, setting_faults
from models.domain.errors import InputError
from resources.builtin_kits import builtin_kits
from services.check_thresholds import Threshold, thresholds_of, with_threshold

KIT = builtin_kits(2026)[0]


def _threshold(code: str, field: str) -> Threshold:
    return next(t for t in thresholds_of(KIT) if (t.code, t.field) == (code, field))


def test_shares_are_read_as_percent():
    assert _threshold("C15", "share").text == "50"
    assert _threshold("C6", "minimum_length").text == "10"


def test_a_share_is_written_back_as_a_share():
    kit = with_threshold(KIT, _threshold("C15", "share"), "62.5%")
    assert CheckSettings(kit).get(FullValueSetting).share == Decimal("0.625")
    assert setting_faults(kit) == []


def test_a_whole_number_stays_one_and_the_first_kit_is_untouched():
    kit = with_threshold(KIT, _threshold("C6", "minimum_length"), "２０")
    assert CheckSettings(kit).get(TargetTextSetting).minimum_length == 20
    assert CheckSettings(KIT).get(TargetTextSetting).minimum_length == 10


@pytest.mark.parametrize(
    ("code", "field", "text", "why"),
    [
        ("C3", "tolerance", "很小", "不是数字"),
        ("C3", "tolerance", "-1", "不能用"),
        ("C3", "tolerance", "NaN", "不能用"),
        ("C15", "share", "120", "超过 100%"),
        ("C6", "minimum_length", "10.5", "不是整数"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_place(code, field, text, why):
    threshold = _threshold(code, field)
    with pytest.raises(InputError, match=why) as caught:
        with_threshold(KIT, threshold, text)
    assert caught.value.where == threshold.setting
