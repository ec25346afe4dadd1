"""Page objects of problem and crash dialogs (问题提示、程序出错)."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ui.widgets.problem_dialog import CrashDialog, ProblemDialog


class _Dialog:
    """One kind of dialog that is open now."""

    def __init__(self, kind) -> None:
        found = [w for w in QApplication.allWidgets() if isinstance(w, kind) and w.isVisible()]
        assert found, f"no {kind.__name__} is open"
        self.count = len(found)
        self.dialog = found[0]

    def texts(self) -> list[str]:
        return [label.text() for label in self.dialog.findChildren(QLabel) if label.text()]

    def words(self) -> str:
        return "".join(self.texts())

    def close(self) -> None:
        self.dialog.close_button.click()
        assert not self.dialog.isVisible()


class _Crash(_Dialog):
    def copy_report(self) -> None:
        copy = next(b for b in self.dialog.findChildren(QPushButton) if b.text() == "复制报告")
        copy.click()


def open_problem() -> _Dialog:
    """The problem dialog that is open."""
    return _Dialog(ProblemDialog)


def open_crash() -> _Crash:
    """The crash dialog that is open."""
    return _Crash(CrashDialog)
