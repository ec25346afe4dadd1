"""Choosing files to take in and places to write to (选择文件), opened without blocking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_files(
    parent: QWidget, title: str, name_filter: str, chosen: Callable[[list[str]], object]
) -> QFileDialog:
    """Choose any number of files; `chosen` is called with their paths as text."""
    dialog = QFileDialog(parent, title, "", name_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget, title: str, name: str, name_filter: str, chosen: Callable[[str], object]
) -> QFileDialog:
    """Choose where to write a file and under which name; an existing one is asked about by the dialog."""
    dialog = QFileDialog(parent, title, name, name_filter)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
