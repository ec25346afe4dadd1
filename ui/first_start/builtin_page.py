"""Without a kit (没有任务参数包): a built-in one, and the unit typed in; everything but sealing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from models.domain.project import Unit
from services.setup_names import code_fault, name_fault, person_fault
from ui.first_start.judged_field import JudgedField
from ui.first_start.step_page import StepPage
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.field import Field, beside
from ui.widgets.labels import label
from ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit

LIMIT = (
    "使用程序自带的通用示范参数，可以填写、校验、打印，导出正式的 Excel 和 PDF；"
    "装入财政部门的任务参数包之后才能生成报送文件，已填的内容会保留。"
)


class BuiltinPage(StepPage):
    """Built-in kit and typed unit (使用通用示范参数)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("没有任务参数包也可以先填", next_text="完成", parent=parent)
        notice = NoticeBar()
        notice.show_notice(LIMIT, Tone.ACCENT, closable=False)
        self._kits: tuple[ParameterKit, ...] = ()
        self._group = QButtonGroup(self)
        self._choices = QVBoxLayout()
        self.name, self.code, self.person = QLineEdit(), QLineEdit(), QLineEdit()
        self.department, self.department_code = QLineEdit(), QLineEdit()
        self.office, self.phone = QLineEdit(), QLineEdit()
        kits = Card("用哪一套参数")
        kits.body.addLayout(self._choices)
        unit = Card("本单位")
        hint = "没有主管部门的（如乡镇）可以不填"
        self._judged = (
            JudgedField("单位名称", self.name, name_fault),
            JudgedField("单位代码", self.code, code_fault),
            JudgedField("主管部门", self.department, name_fault, optional=True, help_text=hint),
            JudgedField("主管部门代码", self.department_code, code_fault, optional=True),
            JudgedField("填报人", self.person, person_fault),
        )
        name, code, department, department_code, person = self._judged
        for left, right in (
            (name, code),
            (department, department_code),
            (Field("归口股室", self.office), Field("联系电话", self.phone)),
        ):
            unit.body.addLayout(beside(left, right))
        unit.body.addWidget(person)
        for item in (notice, kits, unit):
            self.body.addWidget(item)
        self.body.addStretch(1)
        for field in self._judged:
            field.judged.connect(self._on_judged)

    def set_kits(self, kits: Sequence[ParameterKit]) -> None:
        """Offer the built-in kits; the first is chosen."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._choices.removeWidget(old)
            old.deleteLater()
        self._kits = tuple(kits)
        for number, kit in enumerate(kits):
            choice = QRadioButton(kit.name)
            choice.setChecked(number == 0)
            self._group.addButton(choice, number)
            self._choices.addWidget(choice)
        if not kits:
            self._choices.addWidget(label("没有可用的参数", "care"))
        self.changed.emit()

    def kit(self) -> ParameterKit | None:
        """The kit chosen."""
        number = self._group.checkedId()
        return self._kits[number] if 0 <= number < len(self._kits) else None

    def unit(self) -> Unit:
        """The unit as typed."""
        name, code = self.name.text().strip(), self.code.text().strip()
        department = self.department.text().strip()
        return Unit(
            code,
            name,
            self.department_code.text().strip() if department else code,
            department or name,
            self.office.text().strip(),
            contact_name=self.person.text().strip(),
            contact_phone=self.phone.text().strip(),
        )

    def is_complete(self) -> bool:
        """Whether kit, name, code and person are there and can be used."""
        has_both = bool(self.department.text().strip()) == bool(self.department_code.text().strip())
        return all(field.is_good() for field in self._judged) and has_both and self.kit() is not None

    def _on_judged(self) -> None:
        """Without its code a department would pass for the unit itself: one of the two asks for the other."""
        _name, _code, department, department_code, _person = self._judged
        pairs = ((department, department_code, "代码"), (department_code, department, "名称"))
        for given, missing, what in pairs:
            if given.is_typed() and not missing.is_typed():
                missing.set_problem(f"填了主管部门的，请把{what}也填上")
            elif not missing.is_typed():
                missing.set_problem("")
        self.changed.emit()

    def first_control(self) -> QWidget:
        """The unit's name."""
        return self.name
