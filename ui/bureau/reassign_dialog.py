"""Giving filings or a unit to another office or person (改派): to whom, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from services.review.reassigning import Target
from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from models.domain.desk_user import DeskUser


class ReassignDialog(DeskDialog):
    """Asks to whom (改派); `submitted` carries a Target."""

    submitted = Signal(object)

    def __init__(
        self,
        title: str,
        what: str,
        offices: Sequence[str],
        people: Sequence[DeskUser],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, "改派", parent)
        resize_within_screen(self, px(520), px(440))
        self.office, self.person, self.reason = QComboBox(), QComboBox(), QLineEdit()
        self.office.addItem("（归口股室不变）", "")
        for office in offices:
            self.office.addItem(office, office)
        self.person.addItem("（不指定，由股室内的人员办理）", "")
        for user in people:
            if user.is_active and any(role.level for role in user.roles):
                words = "、".join(role.label for role in user.roles)
                self.person.addItem(f"{user.name}（{user.office or words}）", user.user_id)
        self.reason.setMaxLength(200)
        self.body.addWidget(paragraph(what))
        self.body.addWidget(Field("股室", self.office))
        self.body.addWidget(Field("办理人", self.person))
        self.body.addWidget(Field("理由", self.reason, "记入操作日志。", required=True))
        self.body.addStretch(1)
        for box in (self.office, self.person):
            box.currentIndexChanged.connect(lambda _row: self._judge())
        self.reason.textChanged.connect(lambda _text: self._judge())
        self._judge()

    def submit(self) -> None:
        """Hand it on; whoever asked closes the dialog."""
        office, person = str(self.office.currentData()), str(self.person.currentData())
        self.submitted.emit(Target(office, person, self.reason.text()))

    def set_busy(self, busy: bool) -> None:
        """Afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self._judge()

    def _judge(self) -> None:
        is_given = bool(self.office.currentData() or self.person.currentData())
        self.accept_button.setEnabled(is_given and bool(self.reason.text().strip()))
