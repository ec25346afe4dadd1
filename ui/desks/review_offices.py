"""Offices at the review page (股室审核控制): reassigning, and the opinion sheets of offices without the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.desk_user import DeskUser
from services import people
from services.job import JobContext
from services.review.deciding import BulkResult
from services.review.opinion_sheet import waiting_offices, write_sheet
from services.review.opinion_sheet_back import OpinionPreview, OpinionRow, read_sheet
from services.review.opinion_sheet_merging import merge_sheet
from services.review.queue import QueueLine
from services.review.reassigning import Target, offices, reassign_filings, reassign_unit
from ui.bureau.bulk_decision_dialog import BulkResultDialog
from ui.bureau.choosing import choose_files
from ui.bureau.opinion_sheet_dialogs import OfficeChoiceDialog, OpinionPreviewDialog
from ui.bureau.reassign_dialog import ReassignDialog
from ui.bureau.records import WrittenFiles
from ui.desks.base import DeskController, DeskParts
from ui.desks.bulk_review import name_of
from ui.widgets.file_drop import choose_folder

WORKBOOKS = "Excel 工作簿 (*.xlsx *.xlsm)"
NOTHING_TICKED = "请先在左边的列表里勾选要改派的表。"
NOTHING_WAITS = "现在没有等业务股室审核的表。"


class OfficesFlow(DeskController):
    """Reassigns and exchanges opinion sheets (股室审核控制); `told` says what became of it, `written` which files are there."""

    told = Signal(str)
    written = Signal(object)

    def __init__(self, parts: DeskParts, who: Callable[[], DeskUser], parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._who = who

    # Reassigning ------------------------------------------------------------------------------

    def reassign(self, lines: Sequence[QueueLine]) -> None:
        """Ask to whom the ticked filings go."""
        if not lines:
            self.told.emit(NOTHING_TICKED)
            return
        seen = [(line.filing.filing_id, line.file.revision) for line in lines]
        names = {line.filing.filing_id: name_of(line) for line in lines}
        what = f"勾选的 {len(lines)} 份表" if len(lines) > 1 else name_of(lines[0])

        def work(target: Target) -> BulkResult:
            return reassign_filings(self.workspace, self._who(), seen, target)

        self._ask("改派", f"{what}改由谁审核？已审的意见不变，以后报送的新版也归改派后的股室。", work, names)

    def reassign_unit(self, line: QueueLine | None) -> None:
        """Ask to whom everything of the unit one stands at goes."""
        if line is None:
            self.told.emit("请先在左边的列表里选中这个单位的一份表。")
            return
        unit = line.unit
        what = f"{unit.name}现在待审的和以后报送的表都改由谁审核？单独改派过的表不变。"

        def work(target: Target) -> BulkResult:
            reassign_unit(self.workspace, self._who(), unit.code, target)
            return BulkResult((unit.code,), ())

        self._ask("按单位改派", what, work, {})

    def _ask(
        self, title: str, what: str, work: Callable[[Target], BulkResult], names: dict[str, str]
    ) -> None:
        def show(known: tuple[tuple[str, ...], tuple[DeskUser, ...]]) -> None:
            dialog = ReassignDialog(title, what, *known, self.frame)

            def done(result: BulkResult) -> None:
                self._tell_result(result, names, "已改派。")

            dialog.submitted.connect(lambda target: self.run_for(dialog, lambda _ctx: work(target), done))
            self.open_dialog(dialog)

        self.run(lambda _ctx: (offices(self.workspace), tuple(people.people(self.workspace))), show)

    # Sheets -----------------------------------------------------------------------------------

    def sheet_out(self, current: str) -> None:
        """Ask for which office, then where the sheet is to be written."""

        def show(found: tuple[tuple[str, int], ...]) -> None:
            if not found:
                self.told.emit(NOTHING_WAITS)
                return
            dialog = OfficeChoiceDialog(found, current, self.frame)

            def submitted(office: str) -> None:
                dialog.accept()
                choose_folder(
                    self.frame, "审核意见表写到文件夹", lambda chosen: self._write(office, Path(chosen))
                )

            dialog.submitted.connect(submitted)
            self.open_dialog(dialog)

        self.run(lambda _ctx: waiting_offices(self.workspace), show)

    def _write(self, office: str, folder: Path) -> None:
        who = self._who()

        def work(_ctx: JobContext) -> Path:
            return write_sheet(self.workspace, who, office, folder)

        def done(path: Path) -> None:
            said = "请交给股室填写，填好后用“收回审核意见表…”登记。"
            self.written.emit(WrittenFiles(f"已生成{office}的审核意见表", said, folder, (path,)))

        self.run(work, done)

    def sheet_back(self) -> None:
        """Ask for the sheet that came back; what it would change is shown before anything is noted."""
        choose_files(
            self.frame, "选择股室填好的审核意见表", WORKBOOKS, lambda paths: self._read(Path(paths[0]))
        )

    def _read(self, path: Path) -> None:
        def show(preview: OpinionPreview) -> None:
            dialog = OpinionPreviewDialog(preview, self.frame)
            who = self._who()

            def submitted(rows: Sequence[OpinionRow]) -> None:
                names = {item.filing_id: item.name for item in rows}
                self.run_for(
                    dialog,
                    lambda _ctx: merge_sheet(self.workspace, who, preview, rows),
                    lambda result: self._tell_result(
                        result, names, f"已登记{preview.office}的审核意见 {len(result.decided)} 份。"
                    ),
                )

            dialog.submitted.connect(submitted)
            self.open_dialog(dialog)

        self.run(lambda _ctx: read_sheet(self.workspace, path), show)

    def _tell_result(self, result: BulkResult, names: dict[str, str], said: str) -> None:
        """A sentence when everything went well, else what was left alone and why."""
        if result.refused:
            told = [(names.get(filing_id, filing_id), why) for filing_id, why in result.refused]
            self.open_dialog(BulkResultDialog(len(result.decided), told, self.frame))
        else:
            self.told.emit(said)
