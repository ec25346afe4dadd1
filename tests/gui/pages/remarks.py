"""Page object of the reviewers' remarks beside an open form (审核意见栏)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from models.domain.review import ReviewComment
from tests.gui.pages.wizard_page import SHIFT, WizardPage
from ui.wizard.remarks.card import RemarkCard


class RemarksPage:
    """The panel of a wizard that has a form open."""

    def __init__(self, wizard: WizardPage) -> None:
        self.wizard, self.flow = wizard, wizard.view.frame.remarks
        self.panel = self.flow.panel

    def states(self) -> list[str]:
        """The words of the chips, card by card."""
        return [card.chip.look().word for card in self.panel.cards]

    def card(self, comment: ReviewComment) -> RemarkCard:
        """The card of a remark."""
        found = self.panel.card(comment.comment_id)
        assert found is not None
        return found

    def count(self) -> str:
        """The line under the title."""
        return self.panel.count_label.text()

    def current(self) -> list[str]:
        """Texts of the cards marked as current."""
        return [card.remark.comment.text for card in self.panel.cards if card.property("current")]

    def on(self, by: int = 1) -> None:
        """F8, or Shift+F8."""
        self.wizard.press(Qt.Key.Key_F8, SHIFT if by < 0 else Qt.KeyboardModifier.NoModifier)

    def take(self, comment: ReviewComment) -> None:
        """采用建议."""
        self.wizard.qtbot.mouseClick(self.card(comment).take, Qt.MouseButton.LeftButton)
        self.wizard.settle()

    def answer(self, comment: ReviewComment, text: str) -> None:
        """Open the answer and type."""
        self.card(comment).open_answer()
        self.wizard.settle()
        self.wizard.type(text)
