"""The head of a kit: the same as the whole kit tells, only one unit's lines, and as strict where it reads."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from models.domain.errors import KitProblem
from models.domain.kit_head import kit_head_from_json
from models.domain.kit_json import kit_to_json
from models.domain.project import RegisterEntry
from tests.forms.cases import KIT_101
from tests.source import ROOT

LINES = (
    RegisterEntry("A1", "道路养护", "901001", 2027, budget_fen=100, forms_due=("performance_target",)),
    RegisterEntry("B1", "校舍维修", "902001", 2027, exempt_reason="涉密"),
)
KIT = replace(KIT_101, register=LINES)


def test_a_head_tells_what_the_kit_tells() -> None:
    head = kit_head_from_json(kit_to_json(KIT), "901001")
    assert (head.name, head.version, head.working_year) == (KIT.name, KIT.version, KIT.working_year)
    assert head.tasks == KIT.tasks
    assert head.register == LINES[:1]
    assert kit_head_from_json(kit_to_json(KIT), "903001").register == ()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"version": "1"}, "version"),
        ({"tasks": None}, "tasks"),
        ({"tasks": [{"task_id": 1}]}, "tasks"),
        ({"register": 3}, "register"),
        ({"register": ["x"]}, "register"),
        ({"register": [{"unit_code": "901001"}]}, "register"),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, Any], place: str) -> None:
    with pytest.raises(KitProblem, match=place):
        kit_head_from_json(kit_to_json(KIT) | change, "901001")


def test_a_head_is_read_without_the_rest_of_the_kit() -> None:
    program = (
        "import sys\n"
        "from models.domain.kit_head import kit_head_from_json\n"
        "kit_head_from_json({'name': 'n', 'version': 1, 'working_year': 2026, 'tasks': []}, '901001')\n"
        "print([n for n in ('models.domain.kit', 'models.domain.score_rules') if n in sys.modules])\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
