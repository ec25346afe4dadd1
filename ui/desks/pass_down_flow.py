"""Handing the bureau's messages on at the department's desk (转交下级控制): taken in by folder, put out by unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.changes import ChangeSet, Topic
from services.department.from_bureau import TakenBack, take_back
from services.department.passing_down import UnitMessage, put_out, unit_messages
from services.job import JobContext
from ui.bureau.choosing import choose_files
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.records import WrittenFiles
from ui.department.pass_down_view import PassDownView
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.filer.inbox_view import PACKAGE_FILTER
from ui.jobs import Lane
from ui.theme import Tone
from ui.widgets.file_drop import choose_folder

PAGE = "pass_down"
_SHOWN = 3
"""Refused files told by name; the rest are counted."""


class PassDownFlow(DeskController):
    """The page 转交下级 (转交下级控制); `waiting_counted` tells how many no unit was given yet."""

    waiting_counted = Signal(int)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = PassDownView()
        self.frame.add_page(PAGE, self.view)
        self.view.folder_requested.connect(self._ask_folder)
        self.view.files_requested.connect(self._ask_files)
        self.view.put_out_requested.connect(self._ask_target)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Messages taken in, here or under 回执与退回, show in the list."""
        if Topic.PACKAGES in change.topics:
            self.refresh()

    def refresh(self) -> None:
        """Read anew what is to be handed on."""
        self.run(lambda _ctx: unit_messages(self.workspace), self._show)

    def take(self, paths: Sequence[Path]) -> None:
        """Take files, or what lies in folders, in."""

        def work(ctx: JobContext) -> TakenBack:
            return take_back(self.workspace, paths, ctx)

        self.run(work, self._tell, lane=Lane.LONG)

    def put_out(self, manifests: tuple[str, ...], folder: Path) -> None:
        """Write the chosen messages into a folder."""

        def work(ctx: JobContext) -> tuple[Path, ...]:
            return put_out(self.workspace, manifests, folder, ctx)

        self.run(work, partial(self._tell_written, folder), lane=Lane.LONG)

    def _show(self, items: tuple[UnitMessage, ...]) -> None:
        self.view.set_items(items)
        self.waiting_counted.emit(sum(item.is_waiting for item in items))

    def _tell(self, result: TakenBack) -> None:
        names = "".join(f"\n{name}：{why}" for name, why in result.refused[:_SHOWN])
        more = len(result.refused) - _SHOWN
        rest = f"\n另有 {more} 份" if more > 0 else ""
        is_good = bool(result.for_units or result.own) and not result.refused
        self.view.notice.show_notice(result.sentence + names + rest, Tone.GOOD if is_good else Tone.CARE)

    def _tell_written(self, folder: Path, paths: tuple[Path, ...]) -> None:
        sentence = "每个单位一个文件夹，交给各单位装入即可；文件与财政部门签发的完全一样。"
        dialog = FilesDialog(WrittenFiles("已按单位取出", sentence, folder, paths), self.frame)
        dialog.folder_requested.connect(open_outside)
        self.open_dialog(dialog)

    def _ask_folder(self) -> None:
        choose_folder(self.frame, "选择财政部门交回文件的文件夹", lambda path: self.take([Path(path)]))

    def _ask_files(self) -> None:
        choose_files(
            self.frame,
            "选择财政部门交回的文件",
            PACKAGE_FILTER,
            lambda paths: self.take([Path(path) for path in paths]),
        )

    def _ask_target(self, manifests: tuple[str, ...]) -> None:
        choose_folder(self.frame, "转交的文件取出到文件夹", lambda path: self.put_out(manifests, Path(path)))
