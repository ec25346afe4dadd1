"""Kinds of evidence a bureau allows: read and written as a list, programs never, and units are held to them."""

from __future__ import annotations

import pytest

from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.settings import CheckSettings, setting_faults
from models.domain.errors import InputError
from resources.builtin_kits import builtin_kits
from services import evidence_files
from services.check_thresholds import thresholds_of, with_threshold
from services.evidence_kinds import evidence_kinds, with_evidence_kinds
from services.workspaces import Workspace

KIT = builtin_kits(2026)[0]


def test_a_list_in_any_spelling() -> None:
    kit = with_evidence_kinds(KIT, " PDF、.jpg，*.png ｏｆｄ;pdf ")
    assert evidence_kinds(kit) == ("pdf", "jpg", "png", "ofd")
    assert setting_faults(kit) == []
    assert evidence_kinds(KIT) != evidence_kinds(kit)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "没有填文件种类"), ("、，", "没有填文件种类"), ("图片", "不是文件种类"), ("pdf、exe", "是程序")],
)
def test_what_is_no_list_is_refused(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        with_evidence_kinds(KIT, text)


def test_sizes_are_figures_of_the_kit_within_what_a_package_may_be() -> None:
    sizes = {t.field: t for t in thresholds_of(KIT) if t.code == EvidenceSetting.KEY}
    assert {"file_megabytes", "package_megabytes", "advised_megabytes", "photo_side"} <= set(sizes)
    kit = with_threshold(KIT, sizes["file_megabytes"], "30")
    assert CheckSettings(kit).get(EvidenceSetting).file_megabytes == 30
    for text in ("0", "9999"):
        with pytest.raises(InputError, match="之间的整数"):
            with_threshold(KIT, sizes["file_megabytes"], text)
    with pytest.raises(InputError, match="10 到 100"):
        with_threshold(KIT, sizes["photo_quality"], "101")


def test_units_are_held_to_them(town: Workspace) -> None:
    kit = with_evidence_kinds(town.current_kit().kit, "pdf")
    rules = evidence_files.rules_of(town, kit)
    evidence_files.refuse_kind("合同.pdf", rules)
    with pytest.raises(InputError):
        evidence_files.refuse_kind("照片.jpg", rules)
