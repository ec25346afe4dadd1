"""The reader under test, with the shipped dictionary and the words of the built-in kit."""

from __future__ import annotations

import json

import resources
from forms.checks.settings import SharedWords
from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.reading import TableFinder
from forms.hand_filled.stated import StatedIndicator, StatedTable
from models.domain.kit_json import record_from_json
from resources.builtin_kits import base_check_settings
from tests.forms.hand_filled.paper import Paper, Value

WORDS = HeadWords.from_json(
    json.loads(resources.path("hand_filled", "heads.json").read_text(encoding="utf-8"))
)
SHARED = record_from_json(SharedWords, dict(base_check_settings()["shared"]), "公用词表")
FINDER = TableFinder(WORDS, SHARED)
TITLE = ("项目支出绩效自评表（2022年度）",)
HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


def read(paper: Paper) -> tuple[StatedTable, ...]:
    """The tables of a sheet."""
    return FINDER.read_file("表.xlsx", [paper.grid()])


def read_one(paper: Paper) -> StatedTable:
    """The only table of a sheet."""
    (table,) = read(paper)
    return table


def read_lines(
    *lines: tuple[Value, ...], merges: tuple[tuple[int, int, int, int], ...] = ()
) -> tuple[StatedTable, ...]:
    """The tables of lines laid out from the top."""
    paper = Paper().table(*lines)
    paper.merges += merges
    return read(paper)


def brief(row: StatedIndicator) -> tuple[object, ...]:
    """What a row asks for."""
    return (
        row.first_level,
        row.second_level,
        row.third_level,
        row.comparator,
        row.planned_value,
        row.measure_unit,
    )


def sources(table: StatedTable) -> list[tuple[str, int | None]]:
    """The year's money by source."""
    return [(fund.source, fund.annual_budget_fen) for fund in table.funds]


def read_one_of(*lines: tuple[Value, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> StatedTable:
    """The only table of lines laid out from the top."""
    (table,) = read_lines(*lines, merges=merges)
    return table


def messages(table: StatedTable) -> list[tuple[str, str]]:
    """Place and message of what could not be read."""
    return [(item.where, item.message) for item in table.unread]
