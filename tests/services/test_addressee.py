"""Whom a package goes to: the department where there is one between, the bureau for a town that is its own."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from models.domain.kit import ParameterKit
from models.domain.project import Unit
from resources.builtin_kits import builtin_kits
from services.addressee import TOGETHER, handing_over
from services.workspaces import DeskRole

SCHOOL = Unit("205002", "第一小学", "205", "教育体育局")
TOWN = Unit("820001", "柳林镇人民政府", "820001", "柳林镇人民政府")
KIT, *_ = builtin_kits(2026)


def desk(unit: Unit, role: DeskRole = DeskRole.FILER, kit: ParameterKit = KIT) -> Any:
    return SimpleNamespace(
        profile=SimpleNamespace(unit=unit, role=role), current_kit=lambda: SimpleNamespace(kit=kit)
    )


@pytest.mark.parametrize(
    ("workspace", "words"),
    [
        (desk(SCHOOL), "交给主管部门（教育体育局）"),
        (desk(TOWN), "交给财政部门"),
        (desk(TOWN, DeskRole.DEPARTMENT), TOGETHER),
        (desk(SCHOOL, kit=replace(KIT, review=None)), "交给财政部门"),
    ],
)
def test_whom_a_package_goes_to(workspace: Any, words: str) -> None:
    assert handing_over(workspace) == words
