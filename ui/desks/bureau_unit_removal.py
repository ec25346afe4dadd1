"""Taking a unit out of the register (移除单位控制): asked first, told with a way back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError
from models.domain.project import Unit
from services import unit_removal
from services.unit_removal import RemovedUnit
from ui.desks.base import DeskController, DeskParts
from ui.theme import Tone
from ui.widgets.confirm_dialog import ConfirmDialog


class UnitRemovalFlow(DeskController):
    """Removes units (移除单位); `removed` (sentence) can be undone, `told` (sentence, tone) cannot."""

    removed = Signal(str)
    told = Signal(str, str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._last: RemovedUnit | None = None

    def ask(self, unit: Unit) -> None:
        """Say what would go with the unit and ask; one that must stay is told at once."""
        self.run(
            lambda _ctx: unit_removal.look_at_removal(self.workspace, unit.code),
            self._confirm,
            self._on_refused,
        )

    def undo(self) -> None:
        """Put the unit removed last back."""
        last, self._last = self._last, None
        if last is None:
            return
        self.run(
            lambda _ctx: unit_removal.put_back(self.workspace, last),
            lambda _none: self.told.emit(f"已把{last.unit.name}放回单位名录。", Tone.GOOD.value),
        )

    def _confirm(self, found: RemovedUnit) -> None:
        unit, count = found.unit, len(found.entries)
        lines = f"项目名录里它的 {count} 个项目一并移除。" if count else ""
        text = (
            f"把 {unit.code} {unit.name} 从单位名录里移除。{lines}"
            "已经下发的任务参数包不变；下一次下发时不再包含这个单位。移除后可以立即撤销。"
        )
        dialog = ConfirmDialog("移除单位", text, "移除", self.frame, danger=True)
        dialog.confirmed.connect(lambda: self._remove(unit.code))
        self.open_dialog(dialog)

    def _remove(self, code: str) -> None:
        self.run(
            lambda _ctx: unit_removal.remove_unit(self.workspace, code), self._on_removed, self._on_refused
        )

    def _on_removed(self, removed: RemovedUnit) -> None:
        self._last = removed
        lines = f"和它的 {len(removed.entries)} 个项目" if removed.entries else ""
        self.removed.emit(f"已移除{removed.unit.name}{lines}。")

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            self.told.emit(error.sentence, Tone.CARE.value)
        else:
            self.parts.door.show(error)
