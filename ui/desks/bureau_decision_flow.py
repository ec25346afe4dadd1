"""Choosing between two versions at the bureau's desk (接收决定控制)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services import version_comparison, version_decisions
from services.package_lines import PackageLine
from services.version_comparison import PackageComparison
from services.workspaces import Workspace
from ui.bureau.version_decision_dialog import VersionDecisionDialog
from ui.desks.base import DeskController, DeskParts

Decide = Callable[[Workspace, PackageComparison, str], None]


class DecisionFlow(DeskController):
    """Shows both versions and keeps the choice (接收决定); `decided` carries one sentence on it."""

    decided = Signal(str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)

    def ask(self, line: PackageLine) -> None:
        """Judge the package again and show it beside what is in force."""
        path = Path(line.path)
        if line.record is not None:
            path = self.workspace.archive / line.record.archive_name
        self.ask_path(path)

    def ask_path(self, path: Path) -> None:
        """The same for the file itself."""
        self.run(lambda _ctx: version_comparison.compare(self.workspace, path), self._show)

    def _show(self, comparison: PackageComparison) -> None:
        dialog = VersionDecisionDialog(comparison, self.frame)
        who = comparison.unit_name
        dialog.adopted.connect(
            lambda reason: self._decide(
                dialog, version_decisions.adopt, reason, f"已采用{who}后来的一份，原来的一份留存备查。"
            )
        )
        dialog.kept.connect(
            lambda reason: self._decide(
                dialog, version_decisions.keep, reason, f"已保留{who}原来的一份，后来的一份留存备查。"
            )
        )
        self.open_dialog(dialog)

    def _decide(self, dialog: VersionDecisionDialog, decide: Decide, reason: str, told: str) -> None:
        self.run_for(
            dialog,
            lambda _ctx: decide(self.workspace, dialog.comparison, reason),
            lambda _none: self.decided.emit(told),
        )
