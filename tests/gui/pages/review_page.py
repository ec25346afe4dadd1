"""Page object of 审核: what a reviewer does there, and what stands on the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from forms.findings import Place
from models.domain.review import ReviewOutcome
from services.review.queue import QueueFilter, QueueLine
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.review_panes import QUEUE
from ui.bureau.review_view import ReviewView


class ReviewPage:
    """The page 审核 of a bureau's window (审核页)."""

    def __init__(self, desk: BureauDeskPage) -> None:
        self.desk = desk
        desk.frame.navigation.button("review").click()
        page = desk.frame.page("review")
        assert isinstance(page, ReviewView)
        self.view = page
        self.opened()

    def lines(self) -> list[QueueLine]:
        model = self.view.queue.list.lines
        return [model.line(number) for number in range(model.rowCount())]

    def project_line(self) -> QueueLine:
        """The first line about a project."""
        return next(line for line in self.lines() if line.project is not None)

    def show(self, shown: QueueFilter) -> None:
        self.view.queue.shown.choose(shown)
        self.opened()

    def choose(self, line: QueueLine) -> None:
        assert self.view.queue.list.choose(line.filing.filing_id)
        self.opened()

    def is_settled(self) -> bool:
        """The form of the line one is at stands on the screen as it is in the list."""
        line, sheet = self.view.queue.list.current(), self.view.sheet
        if line is None or sheet is None:
            return line is None and sheet is None
        return sheet.line == line and self.desk.desk.intake is not None

    def opened(self) -> ReviewPage:
        """Wait until the list and the form are what the store says."""
        self.desk.settle()
        self.desk.until(self.is_settled)
        self.desk.settle()
        return self

    def decide(self, outcome: ReviewOutcome, opinion: str = "") -> None:
        self.view.decision.opinion.set_text(opinion)
        self.view.decision.buttons[outcome].click()
        self.desk.settle()
        self.opened()

    def problem(self) -> str:
        return self.view.decision.problem.text()

    def stand_at(self, place: Place) -> None:
        """Put the cursor into a cell of the form."""
        assert self.view.form.wizard().go_to(place)
        self.desk.until(lambda: self.view.place() == place)

    def write(self, text: str, proposed: str = "") -> None:
        """Write a remark where the cursor stands."""
        editor = self.view.remarks.editor
        self.view.remarks.write_button.click()
        assert editor.isVisible()
        editor.text.setPlainText(text)
        editor.proposed.setText(proposed)
        editor.save_button.click()
        self.desk.settle()
        self.opened()

    def remarks(self) -> list[tuple[str, str, str]]:
        """Place, words and state of every remark."""
        found = [card.comment for card in self.view.remarks.cards()]
        return [(item.label, item.text, item.state.label) for item in found]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key with the keyboard in the list."""
        listed: QWidget = self.view.queue.list
        self.desk.frame.activateWindow()
        self.view.panes.tabs.setCurrentIndex(QUEUE)
        listed.setFocus()
        self.desk.until(listed.hasFocus)
        self.desk.qtbot.keyClick(listed, key, modifier)
        self.desk.settle()
        self.opened()

    def written(self, pattern: str) -> list[Path]:
        return sorted((self.desk.folder / "out").glob(pattern))
