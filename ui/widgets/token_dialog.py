"""Choosing a hardware token to sign with from now on (改用 UKey): a dialog around the chooser."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.placing import resize_within_screen
from ui.widgets.token_chooser import TokenChooser


class TokenDialog(DeskDialog):
    """Asks which token to use (选择 UKey); `submitted` carries a TokenChoice."""

    submitted = Signal(object)

    def __init__(self, intro: str, parent: QWidget | None = None) -> None:
        super().__init__("改用 UKey 签名", "改用这个 UKey", parent, intro=intro)
        resize_within_screen(self, px(600), px(570))
        self.chooser = TokenChooser()
        self.body.addWidget(self.chooser)
        self.body.addStretch(1)
        self.chooser.changed.connect(self._judge)
        self.chooser.told.connect(self.show_problem)
        self._judge()

    def submit(self) -> None:
        """Hand the choice over; whoever asked closes the dialog."""
        choice = self.chooser.choice()
        if choice is not None:
            self.submitted.emit(choice)

    def refuse(self, sentence: str) -> None:
        """It did not work: say why; the PIN is typed anew."""
        self.set_busy(False)
        self.show_problem(sentence)
        self.chooser.type_pin_anew()

    def _judge(self) -> None:
        self.accept_button.setEnabled(self.chooser.is_complete())
