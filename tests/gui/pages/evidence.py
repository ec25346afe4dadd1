"""Page object of the evidence beside a form (佐证材料栏): what is listed, dropped, chosen from a file's menu."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from ui.wizard.evidence_line import EvidenceLine
from ui.wizard.evidence_panel import EvidencePanel
from ui.wizard.evidence_section import EvidenceSection
from ui.wizard.view import WizardView


class EvidencePage:
    """A person in front of the evidence of the open form."""

    def __init__(self, qtbot: Any, view: WizardView) -> None:
        self.qtbot, self.view = qtbot, view

    @property
    def panel(self) -> EvidencePanel:
        return self.view.frame.evidence

    def open(self) -> None:
        """Press the button above the form."""
        self.qtbot.mouseClick(self.view.frame.head.evidence, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def is_shown(self) -> bool:
        return self.panel.isVisible()

    def count(self) -> str:
        """The number the button above the form shows, with or without words before it."""
        return self.view.frame.head.evidence.text().removeprefix("佐证材料").strip()

    def names(self, section: EvidenceSection) -> list[str]:
        return [line.item.file.name for line in section.lines]

    def row_title(self) -> str:
        return self.panel.row_section.title.words() if self.panel.row_section.isVisible() else ""

    def meter(self) -> str:
        return self.panel.meter.text()

    def line(self, name: str) -> EvidenceLine:
        return next(line for line in self.panel.lines() if line.item.file.name == name)

    def texts(self, name: str) -> list[str]:
        """Everything a file's line says."""
        return [label.text() for label in self.line(name).findChildren(QLabel) if label.text()]

    def menu(self, name: str) -> list[str]:
        return [words for words, _ in self.line(name).actions_offered()]

    def choose(self, name: str, words: str) -> None:
        """Choose from a file's menu."""
        line = self.line(name)
        line.wished.emit(dict(line.actions_offered())[words])

    def drop(self, section: EvidenceSection, paths: Sequence[Path]) -> bool:
        """Drop files from the file manager; whether they were welcome."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        at = section.rect().center()
        entering = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
        entering.ignore()
        if section.acceptDrops():
            QApplication.sendEvent(section, entering)
        if not entering.isAccepted():
            return False
        dropping = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(section, dropping)
        return True

    def removed(self) -> list[str]:
        """What can be brought back, as the menu says it."""
        button = self.panel.removed_button
        return [action.text() for action in button.menu().actions()] if button.isVisible() else []

    def bring_back(self, words: str) -> None:
        actions = self.panel.removed_button.menu().actions()
        next(action for action in actions if action.text() == words).trigger()
