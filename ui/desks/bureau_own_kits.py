"""Own kits taken back at the bureau's desk (取回已下发的参数包控制)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError
from services import own_kits
from services.job import JobContext
from services.own_kits import OwnKit
from ui.bureau.own_kit_dialog import OwnKitDialog
from ui.desks.base import DeskController, DeskParts
from ui.theme import Tone
from ui.widgets.file_drop import choose_file

KIT_FILTER = "任务参数包 (*.asice)"


def forgotten_words(found: Sequence[OwnKit]) -> str:
    """What a restored backup does not know any more."""
    versions = "、".join(f"第 {one.kit.version} 版" for one in reversed(found))
    return f"本机留有已下发的任务参数包（{versions}），数据是从更早的备份恢复的。请取回，否则按它填报的文件不能接收。"


class OwnKitFlow(DeskController):
    """Takes the bureau's own kits back (取回); `told` (sentence, tone), `forgotten_found` (sentence)."""

    told = Signal(str, str)
    forgotten_found = Signal(str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)

    def choose(self) -> None:
        """Choose the file of a kit that was issued."""
        choose_file(
            self.frame, "选择本局下发过的任务参数包", KIT_FILTER, lambda path: self.look_at(Path(path))
        )

    def look_at(self, path: Path) -> None:
        """Judge a file and show what it would bring."""

        def work(_ctx: JobContext) -> Sequence[OwnKit]:
            return (own_kits.look_at_own_kit(self.workspace, path),)

        def take(found: OwnKit) -> Callable[[JobContext], object]:
            return lambda _ctx: own_kits.take_own_kit(self.workspace, found)

        self.run(work, lambda found: self._ask(found, take(found[0])), self._on_refused)

    def look_for_forgotten(self) -> None:
        """Tell of kits whose files are here while the database has never heard of them."""

        def show(found: Sequence[OwnKit]) -> None:
            if found:
                self.forgotten_found.emit(forgotten_words(found))

        self.run(lambda _ctx: own_kits.forgotten_kits(self.workspace), show)

    def take_forgotten(self) -> None:
        """Show the newest of them and take all."""

        def show(found: Sequence[OwnKit]) -> None:
            if found:
                self._ask(found, lambda _ctx: own_kits.take_forgotten(self.workspace))

        self.run(lambda _ctx: own_kits.forgotten_kits(self.workspace), show)

    def _ask(self, found: Sequence[OwnKit], work: Callable[[JobContext], object]) -> None:
        newest = found[0]
        dialog = OwnKitDialog(newest, len(found) - 1, self.frame)
        told = f"已取回第 {newest.kit.version} 版任务参数包。"
        if newest.clashes:
            told += f"请再下发一次（第 {newest.kit.version + 1} 版），使各单位一致。"
        tone = Tone.CARE if newest.clashes else Tone.GOOD
        dialog.submitted.connect(
            lambda: self.run_for(dialog, work, lambda _done: self.told.emit(told, tone.value))
        )
        self.open_dialog(dialog)

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            self.told.emit(error.sentence, Tone.CARE.value)
        else:
            self.parts.door.show(error)
