"""The indicator library at a desk (绩效指标库): built-in rows, the kit's, the unit's own, and how often each was used.

What a unit keeps for itself and its usage counts lie in the workspace's settings. The bureau judges
with the kit's library alone: what only one desk has cannot be held against another.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from forms.checks.settings import CheckSettings, SharedWords
from forms.context import FormContext
from forms.library_levels import FrameLevels
from forms.library_search import LibraryHit, LibraryIndex
from forms.text_similarity import core_text
from models.domain.errors import InputError, KitProblem
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_library import LibraryIndicator, LibraryOrigin
from models.domain.kit_json import record_from_json
from services.changes import Topic
from services.ports.store import UnitOfWork
from services.workspaces import DeskRole, Workspace

_OWN, _USES, _NUMBERS = "indicator_library_own", "indicator_library_uses", "indicator_library"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class LibraryShelf:
    """The library as one filing sees it (可选指标): searched as one types."""

    index: LibraryIndex
    uses: Mapping[str, int]

    def used(self, code: str) -> int:
        """How often this unit has taken an indicator."""
        return self.uses.get(code, 0)


def desk_library(workspace: Workspace, work: UnitOfWork) -> tuple[LibraryIndicator, ...]:
    """The program's rows and the unit's own; those of a kit come with the kit. Nothing at the bureau's desk."""
    if workspace.profile.role is DeskRole.BUREAU:
        return ()
    return (*workspace.tools.indicator_library(), *own_indicators(work))


def own_indicators(work: UnitOfWork) -> tuple[LibraryIndicator, ...]:
    """What the unit keeps for itself; rows nobody can read any more are left out."""
    found = []
    for kept in work.settings.get(_OWN) or ():
        try:
            found.append(record_from_json(LibraryIndicator, kept, "本单位指标库"))
        except KitProblem:
            continue
    return tuple(found)


def usage_counts(work: UnitOfWork) -> dict[str, int]:
    """How often each indicator was taken at this desk, by code."""
    kept = work.settings.get(_USES)
    return dict(kept) if isinstance(kept, dict) else {}


def shelf_of(context: FormContext, uses: Mapping[str, int]) -> LibraryShelf:
    """The library of a filing, by its frame and its project."""
    words = CheckSettings(context.kit).find(SharedWords)
    about = context.project.name if context.project else ""
    rows = tuple(context.library_by_code.values())
    return LibraryShelf(LibraryIndex(rows, FrameLevels(context.frame, words), about, uses), uses)


def search(
    shelf: LibraryShelf, text: str = "", area: str = "", seconds: Sequence[str] = ()
) -> list[LibraryHit]:
    """Indicators that fit what is typed, the area and the second levels wanted, best first."""
    return shelf.index.search(text, area, seconds)


def note_use(workspace: Workspace, code: str) -> dict[str, int]:
    """Count that an indicator was taken; the counts as they are now."""
    with workspace.store.writing() as work:
        counts = usage_counts(work)
        counts[code] = counts.get(code, 0) + 1
        work.settings.put(_USES, counts)
        work.commit()
    return counts


def keep_own(workspace: Workspace, row: Row, purpose: str = "") -> LibraryIndicator:
    """Take a table row into the unit's own library (收入本单位指标库).

    Raises InputError when the row is not filled in, or an indicator of that name is there already.
    """
    indicator = _from_row(row, purpose)
    with workspace.store.writing() as work:
        own = own_indicators(work)
        name = core_text(indicator.name)
        if any(core_text(one.name) == name and one.second_level == indicator.second_level for one in own):
            raise InputError(f"本单位指标库里已有“{indicator.name}”", "可以直接从指标库中选用")
        numbered = replace(indicator, code=f"unit.{work.settings.next_number(_NUMBERS)}")
        _put_own(work, (*own, numbered))
        work.commit()
    workspace.changes.tell(Topic.SETTINGS)
    return numbered


def drop_own(workspace: Workspace, code: str) -> None:
    """Take an indicator out of the unit's own library; filled-in rows stay as they are."""
    with workspace.store.writing() as work:
        _put_own(work, [one for one in own_indicators(work) if one.code != code])
        work.commit()
    workspace.changes.tell(Topic.SETTINGS)


def _from_row(row: Row, purpose: str) -> LibraryIndicator:
    """The indicator a table row spells; InputError naming what is missing."""
    texts = {key: str(row.get(key) or "").strip() for key in row}
    missing = [
        label
        for key, label in (
            ("third_level", "三级指标"),
            ("second_level", "二级指标"),
            ("planned_value", "指标值"),
            ("comparator", "符号"),
        )
        if not texts.get(key)
    ]
    sign = texts.get("comparator", "")
    is_numeric = sign in set(Comparator) and Comparator(sign).is_numeric
    if is_numeric and not texts.get("measure_unit"):
        missing.append("计量单位")
    if missing or sign not in set(Comparator):
        raise InputError("这一行还没有填写完整", f"请先填写{'、'.join(missing) or '符号'}，再收入指标库")
    direction = texts.get("direction") or Direction.POSITIVE.value
    return LibraryIndicator(
        code="",
        name=texts["third_level"],
        first_level=texts.get("first_level", ""),
        second_level=texts["second_level"],
        comparator=Comparator(sign),
        reference_value=texts["planned_value"],
        measure_unit=texts.get("measure_unit", ""),
        direction=Direction(direction) if direction in set(Direction) else Direction.POSITIVE,
        is_sample=is_numeric and texts.get("measure_unit") != "%",
        purpose=purpose or LibraryOrigin.UNIT.label,
        value_source="历史标准：参照本单位以往填报的指标值",
        origin=LibraryOrigin.UNIT,
    )


def _put_own(work: UnitOfWork, own: Sequence[LibraryIndicator]) -> None:
    """Keep the unit's own rows as the kit's JSON spells them."""
    work.settings.put(_OWN, [_plain(one) for one in own])


def _plain(indicator: LibraryIndicator) -> dict[str, Any]:
    """An indicator as JSON values."""
    values = {item.name: getattr(indicator, item.name) for item in fields(indicator)}
    return {key: _json_value(value) for key, value in values.items()}


def _json_value(value: Any) -> Any:
    if isinstance(value, enum.StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
