"""得分说明 out of the program (打印和另存得分说明): of the form a wizard shows, on any desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from services.score_printouts import ScoredForm, save_breakdown, write_breakdown
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.documents_folder import documents_folder
from ui.widgets.file_drop import choose_folder
from ui.wizard.session import WizardSession


class ScorePrints(DeskController):
    """Prints the reasons of scores and saves them out (得分说明的打印)."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._folder = ""

    def print_out(self, session: WizardSession) -> None:
        """Write the reasons as they stand in the window, and open them for printing."""
        scored = _scored(session)
        self.run(lambda _ctx: write_breakdown(self.workspace, scored), self._on_printed)

    def choose_folder(self, session: WizardSession) -> None:
        """Ask where to, then save the reasons as they stood when it was asked."""
        scored = _scored(session)
        start = self._folder or str(documents_folder())
        choose_folder(self.frame, "得分说明另存到", lambda folder: self.save(scored, Path(folder)), start)

    def save(self, scored: ScoredForm, folder: Path) -> None:
        """Write PDF and workbook of the reasons into a folder."""
        self._folder = str(folder)
        self.run(lambda _ctx: save_breakdown(self.workspace, scored, folder), self._on_saved)

    def _on_printed(self, path: Path) -> None:
        self.frame.notice.show_notice(f"得分说明已生成：{path.name}")
        open_outside(path)

    def _on_saved(self, saved: list[Path]) -> None:
        names = "、".join(path.name for path in saved)
        self.frame.notice.show_notice(f"得分说明已另存到“{saved[0].parent}”：{names}")
        open_outside(saved[0].parent)


def _scored(session: WizardSession) -> ScoredForm:
    """What the window shows, untouched by what is typed afterwards."""
    return ScoredForm(session.form, session.context, dict(session.answers))
