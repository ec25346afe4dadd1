"""Settings of the checks: read once per kit, whichever filing asks, and never mixed up between kits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms.checks import settings
from forms.checks.settings import CheckSettings, TargetTextSetting, VagueWordSetting
from models.domain.kit import ParameterKit
from tests.forms.cases import KIT_101


def other_kit(**changes: Any) -> ParameterKit:
    """The same kit with another record of C6."""
    record = {**KIT_101.check_settings["C6"], **changes}
    return replace(KIT_101, check_settings={**KIT_101.check_settings, "C6": record})


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Codes of the records read out of kits during the test; nothing is remembered of kits it makes."""
    read: list[str] = []
    reader = settings.record_from_json

    def counting(cls: Any, data: Any, place: str) -> Any:
        read.append(cls.KEY)
        return reader(cls, data, place)

    monkeypatch.setattr(settings, "record_from_json", counting)
    return read


def test_a_kit_is_read_once_for_all_filings(readings: list[str]) -> None:
    kit = other_kit(minimum_length=11)
    for _filing in range(3):
        assert CheckSettings(kit).get(TargetTextSetting).minimum_length == 11
    assert readings == ["C6"]
    register_changed = replace(kit, version=kit.version + 1)
    assert CheckSettings(register_changed).get(TargetTextSetting).minimum_length == 11
    assert readings == ["C6"]


def test_two_kits_side_by_side_keep_their_own_records(readings: list[str]) -> None:
    strict, mild = other_kit(minimum_length=40), other_kit(minimum_length=2)
    for _turn in range(2):
        assert CheckSettings(strict).get(TargetTextSetting).minimum_length == 40
        assert CheckSettings(mild).get(TargetTextSetting).minimum_length == 2
    assert readings == ["C6", "C6"]
    assert CheckSettings(strict).get(VagueWordSetting) == CheckSettings(mild).get(VagueWordSetting)


def test_more_kits_than_are_remembered_stay_right() -> None:
    kits = [other_kit(minimum_length=number) for number in range(1, 2 * settings.KITS_REMEMBERED)]
    for _turn in range(2):
        found = [CheckSettings(kit).get(TargetTextSetting).minimum_length for kit in kits]
        assert found == list(range(1, 2 * settings.KITS_REMEMBERED))


def test_a_record_that_cannot_be_read_stays_unread_in_its_own_kit_only() -> None:
    broken = other_kit(minimum_length="many")
    for _filing in range(2):
        assert CheckSettings(broken).find(TargetTextSetting) is None
        assert CheckSettings(KIT_101).find(TargetTextSetting) is not None
