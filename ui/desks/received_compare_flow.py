"""Beside a received form (对照控制): its versions with any two compared and decided on, and the target it stands on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.errors import DeskError
from services.approved_forms import TargetBeside, target_beside
from services.archive import ReceivedForm
from services.version_list import VersionLine, VersionList, version_list, write_differences
from ui.bureau.received_form_page import ReceivedFormPage
from ui.bureau.target_window import TargetWindow
from ui.bureau.version_list_dialog import VersionListDialog
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_decision_flow import DecisionFlow
from ui.theme import Tone
from ui.widgets.file_drop import choose_folder


class CompareFlow(DeskController):
    """Opens versions and targets of the form a page shows (对照控制)."""

    def __init__(self, parts: DeskParts, page: ReceivedFormPage, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.decisions = DecisionFlow(parts, self)
        self.target: TargetWindow | None = None
        self._dialog: VersionListDialog | None = None
        self.decisions.decided.connect(self._on_decided)
        page.versions_requested.connect(self.show_versions)
        page.target_requested.connect(self.show_target)

    def close(self) -> None:
        """Let every window go."""
        if self.target is not None:
            self.target.close()
        self.decisions.close()
        super().close()

    def show_versions(self, form: ReceivedForm) -> None:
        """Open the list of a form's versions."""
        filing_id = form.filing.filing_id
        self.run(lambda _ctx: version_list(self.workspace, filing_id), self._open)

    def show_target(self, form: ReceivedForm) -> None:
        """Open the target a form stands on, beside it."""
        self.run(lambda _ctx: target_beside(self.workspace, form), self._open_target, self._on_none)

    def _on_none(self, error: BaseException) -> None:
        """There is no target: a sentence is enough."""
        if isinstance(error, DeskError):
            self.frame.notice.show_notice(error.sentence, Tone.CARE)
        else:
            self.parts.door.show(error)

    def _open_target(self, target: TargetBeside) -> None:
        if self.target is not None:
            self.target.close()
        window = TargetWindow(target, self.frame)
        window.destroyed.connect(self._on_target_gone)
        self.target = window
        if any(step.key == "indicators" for step in target.received.form.steps):
            window.show_step("indicators")
        window.show()

    def _on_target_gone(self) -> None:
        self.target = None

    def _open(self, found: VersionList) -> None:
        dialog = VersionListDialog(found, self.frame)
        self._dialog = dialog
        dialog.decision_requested.connect(self._on_decide)
        dialog.save_requested.connect(lambda before, after: self._ask_folder(dialog, before, after))
        self.open_dialog(dialog)

    def _on_decide(self, line: VersionLine) -> None:
        if line.path is not None:
            self.decisions.ask_path(line.path)

    def _on_decided(self, said: str) -> None:
        """The list shows what is in force now."""
        self.frame.notice.show_notice(said, Tone.GOOD)
        dialog = self._dialog
        if dialog is None or not self.is_open(dialog):
            return

        def show(found: VersionList) -> None:
            if self.is_open(dialog):
                dialog.show_list(found)

        filing_id = dialog.found.received.filing.filing_id
        self.run(lambda _ctx: version_list(self.workspace, filing_id), show)

    def _ask_folder(self, dialog: VersionListDialog, before: VersionLine, after: VersionLine) -> None:
        found = dialog.found

        def save(folder: str) -> None:
            def done(path: Path) -> None:
                self.frame.notice.show_notice(f"已存为“{path.name}”。", Tone.GOOD)
                open_outside(path.parent)

            self.run(lambda _ctx: write_differences(self.workspace, found, before, after, Path(folder)), done)

        choose_folder(dialog, "差异存到文件夹", save)
