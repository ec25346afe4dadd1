"""A changed payload made readable again (被改数据的复原): names of items put right, so that the rest can be compared.

One altered character in the name of an item makes the whole form unreadable. Here each name nobody knows is taken
for the missing one it resembles most; what was put right is told. Only for explaining a refused file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from forms import registry
from forms.findings import Place
from forms.schema import FormSpec, TableSpec
from services.answers_shape import answers_fit
from services.filing_reading import MalformedFiling, ReceivedFiling, read_filings

_FILINGS = "filings"
_HEAD = (
    "filing_id",
    "task_id",
    "form_id",
    "form_version",
    "unit_code",
    "version",
    "budget_year",
    "project",
    "answers",
    "explanations",
    "findings",
)
_PROJECT = ("project_id", "name", "project_code", "category")
_ALIKE = 0.75
"""How much of a name has to be left for it to be known again."""


@dataclass(frozen=True)
class MendedFiling:
    """A form that can be drawn (复原后的表): its number in the package, and the places whose names were changed.

    An empty `Place` stands for something outside the form, such as the name of the form itself.
    """

    number: int
    form: FormSpec
    filing: ReceivedFiling
    places: tuple[Place, ...]


def mended_filings(payload: Mapping[str, Any], most: int) -> list[MendedFiling]:
    """The forms of a payload that can be drawn, as they are or with names put right."""
    items = _named(payload, (_FILINGS,))[0].get(_FILINGS)
    if not isinstance(items, list):
        return []
    found = (_mended(number, item) for number, item in enumerate(items[:most], 1) if isinstance(item, dict))
    return [one for one in found if one is not None]


def _mended(number: int, item: Mapping[str, Any]) -> MendedFiling | None:
    """One form; None where too much was changed."""
    head, renamed = _named(item, _HEAD, drops=False)
    head |= {"explanations": {}, "findings": [], "remarks": []}
    project = head.get("project")
    if isinstance(project, dict):
        head["project"], more = _named(project, _PROJECT, drops=False)
        renamed += more
    form_id = _nearest(str(head.get("form_id", "")), [form.form_id for form in registry.heads()])
    if form_id is None or not registry.knows(form_id, str(head.get("form_version", ""))):
        return None
    form, places = registry.form(form_id), [Place("")] if renamed or form_id != head["form_id"] else []
    head["form_id"] = form_id
    if isinstance(head.get("answers"), dict):
        head["answers"], inside = _answers(form, head["answers"])
        places += inside
    try:
        (filing,) = read_filings({_FILINGS: [head]})
    except MalformedFiling:
        return None
    return MendedFiling(number, form, filing, tuple(places)) if answers_fit(form, filing.answers) else None


def _answers(form: FormSpec, came: Mapping[str, Any]) -> tuple[dict[str, Any], list[Place]]:
    """Answers under the names the form declares, and where names were changed."""
    items = {item.key: item for item in form.items()}
    answers, renamed = _named(came, items)
    places = [Place(key) for key in renamed]
    for key, value in answers.items():
        item = items[key]
        if isinstance(item, TableSpec):
            answers[key], inside = _rows(item, value if isinstance(value, list) else [])
            places += inside
        else:
            answers[key] = _value(key, value)
    return answers, places


def _rows(table: TableSpec, came: list[Any]) -> tuple[list[Any], list[Place]]:
    """Rows under the names of the declared columns, each with an id of its own."""
    columns = ("row_id", *(column.key for column in table.columns))
    rows: list[Any] = []
    places: list[Place] = []
    met: set[str] = set()
    for number, row in enumerate(came):
        if not isinstance(row, dict):
            continue
        mended, renamed = _named(row, columns)
        row_id = mended.get("row_id")
        if not isinstance(row_id, str) or row_id in met:
            row_id = mended["row_id"] = f"mended-{number}"
            renamed = ["row_id"]
        met.add(row_id)
        rows.append({key: _value(key, value) for key, value in mended.items()})
        places += [Place(table.key, row_id, "" if key == "row_id" else key) for key in renamed]
    return rows, places


def _value(key: str, value: Any) -> Any:
    """A value of the type its item is kept in: money a whole number, everything else text."""
    if value is None:
        return None
    text = str(value)
    if not key.endswith("_fen"):
        return text
    return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else None


def _named(
    came: Mapping[str, Any], known: Collection[str], *, drops: bool = True
) -> tuple[dict[str, Any], list[str]]:
    """Values under known names, and the names that were put right; what resembles nothing is left out."""
    missing = [key for key in known if key not in came]
    found: dict[str, Any] = {}
    renamed: list[str] = []
    for key, value in came.items():
        if key in known:
            found[key] = value
            continue
        name = _nearest(key, missing)
        if name is not None:
            missing.remove(name)
            found[name] = value
            renamed.append(name)
        elif not drops:
            found[key] = value
    return found, renamed


def _nearest(name: str, known: Collection[str]) -> str | None:
    """The name itself or the one it resembles most, None where it resembles none."""
    if name in known:
        return name
    return next(iter(get_close_matches(name, list(known), 1, _ALIKE)), None)
