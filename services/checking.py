"""Checking files people filled in (表格检查): workbooks and packages, many in one call, one result per file.

Nothing is written and no workspace is needed: this is how a bureau audits a folder of spreadsheets on its
first day. A file that cannot be read is a result with one sentence, never the end of the run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from forms.checks.settings import CheckSettings, SharedWords
from forms.findings import Finding
from forms.hand_filled.audit import TableAudit, audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.audit_json import audit_object
from forms.hand_filled.audit_together import together
from forms.hand_filled.reading import TableFinder
from forms.hand_filled.stated import StatedTable
from models.domain.errors import EnvironmentProblem, InputError, KitProblem
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json
from services.checking_packages import PACKAGE, package_objects
from services.job import JobContext
from services.kits import look_at_kit
from services.path_text import path_text
from services.tools import Tools

_WORKBOOKS = (".xlsx", ".xlsm")
_OLD_WORKBOOKS = (".xls", ".et")
_KIT_JSON = ".json"
_LOCK = ("~$", ".~")
"""How names begin that Excel and WPS leave beside an open workbook."""


@dataclass(frozen=True)
class CheckedFile:
    """What came of one file (一个文件的检查结果).

    `audits` are the tables of a workbook, `objects` the filings of a package, `problem` why nothing could
    be read at all.
    """

    path: Path
    audits: tuple[TableAudit, ...] = ()
    filings: tuple[dict[str, Any], ...] = ()
    problem: InputError | EnvironmentProblem | None = None

    @property
    def is_readable(self) -> bool:
        """Whether the file could be opened."""
        return self.problem is None

    @property
    def has_findings(self) -> bool:
        """Whether anything was found, unreadable content included."""
        return any(one["findings"] for one in self.objects)

    @cached_property
    def objects(self) -> tuple[dict[str, Any], ...]:
        """The objects of `check --json`, one per table (docs/commands.md)."""
        name = path_text(self.path)
        if self.problem is not None:
            return (_unknown(name, self.problem.what, self.problem.remedy),)
        tables = [
            {**audit_object(one), "file": name} if one.table.form else _without_form(name, one)
            for one in self.audits
        ]
        return (*tables, *({"file": name, **one} for one in self.filings))


def check_files(
    tools: Tools, paths: Sequence[Path], kit_file: Path | None, ctx: JobContext
) -> list[CheckedFile]:
    """Check files and folders; a path that does not exist is a result too. KitProblem when the kit cannot be read."""
    files = list(files_in(paths))
    desk = _Desk(tools, kit_file)
    checked = []
    for index, path in enumerate(files):
        ctx.step(index, len(files), path_text(path.name))
        checked.append(desk.check(path))
    ctx.step(len(files), len(files), "")
    return _together(checked)


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """The files to check: those named, and in folders everything that may be a table or a package; each once."""
    seen: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            seen[path] = None
            continue
        for place, folders, names in os.walk(path):
            folders.sort()
            known = (*_WORKBOOKS, *_OLD_WORKBOOKS, PACKAGE)
            seen |= dict.fromkeys(
                Path(place, name)
                for name in sorted(names)
                if name.lower().endswith(known) and not name.startswith(_LOCK)
            )
    return iter(seen)


def kit_of_file(tools: Tools, path: Path) -> ParameterKit:
    """The kit of a kit package or of a kit's JSON; KitProblem says why it cannot be read."""
    if path.suffix.lower() != _KIT_JSON:
        return look_at_kit(tools, path).kit
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KitProblem(
            "任务参数包读不出来", "请核对路径，选择财政部门下发的任务参数包文件", path_text(path)
        ) from error
    return kit_from_json(data)


class _Desk:
    """Kit, words and reader of one run (检查工作台)."""

    def __init__(self, tools: Tools, kit_file: Path | None) -> None:
        self._tools = tools
        self._defaults = tools.builtin_kits(tools.clock.now().year)
        given = kit_of_file(tools, kit_file) if kit_file else None
        self._given = _completed(given, self._defaults[0]) if given else None
        self._bases = AuditBases(self._defaults, self._given)

    @cached_property
    def _finder(self) -> TableFinder:
        """The finder with the kit's words, and the program's dictionary of heads."""
        for kit in (self._given, *self._defaults):
            words = CheckSettings(kit).find(SharedWords) if kit else None
            if words is not None:
                rows = self._bases.reader_of(words)
                return TableFinder(self._tools.hand_filled.head_words(), words, rows)
        raise KitProblem("任务参数包里没有公用词表", "请换用完整的任务参数包")

    def check(self, path: Path) -> CheckedFile:
        """One file; what it is made of decides how."""
        try:
            if path.suffix.lower() == PACKAGE:
                found = package_objects(self._tools, path, self._defaults, self._given)
                return CheckedFile(path, filings=tuple(found))
            return CheckedFile(path, audits=tuple(self._audits(path)))
        except (InputError, EnvironmentProblem) as problem:
            return CheckedFile(path, problem=problem)

    def _audits(self, path: Path) -> Iterator[TableAudit]:
        """Every table of a workbook."""
        tables: Sequence[StatedTable] = self._finder.read_file(path.name, self._tools.hand_filled.read(path))
        for table in tables:
            yield audit(table, self._bases)


def _completed(kit: ParameterKit, default: ParameterKit) -> ParameterKit:
    """A kit issued before some check settings existed, with those of the program for what it lacks."""
    return replace(kit, check_settings={**default.check_settings, **kit.check_settings})


def _together(checked: Sequence[CheckedFile]) -> list[CheckedFile]:
    """Files with what only several tables together show: a self-evaluation beside the target it answers."""
    audits = [one for file in checked for one in file.audits]
    more = together(audits)
    return [
        replace(file, audits=tuple(_with_more(one, more.get(id(one), ())) for one in file.audits))
        if file.audits
        else file
        for file in checked
    ]


def _with_more(one: TableAudit, findings: Sequence[Finding]) -> TableAudit:
    return replace(one, findings=(*one.findings, *findings)) if findings else one


def _unknown(name: str, what: str, remedy: str) -> dict[str, Any]:
    """The object of a file without a known form: one finding, what was expected and what was found."""
    finding = {"code": "C55", "severity": "blocking", "where": "", "message": what, "remedy": remedy}
    return {"file": name, "form": None, "findings": [finding]}


def _without_form(name: str, one: TableAudit) -> dict[str, Any]:
    """The object of a table that is none of the known forms."""
    notes = one.table.unread
    if notes:
        return _unknown(name, notes[0].message, notes[0].remedy)
    return _unknown(
        name,
        f"工作表“{one.table.sheet}”里没有认出绩效表，应有项目支出绩效目标申报表、绩效自评表或绩效监控表的表头",
        "请确认选对了文件；表头改动较多的，请按官方表样调整后再检查",
    )
