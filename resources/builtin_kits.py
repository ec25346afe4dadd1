"""Built-in parameter kits (内置任务参数包): 通用示范（参照10号） and 通用示范（参照101号）, for any working year.

They let a unit begin before its bureau has issued a kit. The files under `kits/` are templates: a
kit's JSON with years as offsets from the working year and dates as month and day, so one file
serves every year (docs/kits.md). Thresholds and word lists of the checks stand once, in
`kits/check_settings.json`; a kit's own `check_settings` go before them, key by key. Score schemes stand
in `kits/score_schemes.json`; a kit names them by id, or spells out its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import resources
from models.domain.kit import ParameterKit, ScoreScheme
from models.domain.kit_json import kit_from_json, record_from_json

BUILTIN_KITS = ("general_10", "general_101")
"""Names of the template files, the commoner first."""

_BASE_SETTINGS = "check_settings"
_SCORE_SCHEMES = "score_schemes"


def builtin_kits(working_year: int) -> tuple[ParameterKit, ...]:
    """The built-in kits of a working year; each carries its check settings in full, like an issued kit."""
    return tuple(kit_of_template(_document(name), working_year) for name in BUILTIN_KITS)


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


def kit_of_template(template: Mapping[str, Any], working_year: int) -> ParameterKit:
    """The kit a template gives for a working year. Raises KitProblem naming what cannot be read."""
    data = dict(template)
    data["working_year"] = working_year
    data["issued_on"] = _day(working_year, data.pop("issued_month_day"))
    data["tasks"] = [_task(task, working_year) for task in data["tasks"]]
    known = _score_schemes()
    data["schemes"] = [known[item] if isinstance(item, str) else item for item in data["schemes"]]
    data["check_settings"] = _merged(base_check_settings(), data["check_settings"])
    data["is_builtin"] = True
    return kit_from_json(data)


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
