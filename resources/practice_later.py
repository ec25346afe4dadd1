"""The later forms of the year in the practice county (示例县后续各表): what a clerk types into each.

Ex-ante evaluation, monitoring, self-evaluation and what follows begin with rows taken from targets
and kits; `practice/later_forms.json` holds only what is typed beside them, amounts as texts in 万元,
and the document under which a budget year was approved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import resources
from resources.practice_answers import fen


@dataclass(frozen=True, slots=True)
class LaterEntries:
    """What is typed into one form (填报内容), and why a 需说明 is as it is, by check code."""

    entries: Mapping[str, Any]
    explanations: Mapping[str, str]


def practice_later_entries(
    form_id: str, unit_code: str, project_code: str, budget_year: int
) -> LaterEntries | None:
    """Entries of a later form; None where the unit or project files none that year."""
    wanted = (form_id, unit_code, project_code, budget_year)
    for line in _document()["filings"]:
        if (line["form_id"], line["unit"], line["project"], line["budget_year"]) == wanted:
            return LaterEntries(_in_fen({**line["fields"], **line["rows"]}), line["explanations"])
    return None


def practice_main_unit() -> str:
    """Code of the town whose whole working year is there: its desk is the one people look at."""
    code: str = _document()["main_unit"]
    return code


def practice_approval(budget_year: int) -> tuple[str, date] | None:
    """Document number and date under which a budget year's targets were approved; None while they are not."""
    found = _document()["approvals"].get(str(budget_year))
    return (found["document_number"], date.fromisoformat(found["approved_on"])) if found else None


def _in_fen(value: Any) -> Any:
    """The entries with every text under a key ending in _fen read as 万元."""
    if isinstance(value, list):
        return [_in_fen(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: fen(item) if key.endswith("_fen") and isinstance(item, str) else _in_fen(item)
        for key, item in value.items()
    }


@cache
def _document() -> Any:
    """The file, read once."""
    path = resources.path("practice", "later_forms.json")
    return json.loads(path.read_text(encoding="utf-8"))
