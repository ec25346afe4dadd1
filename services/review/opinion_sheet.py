"""股室审核意见表 (an office's opinion sheet): what waits for an office without the program, as a workbook to be filled in.

One row a filing. What was given out is kept under the sheet's number: filing, version, a digest of its answers and of the
row as shown, so that a row that came back is known for what it was.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms import registry
from forms.fill_in_list import FillInList
from forms.hand_out import HandOutField, HandOutRow, HandOutTable
from forms.rectification_rows import SOURCE_FORMS as SELF_EVALUATIONS
from forms.schema import FieldKind
from models.domain.canonical_json import canonical_json
from models.domain.desk_user import DeskUser
from models.domain.errors import InputError
from models.domain.filing import Filing
from models.domain.kit import ParameterKit
from models.domain.money import AmountUnit, format_amount
from models.domain.review import ReviewLevel
from services.approval_states import TARGET_FORMS
from services.ex_ante import EX_ANTE_FORM, conclusions_of
from services.file_names import file_stem
from services.handed_out import handed_out
from services.permission_table import Action
from services.permissions import require_of
from services.review.queue import QueueFilter, QueueLine, QueueQuery, queue
from services.review.scores import grading_rule
from services.review.sheet import outcomes_of
from services.workspaces import Workspace

TITLE, KIND, TABLE = "股室审核意见表", "office_opinions", "opinions"
WHERE = TITLE
SHOWN = ("unit", "project", "form", "year", "version")
"""Columns whose words are part of a row's identity."""
_NOT_ASKED = "—"
_NOTES = (
    "白色的格子由股室填写，灰色的格子不用填，也改不了。不审的行空着，收回时不处理。",
    "“审核意见”从下拉列表中选；退回修改、不予通过和列入复核的，要写明意见内容；每行填写审核人和日期。",
    "填好后保存本文件并原样交回绩效管理部门，不要增删行列，不要改成别的格式，也不要填写涉密信息。",
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet (列): key, head, width in characters, kind; whether the office fills it in."""

    key: str
    label: str
    width: int
    kind: FieldKind = FieldKind.TEXT
    is_open: bool = False
    help: str = ""


_GIVEN = (
    _Column("number", "序号", 4),
    _Column("unit", "单位", 17),
    _Column("project", "项目", 22),
    _Column("form", "表", 13),
    _Column("year", "预算年度", 7),
    _Column("version", "版本", 6),
    _Column("amount", "金额（万元）", 11, FieldKind.MONEY),
    _Column("doubts", "疑点数", 5),
)
_SCORE = (_Column("score", "得分等级", 8),)
_OUTCOME = (_Column("outcome", "审核意见", 10, is_open=True, help="从下拉列表中选；不审的空着"),)
_GRADED = (
    _Column("points", "分值", 6, is_open=True, help="0 到 100；绩效目标按审核表打分，自评表填复核后的得分"),
    _Column("grade", "等次", 6, is_open=True, help="填了分值的可以不选"),
)
_EX_ANTE = (
    _Column("approved", "审定金额（万元）", 11, FieldKind.MONEY, is_open=True, help="不大于送审金额"),
    _Column("conclusion", "评估结论", 13, is_open=True, help="从下拉列表中选"),
)
_SAID = (
    _Column("opinion", "意见内容", 30, is_open=True, help="退回修改的，写明要改什么"),
    _Column("reviewer", "审核人", 9, is_open=True, help="写审核人姓名"),
    _Column("date", "日期", 12, is_open=True, help="例：2026年9月15日"),
)


@dataclass(frozen=True)
class _Choices:
    """What can be chosen in a row (可选项): opinions, grades, conclusions."""

    outcomes: tuple[str, ...]
    grades: tuple[str, ...]
    conclusions: tuple[str, ...]

    def of(self, key: str) -> tuple[str, ...] | None:
        """The choices of a column; None where the column asks nothing of this filing."""
        if key in ("points", "grade"):
            return (self.grades if key == "grade" else ()) if self.grades else None
        if key in ("approved", "conclusion"):
            return (self.conclusions if key == "conclusion" else ()) if self.conclusions else None
        return self.outcomes if key == "outcome" else ()


def waiting_offices(workspace: Workspace) -> tuple[tuple[str, int], ...]:
    """Offices something waits for, and how many filings."""
    counts = Counter(line.file.office for line in _waiting(workspace) if line.file.office)
    return tuple(sorted(counts.items()))


def write_sheet(workspace: Workspace, who: DeskUser, office: str, folder: Path) -> Path:
    """Write what waits for an office into a folder; the file. InputError when nothing waits, NotAllowed names who may."""
    acting = require_of(workspace, who, Action.OPINION_SHEETS)
    lines = [line for line in _waiting(workspace) if line.file.office == office]
    if not lines or not office:
        raise InputError(f"没有等{office or '股室'}审核的表", "请刷新列表后再试", WHERE)
    now, known = workspace.tools.clock.now(), handed_out(workspace)
    sheet_id, kits = f"Y{secrets.token_hex(8)}", {line.filing.task_id for line in lines}
    by_task = {task: known.kit_of(task) for task in kits}
    columns, rows, given = _columns(lines), [], {}
    with workspace.store.reading() as work:
        for number, line in enumerate(lines, 1):
            filing, kit = work.filings.get(line.filing.filing_id), by_task[line.filing.task_id]
            assert filing is not None, "in the queue"
            assert kit is not None, "in the queue"
            row, note = _row(line, number, columns, choices_of(line, kit), digest_of(filing))
            rows.append(row)
            given[line.filing.filing_id] = note
    table = HandOutTable(TABLE, TITLE, "", tuple(_field(column) for column in columns), tuple(rows))
    subject = f"{office}　{len(rows)} 份　{now:%Y}年{now.month}月{now.day}日生成"
    identity = {
        "about": "这一页由程序识别本文件用，请勿改动",
        "kind": KIND,
        "sheet_id": sheet_id,
        "office": office,
    }
    path = _free_path(folder, f"{TITLE}_{file_stem(office, 30)}_{now:%Y%m%d}")
    book = FillInList(f"{TITLE}（{office}）", subject, _NOTES, table, identity)
    workspace.tools.files.write(path, workspace.tools.hand_outs.write_list(book))
    kept = {"office": office, "given_at": now.isoformat(), "given_by": acting.name, "rows": given}
    with workspace.store.writing() as work:
        work.settings.put(setting_of(sheet_id), kept)
        said = f"生成{office}的{TITLE}，{len(rows)} 份"
        work.audit.append(now, acting.name, "opinion_sheet", sheet_id, said, {"filings": sorted(given)})
        work.commit()
    return path


def setting_of(sheet_id: str) -> str:
    """Where a sheet given out is remembered."""
    return f"opinion_sheet:{sheet_id}"


def digest_of(filing: Filing) -> str:
    """What tells one version of a filing from every other (版本摘要)."""
    told = {"filing_id": filing.filing_id, "version": filing.version, "answers": dict(filing.answers)}
    return hashlib.sha256(canonical_json(told)).hexdigest()


def shown_digest(texts: Mapping[str, str]) -> str:
    """What tells a row as shown; blanks do not count."""
    words = ["".join(texts.get(key, "").split()) for key in SHOWN]
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def mark_of(filing_id: str, version: int, digest: str) -> str:
    """The hidden mark of a row: filing, version and the beginning of its digest."""
    return f"{filing_id}:{version}:{digest[:16]}"


def choices_of(line: QueueLine, kit: ParameterKit) -> _Choices:
    """What an office can choose for a filing."""
    form_id, rule = line.filing.form_id, grading_rule(line.filing.form_id, line.filing.budget_year, kit)
    step = next((step for step in line.steps if step.level is ReviewLevel.OFFICE), None)
    outcomes = outcomes_of([form_id], may_return=step is None or step.may_return)
    grades = tuple(grade.name for grade in rule.grades) if rule else ()
    return _Choices(tuple(o.label for o in reversed(outcomes)), grades, conclusions_of(form_id, kit))


def _waiting(workspace: Workspace) -> list[QueueLine]:
    """Filings whose turn an office is, by unit."""
    lines = queue(workspace, QueueQuery(QueueFilter.WAITING, level=ReviewLevel.OFFICE))
    ready = [line for line in lines if line.may_precede or not line.awaits_department]
    return sorted(ready, key=lambda line: (line.unit.code, line.filing.form_id, line.subject))


def _columns(lines: Sequence[QueueLine]) -> tuple[_Column, ...]:
    """The columns these filings need."""
    forms = {line.filing.form_id for line in lines}
    return (
        *_GIVEN,
        *(_SCORE if any(line.filing.score for line in lines) else ()),
        *_OUTCOME,
        *(_GRADED if forms & {*TARGET_FORMS, *SELF_EVALUATIONS} else ()),
        *(_EX_ANTE if EX_ANTE_FORM in forms else ()),
        *_SAID,
    )


def _row(
    line: QueueLine, number: int, columns: Sequence[_Column], choices: _Choices, digest: str
) -> tuple[HandOutRow, dict[str, Any]]:
    """A row, and what is remembered of it."""
    filing = line.filing
    texts = {
        "number": str(number),
        "unit": line.unit.name,
        "project": line.project.name if line.project else "（单位整体）",
        "form": registry.head(filing.form_id).short_title,
        "year": str(filing.budget_year),
        "version": f"第{filing.version}版",
        "amount": _wan(filing.amount_fen),
        "doubts": str(filing.blocking + filing.to_explain),
        "score": f"{filing.score} {filing.grade or ''}".strip() if filing.score else _NOT_ASKED,
    }
    cells = [_field(column, texts.get(column.key, ""), choices.of(column.key)) for column in columns]
    mark = mark_of(filing.filing_id, filing.version, digest)
    note = {"version": filing.version, "digest": digest, "shown": shown_digest(texts)}
    return HandOutRow(mark, tuple(cells)), note


def _field(column: _Column, text: str = "", choices: tuple[str, ...] | None = ()) -> HandOutField:
    """A cell; `choices` None where nothing is asked."""
    is_open = column.is_open and choices is not None
    return HandOutField(
        column.key,
        column.label,
        column.kind,
        text if is_open or not column.is_open else _NOT_ASKED,
        is_open,
        column.help,
        choices or (),
        column.width,
        column.key == "opinion",
    )


def _wan(fen: int | None) -> str:
    """An amount in 万元 as a plain number."""
    return _NOT_ASKED if fen is None else format_amount(fen, AmountUnit.WAN_YUAN, grouped=False)


def _free_path(folder: Path, stem: str) -> Path:
    """A path nothing stands at yet: somebody may be filling in the one before."""
    path, number = folder / f"{stem}.xlsx", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}（{number}）.xlsx"
    return path
