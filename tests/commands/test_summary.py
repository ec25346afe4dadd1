"""`summary`: one workbook of a budget year's figures, and what it refuses with one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.services.county import County


def _words(county: County, **changed: Any) -> list[str]:
    given = {"workspace": county.bureau.folder, "year": 2027, "to": county.folder / "汇总.xlsx"} | changed
    return ["summary", *(word for key, value in given.items() for word in (f"--{key}", str(value)))]


def test_names_the_workbook_it_wrote(county: County, run: Run) -> None:
    said = run(*_words(county))
    target = county.folder / "汇总.xlsx"
    assert (said.status, said.out) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"figures|11|")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"workspace": "gone"}, "工作区文件夹不存在"),
        ({"year": 1999}, "没有1999年预算的表"),
        ({"year": "abc"}, "--year 要写四位数的年度"),
        ({"to": "汇总.pdf"}, "要存成 .xlsx"),
    ],
)
def test_what_cannot_be_done(county: County, run: Run, changed: dict[str, Any], sentence: str) -> None:
    assert sentence in run(*_words(county, **changed)).sentence
    assert not (county.folder / "汇总.xlsx").exists()
