"""One filing task of a kit (填报任务): which form, for which budget year, from when to when, of whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QGridLayout, QLineEdit, QSpinBox, QWidget

from forms import registry
from models.domain.project import DeclarationStage, Filer, FilingTask
from ui.theme import px
from ui.widgets.card import row
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen

_LEVELS = ("预算单位", "主管部门", "财政部门")
"""Levels a new task passes through, as in domain §0.2; an edited task keeps its own."""


_ONCE, _WITH_CAUSE, _REPEATED = "once", "with_cause", "repeated"
_HOW_OFTEN = {
    _ONCE: "都要报",
    _WITH_CAUSE: "有需要才报",
    _REPEATED: "有需要才报，一年可以几次",
}
_FILERS = {Filer.UNIT: "各单位", Filer.DEPARTMENT: "主管部门"}


class TaskDialog(DeskDialog):
    """Edits a task (填报任务); `submitted` carries it, with `task_id` "" for a new one."""

    submitted = Signal(object)

    def __init__(
        self,
        task: FilingTask | None,
        working_year: int,
        categories: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改任务" if task else "增加任务", "确定", parent)
        resize_within_screen(self, px(620), px(620))
        self._task = task
        self.name = QLineEdit(task.name if task else "")
        self.form = QComboBox()
        self.stage = QComboBox()
        self.period = QLineEdit(task.period if task else "")
        self.period_month = QComboBox()
        self.budget_year = QSpinBox()
        self.filer, self.how_often = QComboBox(), QComboBox()
        self.opens, self.closes = _date_field(), _date_field()
        self.categories = tuple(QCheckBox(name) for name in categories)
        self._fill(task, working_year)
        self._lay_out()
        self.name.textEdited.connect(lambda _text: self.show_problem(""))
        if task is None:
            self.form.currentIndexChanged.connect(lambda _row: self._suggest())
            self.budget_year.valueChanged.connect(lambda _year: self._suggest())
            self._suggest()

    def submit(self) -> None:
        """Hand the task over when it makes sense; else say what does not, and keep what was typed."""
        name = self.name.text().strip()
        opens, closes = _day(self.opens), _day(self.closes)
        if not name:
            self.show_problem("任务名称没有填。请填写任务名称。")
            return
        if closes < opens:
            self.show_problem("截止日期早于开始日期。请改正日期。")
            return
        stage = self.stage.currentData()
        how = str(self.how_often.currentData())
        self.submitted.emit(
            FilingTask(
                task_id=self._task.task_id if self._task else "",
                name=name,
                form_id=str(self.form.currentData()),
                budget_year=self.budget_year.value(),
                opens_on=opens,
                closes_on=closes,
                stage=DeclarationStage(stage) if stage else None,
                period=self.period.text().strip(),
                period_month=int(self.period_month.currentData()),
                unit_categories=tuple(box.text() for box in self.categories if box.isChecked()),
                levels=self._task.levels if self._task else _LEVELS,
                filer=Filer(self.filer.currentData()),
                is_optional=how != _ONCE,
                is_repeatable=how == _REPEATED,
            )
        )

    def _fill(self, task: FilingTask | None, working_year: int) -> None:
        for head in registry.heads():
            self.form.addItem(head.title, head.form_id)
        self.stage.addItem("不分阶段", "")
        for stage in DeclarationStage:
            self.stage.addItem(stage.label, stage.value)
        self.period_month.addItem("不分月份", 0)
        for month in range(1, 13):
            self.period_month.addItem(f"{month}月底", month)
        self.period_month.setCurrentIndex(task.period_month if task and 0 <= task.period_month <= 12 else 0)
        for filer, words in _FILERS.items():
            self.filer.addItem(words, filer.value)
        for how, words in _HOW_OFTEN.items():
            self.how_often.addItem(words, how)
        self.budget_year.setRange(working_year - 5, working_year + 5)
        self.budget_year.setSuffix(" 年")
        self.budget_year.setValue(task.budget_year if task else working_year + 1)
        self.opens.setDate(_qdate(task.opens_on if task else date(working_year, 8, 1)))
        self.closes.setDate(_qdate(task.closes_on if task else date(working_year, 10, 31)))
        if task is not None:
            self.form.setCurrentIndex(self.form.findData(task.form_id))
            self.stage.setCurrentIndex(self.stage.findData(task.stage.value if task.stage else ""))
            self.filer.setCurrentIndex(self.filer.findData(task.filer.value))
            self.how_often.setCurrentIndex(self.how_often.findData(_how_often(task)))
            for box in self.categories:
                box.setChecked(box.text() in task.unit_categories)

    def _lay_out(self) -> None:
        self.period.setPlaceholderText("如：1—7月")
        self.period.setToolTip("运行监控才填")
        self.body.addWidget(Field("任务名称", self.name, required=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for number, field in enumerate(
            (
                Field("要报的表", self.form),
                Field("预算年度", self.budget_year),
                Field("申报阶段", self.stage),
                Field("监控期间（运行监控才填）", self.period),
                Field("监控截至（运行监控才选）", self.period_month),
                Field("开始日期", self.opens),
                Field("截止日期", self.closes),
                Field("由谁填报", self.filer),
                Field("怎样报", self.how_often),
            )
        ):
            grid.addWidget(field, number // 2, number % 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.body.addLayout(grid)
        if self.categories:
            self.body.addWidget(label("哪些单位要报（都不勾就是全部单位）", "caption"))
            self.body.addLayout(row(*self.categories, None, spacing=16))
        self.body.addStretch(1)

    def _suggest(self) -> None:
        """A name for a new task until a person writes one."""
        if not self.name.isModified():
            head = registry.head(str(self.form.currentData()))
            filed = "申报" if head.form_id.endswith("_target") else ""
            self.name.setText(f"{head.short_title}{filed}〔{self.budget_year.value()}年预算〕")


def _how_often(task: FilingTask) -> str:
    """Whether a task is due of everybody, or begun where there is a cause, once or several times."""
    if task.is_repeatable:
        return _REPEATED
    return _WITH_CAUSE if task.is_optional else _ONCE


def _date_field() -> QDateEdit:
    made = QDateEdit()
    made.setDisplayFormat("yyyy年M月d日")
    return made


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
