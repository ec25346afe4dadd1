"""Answers of the practice county (示例县填报内容): compact lines of `practice/*.json` made whole.

A form of a project is kept as its texts and one line per indicator, so that sixty projects stay
readable; this module spells them out as a filing keeps them: amounts in 分, weights as text, rows
with ids. The line of an indicator is `二级代码|三级指标|符号值单位|分值`, or, for the kinds of project
every town has, `行名|值|分值` with the rest from `archetypes.json` (docs/practice.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.domain.indicator import Comparator, Direction
from models.domain.kit import IndicatorFrame
from models.domain.money import AmountUnit, parse_amount
from models.domain.project import Unit

_NUMERIC = re.compile(r"([≥≤=><])(-?\d+(?:\.\d+)?)(.*)")
_WORDS = {"定性": Comparator.QUALITATIVE, "其他": Comparator.OTHER}

Json = Mapping[str, Any]


def fen(text: str) -> int:
    """The amount in 分 of a text in 万元, the unit of the practice files. Raises AmountError."""
    return parse_amount(text, AmountUnit.WAN_YUAN)


@dataclass(frozen=True, slots=True)
class Expansion:
    """What lines are spelled out with (展开依据): the frame's levels and the row templates by kind."""

    frame: IndicatorFrame
    archetypes: Mapping[str, Json]

    def rows(self, project: Json, year: Json, base: Json) -> list[dict[str, Any]]:
        """Indicator rows of a year: its own lines, else those of `base` with the year's values put in."""
        templates = self.archetypes[project["kind"]]["rows"] if "kind" in project else {}
        values = year.get("values", {})
        return self.spelled(year.get("rows", base["rows"]), templates, values)

    def spelled(self, lines: Sequence[str], templates: Json, values: Json) -> list[dict[str, Any]]:
        """Rows r1, r2, … of the lines; `values` by row name or third-level name replace a line's own."""
        firsts = {second.code: first.code for first in self.frame.firsts for second in first.seconds}
        rows = []
        for number, line in enumerate(lines, start=1):
            parts = line.split("|")
            if parts[0] in templates:
                name, value, weight = parts
                second, third, pattern = templates[name].split("|")
                figure = pattern.format(value)
            else:
                second, third, figure, weight = parts
                name = third
            comparator, planned, unit = _figure(figure)
            rows.append(
                {
                    "row_id": f"r{number}",
                    "first_level": firsts[second],
                    "second_level": second,
                    "third_level": third,
                    "comparator": comparator.value,
                    "planned_value": values.get(name, planned),
                    "measure_unit": unit,
                    "weight": weight,
                    "direction": _direction(comparator).value,
                }
            )
        return rows


def _figure(text: str) -> tuple[Comparator, str, str]:
    """Sign, value and unit of ≥95%, or of 其他 2027年9月底前. Raises ValueError when it is neither."""
    found = _NUMERIC.fullmatch(text)
    if found:
        return Comparator(found[1]), found[2], found[3]
    word, _, value = text.partition(" ")
    if word not in _WORDS or not value:
        raise ValueError(text)
    return _WORDS[word], value, ""


def _direction(comparator: Comparator) -> Direction:
    """Upper limits are reverse indicators, everything else in the practice data is positive."""
    upper = comparator in (Comparator.AT_MOST, Comparator.LESS)
    return Direction.NEGATIVE if upper else Direction.POSITIVE


def foot_answers(unit: Unit, signers: Json, budget_year: int) -> dict[str, Any]:
    """The foot line's answers: filled in during the working year, the one before the budget year."""
    return {
        "preparer_name": unit.contact_name,
        "reviewer_name": signers["reviewer_name"],
        "unit_head_name": signers["unit_head_name"],
        "contact_phone": unit.contact_phone,
        "filled_on": f"{budget_year - 1}-{signers['filled_on']}",
    }


def fund_answers(project: Json, budget_year: int) -> dict[str, Any]:
    """Annual funds, and medium-term ones where the project period is longer than a year; 分."""
    others = {int(year): fen(text) for year, text in project.get("other_funds", {}).items()}
    total, other = fen(project["amounts"][str(budget_year)]), others.get(budget_year, 0)
    answers = {
        "annual_total_fen": total,
        "annual_fiscal_fen": total - other,
        "annual_other_fen": other,
    }
    start, end = project["period"]
    if start < end:
        planned = {**project["amounts"], **project.get("other_years", {})}
        total, other = sum(map(fen, planned.values())), sum(others.values())
        answers["medium_total_fen"] = total
        answers["medium_fiscal_fen"] = total - other
        answers["medium_other_fen"] = other
    return answers


def task_rows(tasks: Sequence[Json], projects: Mapping[str, Json], budget_year: int) -> list[dict[str, Any]]:
    """年度主要任务 rows: each task's amount is the sum of its projects' budgets and its own `total`, in 分."""
    rows = []
    for number, task in enumerate(tasks, start=1):
        named = [projects[name] for name in task.get("projects", ())]
        total = fen(task.get("total", "0")) + sum(fen(p["amounts"][str(budget_year)]) for p in named)
        other = fen(task.get("other", "0"))
        other += sum(fen(p.get("other_funds", {}).get(str(budget_year), "0")) for p in named)
        rows.append(
            {
                "row_id": f"r{number}",
                "task_name": task["name"],
                "content": task["content"],
                "total_fen": total,
                "fiscal_fen": total - other,
                "other_fen": other,
            }
        )
    return rows
