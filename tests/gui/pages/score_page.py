"""Page object of scores in the wizard (得分页面): values typed, the card, the reasons, values tried out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from forms.context import FormContext
from tests.gui.pages.wizard_page import WizardPage
from ui.wizard.score_panel import ScorePanel


class ScorePage:
    """A person in front of a self-evaluation."""

    def __init__(self, wizard: WizardPage) -> None:
        self.wizard = wizard

    def open(self, context: FormContext, answers: Any, step: str = "indicators", **options: Any) -> None:
        """Open a form at the step of its scores, checks done."""
        self.wizard.open(context, answers, **options)
        self.wizard.view.check_now()
        self.wizard.go_step(step)

    @property
    def panel(self) -> ScorePanel:
        """The reasons beside the page."""
        return self.wizard.view.frame.scores.panel

    def begin(self, row: int) -> None:
        """Begin to type into an actual value, over what stands there."""
        self.wizard.go_cell(row, "actual_value")
        self.wizard.press(Qt.Key.Key_Delete)

    def actual(self, row: int, text: str) -> None:
        """Type an actual value and go on."""
        self.begin(row)
        self.wizard.type(text)
        self.wizard.enter()

    def editor_text(self) -> str | None:
        """What the open editor holds; None when none is open."""
        editor = self.wizard.table().view.editor()
        return None if editor is None else str(editor.text())

    def card(self) -> str:
        """Total and grade at the lower left, once they have followed what was typed."""
        self.wizard.wait_followed()
        card = self.wizard.view.frame.scores.card
        assert card.isVisible()
        return f"{card.total.text()} {card.grade()}"

    def strip(self, table: str = "indicators") -> str:
        """The formula under a table."""
        strip = self.wizard.table(table).scores
        assert strip is not None
        return strip.text()

    def why(self) -> None:
        """Press 为什么是这个分？."""
        card = self.wizard.view.frame.scores.card
        QTest.mouseClick(card.why, Qt.MouseButton.LeftButton)
        self.wizard.settle()

    def is_explaining(self) -> bool:
        """Whether the reasons are open."""
        return self.panel.isVisible()

    def reasons(self) -> str:
        """Everything the reasons say."""
        assert self.panel.isVisible()
        return self.panel.text()

    def note(self) -> str:
        """The line above the table."""
        return self.wizard.table()._note.words()
