"""A bureau's indicator library read from a table (财政部门指标库的读取): a checked preview, then part of the draft kit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from forms.text_similarity import core_text
from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import ParameterKit
from services.kit_issue import KitDraft
from services.library_heads import LIBRARY_HEADS
from services.library_lines import Levels, LineReader
from services.register_tables import read_register
from services.registers import RowProblem
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class LibraryPreview:
    """Library indicators read, and what was wrong (指标库预览); `levels` names them as the kit's frame does."""

    file_name: str
    indicators: tuple[LibraryIndicator, ...]
    problems: tuple[RowProblem, ...]
    levels: Mapping[Levels, str]


def preview_library(workspace: Workspace, path: Path, kit: ParameterKit) -> LibraryPreview:
    """The library of a table, each line checked against the kit's frames.

    InputError when the table cannot be read or a compulsory head is missing.
    """
    table = read_register(workspace.tools, path, LIBRARY_HEADS)
    reader = LineReader(kit)
    found: dict[str, LibraryIndicator] = {}
    problems: list[RowProblem] = []
    names: set[tuple[str, str]] = set()
    for number, line in table.lines():
        fault, indicator, remarks = reader.read(line)
        if not fault and indicator is not None:
            name = (indicator.second_level, core_text(indicator.name))
            if indicator.code in found or name in names:
                fault = f"“{indicator.name}”或它的编码重复，只保留前面一行"
            else:
                found[indicator.code] = indicator
                names.add(name)
        if fault:
            problems.append(RowProblem(number, f"{fault}，这一行不会装入", True))
        else:
            problems += [RowProblem(number, f"{remark}，请核对", False) for remark in remarks]
    return LibraryPreview(table.table.file_name, tuple(found.values()), tuple(problems), level_labels(kit))


def with_library(draft: KitDraft, indicators: Iterable[LibraryIndicator]) -> KitDraft:
    """The draft with that library in place of the one it had."""
    return replace(draft, template=replace(draft.template, indicator_library=tuple(indicators)))


def level_labels(kit: ParameterKit) -> dict[Levels, str]:
    """产出指标 · 数量指标 for every pair of level codes in the kit's frames; the first frame's words go first."""
    found: dict[Levels, str] = {}
    for frame in kit.frames:
        for first in frame.firsts:
            for second in first.seconds:
                found.setdefault((first.code, second.code), f"{first.label} · {second.label}")
    return found
