"""Workbooks of units without the program at the bureau's desk (接收 Excel 表控制).

The reader of workbooks and its dialogs are loaded when the first workbook comes: the intake page stands at every start.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.paper_lines import PaperLine, paper_lines
from ui.bureau.choosing import choose_files
from ui.desks.base import DeskController, DeskParts
from ui.jobs import Lane
from ui.theme import Tone

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit
    from services.paper_intake import PaperFile, PaperPlace, PaperPreview
    from ui.bureau.paper_dialog import PaperDialog
    from ui.bureau.unsigned_dialog import UnsignedDialog

BOOK_FILTER = "Excel 表 (*.xlsx)"
_SHOWN = 5
"""So many refused workbooks are told in words."""


class PaperFlow(DeskController):
    """Takes workbooks in and notes their papers; `told` carries sentence and tone, `counted` awaited and all."""

    told = Signal(str, str)
    counted = Signal(int, int)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._waiting: deque[Path] = deque()
        self._refused: list[str] = []
        self._list: UnsignedDialog | None = None
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Filings taken in show in the list."""
        if change.topics & {Topic.FILINGS, Topic.REGISTERS}:
            self.refresh()

    def refresh(self) -> None:
        """Count and list anew."""
        self.run(lambda _ctx: paper_lines(self.workspace), self._show)

    def choose(self) -> None:
        """Choose workbooks."""
        choose_files(
            self.frame,
            "选择单位交来的 Excel 表",
            BOOK_FILTER,
            lambda paths: self.look_at([Path(path) for path in paths]),
        )

    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at workbooks one after the other."""
        is_idle = not self._waiting
        if is_idle:
            self._refused.clear()
        self._waiting.extend(paths)
        if is_idle and self._waiting:
            self._next()

    # One workbook -----------------------------------------------------------------------------

    def _next(self) -> None:
        path = self._waiting[0]

        def work(ctx: JobContext) -> tuple[PaperFile, ParameterKit]:
            from services import paper_intake

            return paper_intake.look(self.workspace, path, ctx), paper_intake.places_kit(self.workspace)

        def failed(error: BaseException) -> None:
            if isinstance(error, DeskError):
                self._refuse(error.sentence)
            else:
                self.parts.door.show(error)
            self._on_closed()

        self.run(work, lambda found: self._open(*found), failed, lane=Lane.LONG)

    def _open(self, file: PaperFile, kit: ParameterKit) -> None:
        from ui.bureau.paper_dialog import PaperDialog

        if not file.tables:
            words = f"{file.path.name} 里没有找到本程序认得的表。请确认是绩效目标、自评等申报表。"
            self._refuse(words)
            self._on_closed()
            return
        dialog = PaperDialog(file, kit, self.frame)
        dialog.preview_wished.connect(lambda number, place: self._preview(dialog, file, number, place))
        dialog.submitted.connect(lambda shown, day: self._take(dialog, file, shown, day))
        dialog.finished.connect(lambda _result: self._on_closed())
        self.open_dialog(dialog)
        dialog.begin()

    def _refuse(self, sentence: str) -> None:
        """Tell of a workbook that cannot be taken in, beside those refused before it."""
        self._refused.append(sentence)
        self._say("")

    def _say(self, taken: str) -> None:
        """What was taken in last, and every workbook of this choice that was not: nobody need remember them."""
        more = len(self._refused) - _SHOWN
        rest = [f"另有 {more} 个文件没有接收。"] if more > 0 else []
        lines = [taken, *self._refused[:_SHOWN], *rest]
        tone = Tone.GOOD if not self._refused else Tone.CARE if taken else Tone.BAD
        self.told.emit("\n".join(line for line in lines if line), tone.value)

    def _on_closed(self) -> None:
        """One workbook is done with; the next one follows."""
        if self._waiting:
            self._waiting.popleft()
        if self._waiting and not self._is_closed:
            self._next()

    def _preview(self, dialog: PaperDialog, file: PaperFile, number: int, place: PaperPlace) -> None:
        from services import paper_intake

        def done(shown: PaperPreview) -> None:
            if self.is_open(dialog):
                dialog.show_preview(number, shown)

        def failed(error: BaseException) -> None:
            if isinstance(error, DeskError) and self.is_open(dialog):
                dialog.show_refused(number, error.sentence)
            elif not isinstance(error, DeskError):
                self.parts.door.show(error)

        self.run(lambda _ctx: paper_intake.preview(self.workspace, file, number, place), done, failed)

    def _take(self, dialog: PaperDialog, file: PaperFile, shown: PaperPreview, day: date | None) -> None:
        from services import paper_intake

        who = self.workspace.profile.person_name
        dialog.set_busy(True)

        def done(_filing: object) -> None:
            about = shown.place.project_name or shown.context.unit.name
            self._say(f"已接收“{about}”的 Excel 表（未签名），在“审核”里办理。")
            if self.is_open(dialog):
                dialog.set_busy(False)
                if not dialog.show_taken():
                    dialog.accept()

        def failed(error: BaseException) -> None:
            if self.is_open(dialog):
                dialog.set_busy(False)
            if isinstance(error, DeskError) and self.is_open(dialog):
                dialog.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        self.run(lambda _ctx: paper_intake.take(self.workspace, who, file, shown, day), done, failed)

    # Papers -----------------------------------------------------------------------------------

    def show_unsigned(self) -> None:
        """Open the list of what came unsigned."""
        from ui.bureau.unsigned_dialog import UnsignedDialog

        dialog = UnsignedDialog(self.workspace.today, self.frame)
        self._list = dialog
        dialog.submitted.connect(lambda line, day: self._note(dialog, line, day))
        dialog.finished.connect(lambda _result: self._forget_list())
        self.open_dialog(dialog)
        self.refresh()

    def _forget_list(self) -> None:
        self._list = None

    def _show(self, lines: Sequence[PaperLine]) -> None:
        self.counted.emit(sum(line.awaits_paper for line in lines), len(lines))
        if self._list is not None:
            self._list.set_lines(lines)

    def _note(self, dialog: UnsignedDialog, line: PaperLine, day: date) -> None:
        from services import paper_intake

        who, paper = self.workspace.profile.person_name, line.paper
        dialog.set_busy(True)

        def done(_paper: object) -> None:
            if self.is_open(dialog):
                dialog.set_busy(False)

        def failed(error: BaseException) -> None:
            done(None)
            if isinstance(error, DeskError) and self.is_open(dialog):
                dialog.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        self.run(
            lambda _ctx: paper_intake.paper_came(self.workspace, who, paper.filing_id, paper.version, day),
            done,
            failed,
        )
