"""The approved target in a window of its own (对照绩效目标): read beside the form under review, which stays usable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.card import row
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.page import tool_bar
from ui.widgets.placing import resize_within_screen
from ui.widgets.shortcuts import add_shortcut

if TYPE_CHECKING:
    from services.approved_forms import TargetBeside
    from ui.wizard.view import WizardView

NOT_CHECKED = "批复的内容，这里不再检查"


class TargetWindow(QWidget):
    """A target read-only, with the document that approved it above (对照绩效目标); Esc closes."""

    def __init__(self, target: TargetBeside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "page")
        context = target.received.context
        subject = context.project.name if context.project else context.unit.name
        self.setWindowTitle(f"{subject}　{context.title(target.received.form)}（{context.budget_year}年）")
        self.words = ElidedLabel(target.words, "good" if target.is_approved else "care")
        self.aside = label(NOT_CHECKED if target.is_approved else "", "muted")
        strip = row(self.words, self.aside)
        strip.setStretch(0, 1)
        strip.setContentsMargins(22, 8, 22, 8)
        self.wizard = _new_wizard()
        self.wizard.close_requested.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tool_bar(strip))
        column.addWidget(self.wizard, 1)
        received = target.received
        explanations = received.filing.explanations
        self.wizard.open(
            received.form,
            received.context_of(received.in_force),
            target.answers,
            explanations,
            read_only=True,
            is_checked=not target.is_approved,
        )
        self.wizard.frame.foot.hide()
        add_shortcut(self, "Esc", self.close)
        resize_within_screen(self, px(900), px(680))

    def show_step(self, key: str) -> None:
        """Show one step of the target, such as its indicators."""
        self.wizard.show_step(key)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the form go."""
        self.wizard.close_form()
        super().closeEvent(event)


def _new_wizard() -> WizardView:
    """The form's own screen, imported when the first target is opened."""
    from ui.wizard.view import WizardView

    return WizardView()
