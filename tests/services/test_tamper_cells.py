"""What of a page's texts is held against what came: everything but the code that follows from the data."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from services.tamper_cells import Change, text_changes

DRAWING: Any = SimpleNamespace(named_text=lambda _text: "")


@pytest.mark.parametrize("head", ["核对码：", "：", ""])
def test_the_code_at_the_foot_is_no_change(head: str) -> None:
    drawn, came = (["152.88", f"{head}{code}"] for code in ("RK6N ZYMQ FX3Y 2LTS", "4TWT EQXL ACAX NNXP"))
    assert text_changes(DRAWING, drawn, came) == []


def test_a_word_in_capitals_is_one() -> None:
    assert text_changes(DRAWING, ["GB", "RK6N ZYMQ"], ["GB", "RK6N FX3Y"]) == [
        Change("有一处文字", "RK6N ZYMQ", "RK6N FX3Y")
    ]
