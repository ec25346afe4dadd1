"""A received form (收到的表): the filer's own layout read-only, its versions, its signed documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.dates import full_time
from ui.widgets.labels import ElidedLabel
from ui.widgets.page import tool_bar

if TYPE_CHECKING:
    from services.archive import ReceivedForm
    from services.ports.store import SubmittedVersion
    from ui.wizard.view import WizardView


class ReceivedFormPage(QWidget):
    """A strip with unit, version and documents above the form (收到的表)."""

    closed = Signal()
    save_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._form: ReceivedForm | None = None
        self._version: SubmittedVersion | None = None
        self._wizard: WizardView | None = None
        self.unit_label = ElidedLabel("", "strong")
        self.received_label = ElidedLabel("", "muted")
        self.version_button = MenuButton()
        self.version_button.chosen.connect(self._on_chosen)
        self.save_button = button("另存 PDF 和 Excel…", icon_name="export", clicked=self._on_save)
        strip = row(self.unit_label, self.received_label, self.version_button, self.save_button)
        strip.setStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        bar = tool_bar(strip)
        strip.setContentsMargins(22, 8, 22, 8)
        self._column.addWidget(bar)

    def open(self, form: ReceivedForm, version: int = 0) -> None:
        """Show a received form in its newest version, or in the one asked for."""
        self._form = form
        self.unit_label.set_words(form.context.unit.name)
        versions = [(item.version, f"第 {item.version} 版") for item in form.versions]
        known = {number for number, _ in versions}
        self.version_button.set_choices(versions, version if version in known else form.filing.version)
        self._show_version()

    def wizard(self) -> WizardView:
        """The form as it is shown; there must be one."""
        assert self._wizard is not None, "no form is open"
        return self._wizard

    def version(self) -> SubmittedVersion | None:
        """The submission shown."""
        return self._version

    def close_form(self) -> None:
        """Let the form go."""
        if self._wizard is not None:
            self._wizard.close_form()

    def _show_version(self) -> None:
        form, number = self._form, self.version_button.value()
        if form is None:
            return
        self._version = next((item for item in form.versions if item.version == number), None)
        if self._wizard is None:
            self._wizard = _new_wizard()
            self._wizard.close_requested.connect(self.closed)
            self._wizard.export_requested.connect(self._on_save)
            self._column.addWidget(self._wizard, 1)
        shown = self._version
        answers = shown.answers if shown else form.filing.answers
        explanations = shown.explanations if shown else form.filing.explanations
        self._wizard.open(form.form, form.context, answers, explanations, read_only=True)
        self.received_label.set_words(f"{full_time(shown.at)}接收" if shown else "")
        self.save_button.setEnabled(shown is not None)

    def _on_chosen(self, _number: object) -> None:
        self._show_version()

    def _on_save(self) -> None:
        if self._form is not None and self._version is not None:
            self.save_requested.emit(self._form, self._version)


def _new_wizard() -> WizardView:
    """The form's own screen, imported when the first form is opened."""
    from ui.wizard.view import WizardView

    return WizardView()
