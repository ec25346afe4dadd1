"""Built-in parameter kits (内置任务参数包): 通用示范（参照10号） and 通用示范（参照101号）, for any working year.

They let a unit begin before its bureau has issued a kit. The files under `kits/` are templates: a
kit's JSON with years as offsets from the working year and dates as month and day, so one file
serves every year (docs/kits.md). Thresholds and word lists of the checks stand once, in
`kits/check_settings.json`; a kit's own `check_settings` go before them, key by key. Score schemes stand
in `kits/score_schemes.json`, frames of units' overall self-evaluations in `kits/overall_frames.json`, levels and
canned opinions of review in `kits/review_rules.json`; a kit names them by id, or spells out its own. `kits/places`
holds what five real governments state in their own yearly reports, each over one of the two: `stated` and
`not_stated` say in words what comes from the report and what stays the 通用示范 (docs/kits.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import resources
from models.domain.ex_ante_scheme import ExAnteScheme
from models.domain.kit import ParameterKit, ScoreScheme
from models.domain.kit_json import kit_from_json, record_from_json, records_from_json

BUILTIN_KITS = ("general_10", "general_101")
"""Names of the template files, the commoner first."""

PLACE_KITS = ("xigong", "shangyou", "baoji", "wujing", "shanghai")
"""Kits after five real places (参照各地做法), a ground for a bureau's own kit."""

_BASE_SETTINGS = "check_settings"
_SCORE_SCHEMES = "score_schemes"
_OVERALL_FRAMES = "overall_frames"
_EX_ANTE_SCHEMES = "ex_ante_schemes"
_REVIEW_RULES = "review_rules"


def builtin_kits(working_year: int) -> tuple[ParameterKit, ...]:
    """The built-in kits of a working year; each carries its check settings in full, like an issued kit."""
    return tuple(kit_of_template(_document(name), working_year) for name in BUILTIN_KITS)


def place_kits(working_year: int) -> tuple[ParameterKit, ...]:
    """The kits after five places, for a bureau to begin from (domain §0.6)."""
    return tuple(kit_of_template(place_template(name), working_year) for name in PLACE_KITS)


def place_template(name: str) -> dict[str, Any]:
    """A place's template put over the one it is based on; tasks and form settings by form, grades in every scheme."""
    own = _document(f"places/{name}")
    base = _document(own["based_on"])
    merged: dict[str, Any] = {**base, **own}
    merged["tasks"] = _tasks_by_form(base["tasks"], own.get("tasks", ()))
    base_settings = base["form_settings"]
    changes = {change["form_id"]: change for change in own.get("form_settings", ())}
    merged["form_settings"] = [
        {**setting, **changes.get(setting["form_id"], {})} for setting in base_settings
    ]
    if "grades" in merged:
        grades, known = merged.pop("grades"), _score_schemes()
        merged["schemes"] = [{**known[scheme_id], "grades": grades} for scheme_id in merged["schemes"]]
    for note in ("based_on", "stated", "not_stated", "source"):
        merged.pop(note)
    return merged


def _tasks_by_form(
    base: Sequence[Mapping[str, Any]], own: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The usual tasks; those of a form the place has tasks of its own for give way to these, in the same place."""
    of_form: dict[str, list[Mapping[str, Any]]] = {}
    for task in own:
        of_form.setdefault(task["form_id"], []).append(task)
    found: list[Mapping[str, Any]] = []
    for task in base:
        form_id = task["form_id"]
        if form_id not in of_form:
            found.append(task)
        elif own_tasks := of_form[form_id]:
            found += own_tasks
            of_form[form_id] = []
    return found


def base_check_settings() -> Mapping[str, Mapping[str, Any]]:
    """Thresholds and word lists every kit begins with (校验参数), for the bureau's own kits too."""
    settings = _document(_BASE_SETTINGS)
    assert isinstance(settings, dict)
    return settings


def base_score_schemes() -> tuple[ScoreScheme, ...]:
    """The score schemes met in practice (计分方案), for a bureau to choose from (docs/scoring.md)."""
    return tuple(
        record_from_json(ScoreScheme, scheme, f"计分方案“{scheme_id}”")
        for scheme_id, scheme in _score_schemes().items()
    )


def ex_ante_schemes() -> tuple[ExAnteScheme, ...]:
    """The ex-ante schemes met in practice (事前绩效评估评分方案), for a bureau to choose from."""
    return records_from_json(ExAnteScheme, list(_document(_EX_ANTE_SCHEMES)), "事前绩效评估评分方案")


def kit_of_template(template: Mapping[str, Any], working_year: int) -> ParameterKit:
    """The kit a template gives for a working year. Raises KitProblem naming what cannot be read."""
    data = dict(template)
    data["working_year"] = working_year
    data["issued_on"] = _day(working_year, data.pop("issued_month_day"))
    data["tasks"] = [_task(task, working_year) for task in data["tasks"]]
    known = _score_schemes()
    data["schemes"] = [known[item] if isinstance(item, str) else item for item in data["schemes"]]
    if isinstance(named := data.get("ex_ante_scheme"), str):
        data["ex_ante_scheme"] = next(one for one in _document(_EX_ANTE_SCHEMES) if one["scheme_id"] == named)
    if isinstance(named := data.get("review"), str):
        data["review"] = _document(_REVIEW_RULES)[named]
    if data.get("self_evaluation"):
        data["self_evaluation"] = _with_frames(data["self_evaluation"])
    data["check_settings"] = _merged(base_check_settings(), data["check_settings"])
    data["is_builtin"] = True
    return kit_from_json(data)


def _with_frames(rule: Mapping[str, Any]) -> dict[str, Any]:
    """What a kit asks of self-evaluations, frames named by id spelled out."""
    known = _document(_OVERALL_FRAMES)
    frames = [
        {"frame_id": item, **known[item]} if isinstance(item, str) else item
        for item in rule.get("overall_frames", [])
    ]
    return {**rule, "overall_frames": frames}


def _score_schemes() -> dict[str, dict[str, Any]]:
    """The schemes as a kit spells them: grades of completion and rules put in by their names."""
    document = _document(_SCORE_SCHEMES)
    bands, rules = document["band_sets"], document["rules"]
    return {
        scheme_id: {
            **scheme,
            "bands": bands[scheme["bands"]],
            "rules": [{"rule_id": rule_id, **rules[rule_id]} for rule_id in scheme["rules"]],
        }
        for scheme_id, scheme in document["schemes"].items()
    }


def _task(template: Mapping[str, Any], working_year: int) -> dict[str, Any]:
    """A task with its years and dates; {budget_year} in name and id is filled in."""
    task = dict(template)
    budget_year = working_year + task.pop("budget_year_offset")
    task["budget_year"] = budget_year
    task["opens_on"] = _day(working_year, task.pop("opens"))
    task["closes_on"] = _day(working_year, task.pop("closes"))
    for key in ("task_id", "name"):
        task[key] = task[key].replace("{budget_year}", str(budget_year))
    return task


def _day(working_year: int, month_day: str) -> str:
    """ISO date of a month and day in the working year."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(working_year, month, day).isoformat()


def _merged(
    base: Mapping[str, Mapping[str, Any]], own: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Base settings with a kit's own put over them, key by key within each check."""
    return {code: {**base.get(code, {}), **own.get(code, {})} for code in dict.fromkeys([*base, *own])}


def _document(name: str) -> Any:
    """A JSON file of the kits folder."""
    return json.loads(resources.path("kits", f"{name}.json").read_text(encoding="utf-8"))
