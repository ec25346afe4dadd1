"""Where a table of a workbook belongs (归属): unit, task and project, proposed and correctable."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget

from forms import registry
from forms.form_head import FormSubject
from models.domain.kit import ParameterKit
from services.paper_intake import PaperPlace, PaperTable
from ui.widgets.card import row
from ui.widgets.field import Field

REST_MS = 300
"""How long typing a name must rest before the place counts as changed."""
_NONE = "（请选择）"


class PaperPlaceFields(QWidget):
    """Three fields for one table (归属); `touched` at every change, `changed` once the person rests."""

    touched = Signal()
    changed = Signal()

    def __init__(self, kit: ParameterKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._form = ""
        self.unit, self.task, self.project = _searchable(), QComboBox(), _searchable()
        self.unit.addItem(_NONE, "")
        for unit in sorted(kit.units, key=lambda item: item.code):
            self.unit.addItem(f"{unit.code}　{unit.name}", unit.code)
        self._project_field = Field("项目", self.project, "名录里没有的项目，直接填写项目名称。")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        above = row(Field("填报单位", self.unit), Field("填报任务", self.task))
        above.setStretch(0, 1)
        above.setStretch(1, 1)
        column.addLayout(above)
        column.addWidget(self._project_field)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.changed)
        self.unit.currentIndexChanged.connect(lambda _row: self._on_owner())
        self.task.currentIndexChanged.connect(lambda _row: self._on_owner())
        self.project.editTextChanged.connect(lambda _text: self._touch())

    def set_table(self, table: PaperTable) -> None:
        """Offer what fits a table, with what was proposed for it."""
        self._form = table.stated.form
        widgets = (self.unit, self.task, self.project)
        for widget in widgets:
            widget.blockSignals(True)
        self.task.clear()
        self.task.addItem(_NONE, "")
        for task in self._kit.tasks:
            if task.form_id == self._form:
                self.task.addItem(task.name, task.task_id)
        self.unit.setCurrentIndex(max(self.unit.findData(table.place.unit_code), 0))
        self.task.setCurrentIndex(max(self.task.findData(table.place.task_id), 0))
        self._fill_projects(table.place.project_code, table.place.project_name)
        for widget in widgets:
            widget.blockSignals(False)
        self._project_field.setVisible(registry.head(self._form).subject is FormSubject.PROJECT)
        self._rest.stop()

    def place(self) -> PaperPlace:
        """The place as it stands."""
        code = str(self.unit.currentData() or "") if self._is_listed(self.unit) else ""
        if registry.head(self._form).subject is FormSubject.UNIT:
            return PaperPlace(code, str(self.task.currentData() or ""))
        listed = self.project.currentData() if self._is_listed(self.project) else None
        project_code, name = listed if listed else ("", self.project.currentText().strip())
        return PaperPlace(code, str(self.task.currentData() or ""), project_code, name)

    @staticmethod
    def _is_listed(box: QComboBox) -> bool:
        """Whether what stands in the field is a line of its list, not something typed."""
        return box.currentIndex() >= 0 and box.itemText(box.currentIndex()) == box.currentText()

    def _on_owner(self) -> None:
        """Another unit or task has other projects; the name stays."""
        before = self.place()
        self.project.blockSignals(True)
        self._fill_projects(before.project_code, before.project_name)
        self.project.blockSignals(False)
        self._touch()

    def _touch(self) -> None:
        self._rest.start()
        self.touched.emit()

    def _fill_projects(self, code: str, name: str) -> None:
        task = self._kit.task(str(self.task.currentData() or ""))
        unit_code = self.unit.currentData()
        self.project.clear()
        for entry in self._kit.register:
            if entry.unit_code == unit_code and task is not None and entry.budget_year == task.budget_year:
                self.project.addItem(entry.project_name, (entry.project_code, entry.project_name))
        listed = [self.project.itemData(number) for number in range(self.project.count())]
        by_code = [number for number, (known, _) in enumerate(listed) if code and known == code]
        met = by_code or [number for number, (_, known) in enumerate(listed) if known == name]
        if met:
            self.project.setCurrentIndex(met[0])
            return
        self.project.setCurrentIndex(-1)
        self.project.setEditText(name)


def _searchable() -> QComboBox:
    """A list one may type into; what was typed finds a line by any part of it."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    completer = QCompleter(box.model(), box)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    return box
