"""A table before it is taken in (导入预览): the lines read, what is wrong and in which line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from models.domain.indicator_library import LibraryIndicator
from models.domain.issue import RegisteredIssue
from services.issue_tables import IssuePreview
from services.library_tables import LibraryPreview
from services.registers import EntryPreview, RowProblem, UnitPreview
from ui.bureau.register_pages import ENTRY_COLUMNS, UNIT_COLUMNS, amount_words
from ui.theme import Tone, px
from ui.widgets.card import row
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dates import full_date
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

_SKIPPED = ChipLook("不会装入", Tone.BAD, "refuse")
_NOTED = ChipLook("请核对", Tone.CARE, "care")


def _problem_look(problem: RowProblem) -> ChipLook:
    return _SKIPPED if problem.is_blocking else _NOTED


PROBLEM_COLUMNS: tuple[Column[RowProblem], ...] = (
    Column("行", lambda problem: f"第 {problem.line} 行" if problem.line else "—"),
    Column("结果", lambda problem: _problem_look(problem).word, chip=_problem_look),
    Column("问题", lambda problem: problem.message, share=1),
)


Preview = UnitPreview | EntryPreview | LibraryPreview | IssuePreview
_TITLES: Mapping[type[Preview], str] = {
    UnitPreview: "核对要装入的名录",
    EntryPreview: "核对要装入的名录",
    LibraryPreview: "核对要装入的指标",
    IssuePreview: "核对要装入的整改问题",
}


def _library_columns(preview: LibraryPreview) -> tuple[Column[LibraryIndicator], ...]:
    """Columns of a library; levels in the words of the kit's frame."""
    return (
        Column("指标层次", lambda one: preview.levels.get((one.first_level, one.second_level), "")),
        Column("三级指标", lambda one: one.name, share=1),
        Column("参考值", lambda one: one.shown_value if one.reference_value else "（由单位填写）"),
        Column("方向", lambda one: one.direction.label),
        Column("行业领域", lambda one: one.field),
        Column("佐证材料", lambda one: one.evidence, share=1),
        Column("启用", lambda one: "是" if one.is_enabled else "否"),
    )


def _issue_columns(preview: IssuePreview) -> tuple[Column[RegisteredIssue], ...]:
    """Columns of a list of problems; units by their names."""
    return (
        Column("单位", lambda one: preview.units.get(one.unit_code, one.unit_code)),
        Column("项目", lambda one: one.project_name),
        Column("预算年度", lambda one: f"{one.budget_year}年"),
        Column("问题来源", lambda one: one.origin),
        Column("存在问题", lambda one: one.issue, share=1),
        Column("整改要求", lambda one: one.requirement, share=1),
        Column("完成时限", lambda one: full_date(one.deadline_on) if one.deadline_on else ""),
    )


def _content(preview: Preview) -> tuple[Sequence[Any], Sequence[Column[Any]], str]:
    """The lines read, their columns, and how many in words."""
    if isinstance(preview, UnitPreview):
        return preview.units, UNIT_COLUMNS, f"读到 {len(preview.units)} 个单位"
    if isinstance(preview, LibraryPreview):
        return preview.indicators, _library_columns(preview), f"读到 {len(preview.indicators)} 条指标"
    if isinstance(preview, IssuePreview):
        return preview.issues, _issue_columns(preview), f"读到 {len(preview.issues)} 个问题"
    total = amount_words(sum(entry.budget_fen or 0 for entry in preview.entries))
    return preview.entries, ENTRY_COLUMNS, f"读到 {len(preview.entries)} 个项目，预算数合计 {total} 万元"


class ImportPreviewDialog(DeskDialog):
    """Shows what was read (导入预览); `submitted` carries the preview.

    Lines that cannot be taken in are left out; with none left there is nothing to take in.
    """

    submitted = Signal(object)

    def __init__(
        self,
        preview: Preview,
        replaced: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_TITLES[type(preview)], "装入", parent, intro=preview.file_name)
        resize_within_screen(self, px(940), px(560))
        self._preview = preview
        records, columns, what = _content(preview)
        skipped = sum(problem.is_blocking for problem in preview.problems)
        noted = len(preview.problems) - skipped
        chips = [StatusChip(what, Tone.GOOD if records else Tone.BAD, "check" if records else "refuse")]
        if skipped:
            chips.append(StatusChip(f"{skipped} 行不会装入", Tone.BAD, "refuse"))
        if noted:
            chips.append(StatusChip(f"{noted} 处请核对", Tone.CARE, "care"))
        self.body.addLayout(row(*chips, None))
        self.table: RecordTable[Any] = RecordTable(columns, row_height=32)
        self.table.set_records(records)
        self.problems: RecordTable[RowProblem] = RecordTable(PROBLEM_COLUMNS, row_height=32)
        self.problems.set_records(preview.problems)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        if preview.problems:
            self.tabs.addTab(self.problems, f"问题 {len(preview.problems)}")
        else:
            self.problems.hide()
        self.tabs.addTab(self.table, f"读到的内容 {len(records)}")
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(paragraph(replaced, "muted"))
        self.accept_button.setEnabled(bool(records))

    def submit(self) -> None:
        """Ask to take it in; whoever does so closes the dialog."""
        self.submitted.emit(self._preview)
