"""Page object of the main window (主窗口)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.shell.frame import DeskFrame
from ui.shell.side_navigation import NavigationButton


class FramePage:
    """What a person sees and does in the frame."""

    def __init__(self, qtbot, frame: DeskFrame) -> None:
        self.qtbot, self.frame = qtbot, frame
        qtbot.addWidget(frame)
        frame.show()

    def places(self) -> list[str]:
        return [button.text().strip() for button in self.frame.navigation.findChildren(NavigationButton)]

    def go_to(self, text: str) -> None:
        found = {b.text().strip(): b for b in self.frame.navigation.findChildren(NavigationButton)}
        self.qtbot.mouseClick(found[text], Qt.MouseButton.LeftButton)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, widget=None) -> None:
        self.qtbot.keyClick(widget or self.frame, key, modifier)

    def badge(self, key: str) -> str:
        badge = self.frame.navigation.button(key).badge
        return badge.text() if badge.isVisible() else ""

    def status_words(self) -> list[str]:
        strip = self.frame.status
        labels = (
            strip.saved_label,
            strip.hints_label,
            strip.kit_label,
            strip.backup_label,
            strip.practice_label,
        )
        return [label.text() for label in labels if label.isVisible() and label.text()]
