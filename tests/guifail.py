"""A GUI test may open no modal dialog it did not announce, and leaves no thread, timer, job or window behind.

Only tests that use Qt pay for this: the fixture does nothing unless `qapp` or `qtbot` is in play. A test that
expects a modal call replaces it itself (`monkeypatch.setattr(QMessageBox, "question", …)`).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

MODAL_CALLS = {
    "QDialog": ["exec", "exec_"],
    "QMessageBox": ["exec", "exec_", "about", "aboutQt", "critical", "information", "question", "warning"],
    "QInputDialog": ["exec", "getDouble", "getInt", "getItem", "getMultiLineText", "getText"],
    "QFileDialog": [
        "exec", "getExistingDirectory", "getExistingDirectoryUrl", "getOpenFileName", "getOpenFileNames",
        "getOpenFileUrl", "getOpenFileUrls", "getSaveFileName", "getSaveFileUrl",
    ],
    "QColorDialog": ["exec", "getColor"],
    "QFontDialog": ["exec", "getFont"],
    "QWizard": ["exec"],
}  # fmt: skip


class _Watch:
    """What one test started and opened."""

    def __init__(self) -> None:
        self.modals: list[str] = []
        self.timers: list[weakref.ref[Any]] = []
        self.threads: list[weakref.ref[Any]] = []

    def forbid_modals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from PySide6 import QtWidgets

        for class_name, methods in MODAL_CALLS.items():
            owner = getattr(QtWidgets, class_name)
            for method in methods:
                if hasattr(owner, method):
                    monkeypatch.setattr(owner, method, self._refusal(f"{class_name}.{method}"))

    def _refusal(self, name: str) -> Callable[..., Any]:
        def refuse(*_args: object, **_kwargs: object) -> None:
            self.modals.append(name)
            raise AssertionError(f"unexpected modal dialog: {name}")

        return refuse

    def record_starts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from PySide6.QtCore import QThread, QTimer

        self._record(monkeypatch, QTimer, self.timers)
        self._record(monkeypatch, QThread, self.threads)

    @staticmethod
    def _record(monkeypatch: pytest.MonkeyPatch, owner: type, into: list[weakref.ref[Any]]) -> None:
        original = owner.start  # type: ignore[attr-defined]

        def start(self: Any, *args: Any) -> Any:
            into.append(weakref.ref(self))
            return original(self, *args)

        monkeypatch.setattr(owner, "start", start)

    def leftovers(self) -> list[str]:
        from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
        from PySide6.QtWidgets import QApplication

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = [f"modal dialog was opened: {name}" for name in self.modals]
        found += [f"timer still running: {timer!r}" for timer in _alive(self.timers) if timer.isActive()]
        found += [
            f"thread still running: {thread!r}" for thread in _alive(self.threads) if thread.isRunning()
        ]
        if not QThreadPool.globalInstance().waitForDone(2000):
            found.append("job still running in the global thread pool")
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                found.append(f"window left open: {widget!r} {widget.windowTitle()!r}")
                widget.hide()
        return found


def _alive(references: list[weakref.ref[Any]]) -> list[Any]:
    import shiboken6

    objects = {id(target): target for reference in references if (target := reference()) is not None}
    return [target for target in objects.values() if shiboken6.isValid(target)]


@pytest.fixture(autouse=True)
def gui_watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand guard over one GUI test; set up before `qtbot`, so judged after its windows are closed."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    watch = _Watch()
    watch.forbid_modals(monkeypatch)
    watch.record_starts(monkeypatch)
    yield
    found = watch.leftovers()
    if found:
        pytest.fail("\n".join(found), pytrace=False)
