"""The practice county (示例县, 990000): fictitious units, registers and filings for 先看演示, demo and tests.

Twelve units of which three are towns, sixty projects over three budget years, the kit of a bureau
that does not exist. Everything lies in `practice/*.json`; answers are spelled out anew on every
call, so a caller may change what it gets. Nothing here knows clock or chance: two runs give the
same data (docs/practice.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import resources
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json, kit_to_json
from models.domain.project import RegisterEntry, Unit
from resources.builtin_kits import builtin_kits
from resources.practice_answers import Expansion, fen, foot_answers, fund_answers, task_rows
from resources.practice_later import practice_approval as practice_approval  # noqa: PLC0414 (one door)
from resources.practice_later import practice_later_entries as practice_later_entries  # noqa: PLC0414
from resources.practice_later import practice_main_unit as practice_main_unit  # noqa: PLC0414

_BASE_KIT = "general_101"
_FORM = "performance_target"
_OVERALL_FORM = "overall_expenditure_target"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TeachingCase:
    """A filing left with one finding on purpose (教学用例): which check speaks, how gravely, and why.

    `severity` is the value of a finding's severity: "blocking" 必改 or "explain" 需说明.
    """

    project_code: str
    budget_year: int
    check_code: str
    severity: str
    lesson: str


def practice_units() -> tuple[Unit, ...]:
    """The twelve units of the unit register, by code."""
    known = {item.name for item in fields(Unit)}
    return tuple(
        Unit(**{key: value for key, value in line.items() if key in known}) for line in _unit_lines()
    )


def practice_person(unit_code: str) -> str:
    """Name of the person who fills in and signs for a unit (填报人). Raises KeyError for an unknown unit."""
    return _unit(unit_code).contact_name


def practice_register(budget_year: int) -> tuple[RegisterEntry, ...]:
    """The project register of 2025, 2026 or 2027, by unit and code; empty for other years."""
    settings = _document("register")
    due = tuple(settings["forms_due"].get(str(budget_year), ()))
    entries = [
        RegisterEntry(
            project_code=project["code"],
            project_name=_head(project, "name"),
            unit_code=project["unit"],
            budget_year=budget_year,
            category=_head(project, "category"),
            bureau_office=_head(project, "office"),
            budget_fen=fen(project["amounts"][str(budget_year)]),
            fund_type=project.get("fund", settings["fund_type"]),
            forms_due=() if "exempt_reason" in project else due,
            exempt_reason=project.get("exempt_reason", ""),
        )
        for project in _projects()
        if str(budget_year) in project["amounts"]
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.unit_code, entry.project_code)))


@cache
def practice_kit() -> ParameterKit:
    """The county's kit of working year 2026 (任务参数包) with units and all registers, without certificates."""
    own = _document("kit")
    years = _document("register")["budget_years"]
    return replace(
        kit_from_json({**kit_to_json(_base_kit()), **own, "is_builtin": False}),
        units=practice_units(),
        register=tuple(entry for year in years for entry in practice_register(year)),
    )


def practice_target_answers(project_code: str, budget_year: int) -> dict[str, Any] | None:
    """Answers of 项目支出绩效目标申报表; None where the project files none that year, or none is kept."""
    project = next((item for item in _projects() if item["code"] == project_code), None)
    years = project.get("answers", {}) if project else {}
    if project is None or str(budget_year) not in years:
        return None
    year, latest = years[str(budget_year)], years[max(years)]
    unit = _unit(project["unit"])
    start, end = project["period"]
    answers = {
        "project_name": _head(project, "name"),
        "project_code": project_code,
        "project_category": _head(project, "category"),
        "project_attribute": "new" if budget_year == start else "continuing",
        "supervising_department": unit.department_name,
        "supervising_department_code": unit.department_code,
        "implementing_unit": unit.name,
        "period_from": str(start),
        "period_to": str(end),
        **fund_answers(project, budget_year),
        "annual_target": year["annual"],
        **foot_answers(unit, _signers(unit.code), budget_year),
    }
    if start < end:
        answers["medium_term_target"] = year.get("medium", latest["medium"])
    answers["indicators"] = _expansion(_FORM, budget_year).rows(project, year, latest)
    return answers


def practice_overall_answers(unit_code: str, budget_year: int) -> dict[str, Any] | None:
    """Answers of 部门（单位）整体支出绩效目标申报表; None where the unit files none that year, or none is kept."""
    year = _document("overall").get(unit_code, {}).get(str(budget_year))
    if year is None:
        return None
    unit = _unit(unit_code)
    members = {item.code for item in practice_units() if item.department_code == unit.department_code}
    projects = {_head(project, "name"): project for project in _projects() if project["unit"] in members}
    return {
        "unit_name": unit.name,
        "annual_tasks": task_rows(year["tasks"], projects, budget_year),
        "annual_target": year["annual"],
        **foot_answers(unit, _signers(unit_code), budget_year),
        "indicators": _expansion(_OVERALL_FORM, budget_year).spelled(year["rows"], {}, {}),
    }


def practice_teaching_cases() -> tuple[TeachingCase, ...]:
    """The filings left with a finding on purpose; every other practice filing is free of 必改 and 需说明."""
    return tuple(TeachingCase(**case) for case in _document("register")["teaching_cases"])


def _projects() -> Iterator[Json]:
    """Every project as the files keep it, with its unit."""
    for name in _document("register")["files"]:
        group = _document(name)
        for project in group["projects"]:
            yield {"unit": group["unit"], **project}


def _head(project: Json, key: str) -> str:
    """Name, category or office of a project: its own, else that of its kind."""
    kind = _document("archetypes")[project["kind"]] if "kind" in project else {}
    text = project.get(key) or kind[key]
    assert isinstance(text, str)
    return text


def _unit_lines() -> list[dict[str, Any]]:
    """The units as the file keeps them."""
    lines: list[dict[str, Any]] = _document("units")["units"]
    return lines


def _unit(code: str) -> Unit:
    """The unit of a code; KeyError when there is none."""
    return {unit.code: unit for unit in practice_units()}[code]


def _signers(code: str) -> Json:
    """Who reviews and heads a unit, and the day it fills in its forms."""
    return next(line for line in _unit_lines() if line["code"] == code)


def _expansion(form_id: str, budget_year: int) -> Expansion:
    """Frame of a form in the county's kit, and the row templates."""
    kit = _base_kit()
    setting = kit.form_setting(form_id, budget_year)
    assert setting is not None
    return Expansion(kit.frame(setting.frame_id), _document("archetypes"))


@cache
def _base_kit() -> ParameterKit:
    """The built-in kit the county's own builds on (参照101号)."""
    year = _document("kit")["working_year"]
    return next(kit for kit in builtin_kits(year) if kit.kit_id == _BASE_KIT)


@cache
def _document(name: str) -> Any:
    """A JSON file of the practice folder, read once."""
    return json.loads(resources.path("practice", f"{name}.json").read_text(encoding="utf-8"))
