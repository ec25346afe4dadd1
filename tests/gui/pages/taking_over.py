"""Page object of 带入分发: the menu, the dialogs of an import, what is ticked and taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from forms.offers import Offer
from tests.gui.pages.desk_clerk import ClerkPage
from ui.wizard.hand_out_dialog import HandOutDialog
from ui.wizard.import_dialog import ImportDialog
from ui.wizard.offers_dialog import OffersDialog
from ui.wizard.taking_over import TakeWish


class TakingOverPage:
    """A person who takes over and hands out at the open form."""

    def __init__(self, clerk: ClerkPage) -> None:
        self.clerk = clerk
        self.flow = clerk.desk.editor.taking_over
        self.head = clerk.form.view.frame.head

    # Menu -------------------------------------------------------------------------------------

    def can(self, wish: TakeWish) -> bool:
        """Whether the menu offers something."""
        return not self.head.more.isHidden() and self.head.taking_over.entries[wish].isEnabled()

    def choose(self, wish: TakeWish) -> None:
        """Choose from the menu."""
        self.head.taking_over.entries[wish].trigger()
        self.clerk.settle()

    def form_notice(self) -> str:
        """What stands above the form."""
        bar = self.clerk.form.view.frame.notice
        return bar.words.text() if bar.isVisible() else ""

    def press_form_notice(self) -> None:
        self.clerk.qtbot.mouseClick(self.clerk.form.view.frame.notice.action, Qt.MouseButton.LeftButton)
        self.clerk.settle()

    # From Excel -------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """The file was chosen."""
        self.flow.read(path)
        self.clerk.settle()

    @property
    def columns(self) -> ImportDialog:
        return self.clerk.dialog(ImportDialog)

    def taken_as(self) -> dict[str, str]:
        """What each column was taken for, by head."""
        model = self.columns.columns.records
        return {
            str(model.index(row, 1).data()): str(model.index(row, 2).data())
            for row in range(model.rowCount())
        }

    def correct(self, head: str, words: str) -> None:
        """Take a column for something else."""
        dialog = self.columns
        row = list(self.taken_as()).index(head)
        dialog.columns.selectRow(row)
        index = dialog.role.findText(words)
        assert index >= 0, f"{words} is not offered"
        dialog.role.setCurrentIndex(index)
        dialog.role.activated.emit(index)
        self.clerk.settle()

    # What is taken ----------------------------------------------------------------------------

    @property
    def offers(self) -> OffersDialog:
        return self.clerk.dialog(OffersDialog)

    def ticked(self) -> dict[str, bool]:
        """Label and tick of every line."""
        ticks = self.offers.table.ticks
        state = Qt.ItemDataRole.CheckStateRole
        return {
            ticks.record(row).label: ticks.index(row, 0).data(state) == Qt.CheckState.Checked
            for row in range(ticks.rowCount())
        }

    def tick(self, label: str) -> None:
        """Tick a line, or untick it, with the space bar."""
        row = list(self.ticked()).index(label)
        table = self.offers.table
        table.setCurrentIndex(table.ticks.index(row, 0))
        self.clerk.qtbot.keyClick(table, Qt.Key.Key_Space)

    def offer(self, label: str) -> Offer:
        ticks = self.offers.table.ticks
        return next(ticks.record(r) for r in range(ticks.rowCount()) if ticks.record(r).label == label)

    def take(self) -> None:
        """带入."""
        self.clerk.accept(self.offers)

    # Handing out ------------------------------------------------------------------------------

    def hand_out(self, folder: Path, person: str, *steps: str) -> Path:
        """Ask for a hand-out of some steps into a folder; the file."""
        self.choose(TakeWish.HAND_OUT)
        dialog: Any = self.clerk.dialog(HandOutDialog)
        dialog.person.setText(person)
        for key, box in dialog.boxes.items():
            box.setChecked(key in steps)
        before = set(folder.glob("*.xlsx"))
        wishes: list[Any] = []
        dialog.submitted.disconnect()
        dialog.submitted.connect(wishes.append)
        self.clerk.accept(dialog)
        self.flow.hand_out(wishes[0], folder, dialog)
        self.clerk.settle()
        (made,) = set(folder.glob("*.xlsx")) - before
        return made

    def take_back(self, path: Path) -> None:
        """The file that came back was chosen."""
        self.flow.take_back(path)
        self.clerk.settle()
