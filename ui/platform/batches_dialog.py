"""Files taken over from the platform (带入记录): each can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.domain.platform_batch import PlatformBatch
from models.domain.platform_mapping import PlatformKind
from ui.theme import Tone, px
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

_STANDS = ChipLook("已带入", Tone.GOOD, "check")
_TAKEN_BACK = ChipLook("已撤回", Tone.PLAIN, "undo")


def _look(batch: PlatformBatch) -> ChipLook:
    return _STANDS if batch.taken_back_at is None else _TAKEN_BACK


def _kinds(batch: PlatformBatch) -> str:
    return "、".join(PlatformKind(kind).label for kind in batch.kinds)


COLUMNS: tuple[Column[PlatformBatch], ...] = (
    Column("文件", lambda batch: batch.file_name, share=1),
    Column("内容", _kinds),
    Column("行数", lambda batch: str(batch.line_count), is_right=True),
    Column("时间", lambda batch: full_time(batch.taken_at)),
    Column("经办人", lambda batch: batch.taken_by),
    Column("状态", lambda batch: _look(batch).word, chip=_look),
)


class BatchesDialog(DeskDialog):
    """Lists what was taken over (带入记录); `submitted` carries the id of the batch to take back."""

    submitted = Signal(str)

    def __init__(self, batches: Sequence[PlatformBatch], parent: QWidget | None = None) -> None:
        super().__init__(
            "一体化带入记录",
            "撤回选中的带入",
            parent,
            intro="撤回后恢复带入以前的内容；带入以后又改过的不动，会列出来。",
        )
        resize_within_screen(self, px(900), px(440))
        self.reject_button.setText("关闭")
        self.table: RecordTable[PlatformBatch] = RecordTable(COLUMNS, row_height=32)
        self.table.setAccessibleName("带入记录")
        self.table.setMinimumHeight(px(180))
        self.body.addWidget(self.table, 1)
        self.accept_button.setEnabled(False)
        self.table.record_chosen.connect(self._on_chosen)
        self.table.set_records(batches)
        if not batches:
            self.show_problem("还没有从一体化带入过。")

    def submit(self) -> None:
        """Ask to take the chosen batch back."""
        batch = self.table.chosen()
        if batch is not None:
            self.submitted.emit(batch.batch_id)

    def _on_chosen(self, batch: object) -> None:
        stands = isinstance(batch, PlatformBatch) and batch.taken_back_at is None
        self.accept_button.setEnabled(stands)
