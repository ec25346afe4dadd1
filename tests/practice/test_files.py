"""The practice files themselves: nothing unused, nothing misspelt, no name of a real place."""

from __future__ import annotations

import json
from typing import Any

import resources

FOLDER = resources.path("practice")
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.json"))}
ARCHETYPES: dict[str, Any] = json.loads(TEXTS["archetypes"])
PROJECTS = [
    project
    for name, text in TEXTS.items()
    if name.startswith("projects_")
    for project in json.loads(text)["projects"]
]
REAL_PLACES = (
    "马踏",
    "井研",
    "棠溪",
    "贵池",
    "萧县",
    "张庄寨",
    "杨楼",
    "稷山",
    "翟店",
    "下马关",
    "吴泾",
    "西工",
    "上犹",
)


def row_names(project: dict[str, Any], year: str) -> set[str]:
    """The names a year's lines go by: the template's name, else the third level."""
    lines = [line.split("|") for line in project["answers"][year]["rows"]]
    return {parts[0] if len(parts) == 3 else parts[1] for parts in lines}


def test_every_file_is_read() -> None:
    groups = set(json.loads(TEXTS["register"])["files"])
    assert set(TEXTS) == groups | {"archetypes", "kit", "later_forms", "overall", "register", "units"}


def test_every_row_template_is_used() -> None:
    used: dict[str, set[str]] = {kind: set() for kind in ARCHETYPES}
    for project in PROJECTS:
        if "kind" in project:
            for year, answers in project.get("answers", {}).items():
                used[project["kind"]] |= row_names(project, year) if "rows" in answers else set()
    unused = {kind: set(ARCHETYPES[kind]["rows"]) - used[kind] for kind in ARCHETYPES}
    assert {kind: rows for kind, rows in unused.items() if rows} == {}


def test_values_of_another_year_name_a_row() -> None:
    for project in PROJECTS:
        for year, answers in project.get("answers", {}).items():
            latest = max(project["answers"])
            named = row_names(project, year if "rows" in answers else latest)
            assert set(answers.get("values", {})) <= named, (project["code"], year)


def test_no_real_place_is_named() -> None:
    assert [(name, place) for name, text in TEXTS.items() for place in REAL_PLACES if place in text] == []
