"""What goes back down to the units (退回修改通知、批复通知): chosen, signed, written to a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from models.domain.money import AmountUnit, format_amount
from services.job import JobContext
from services.ports.exchange import UnlockedKey
from services.ports.store import PackageRecord
from services.review import approval_messages, return_slips
from services.review.approval_messages import Approved
from services.review.return_slips import Returned
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.message_choice_dialog import MessageChoiceDialog, MessageLine
from ui.bureau.records import WrittenFiles
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.letter_flow import ABOUT_APPROVED, ABOUT_RETURNED, LetterFlow, Letters
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder
from ui.widgets.progress_panel import ProgressDialog


@dataclass(frozen=True)
class _Kind:
    """What differs between the two messages."""

    name: str
    intro: str
    issue: Callable[..., list[PackageRecord]]
    letter: Letters


_SORTED = "，每个单位一个文件夹"

_SLIPS = _Kind(
    "退回修改通知",
    "每个单位一个通知文件，带电子签名。单位装入后，退回的表重新打开，意见标在相应位置。",
    return_slips.issue_return_slips,
    ABOUT_RETURNED,
)
_NOTICES = _Kind(
    "批复通知",
    "每个单位一个通知文件，带电子签名。单位装入后，绩效目标按批复生效；不予通过的另成一个文件，单位装入后看到理由。",
    approval_messages.issue_notices,
    ABOUT_APPROVED,
)


class MessagesFlow(DeskController):
    """Writes return slips and approval notices (下发通知控制)."""

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access
        self._letters = {about: LetterFlow(parts, about, self) for about in (ABOUT_RETURNED, ABOUT_APPROVED)}

    def close(self) -> None:
        """Let the letters go as well."""
        for flow in self._letters.values():
            flow.close()
        super().close()

    def return_letters(self) -> None:
        """Letters about everything that is returned now."""
        self._letters[ABOUT_RETURNED].ask(partial(return_slips.all_returned, self.workspace))

    def approval_letters(self, years: Sequence[int]) -> None:
        """Letters about everything approved for these budget years, whether its unit was told or not."""

        def find() -> list[Approved]:
            return [item for year in years for item in approval_messages.all_approved(self.workspace, year)]

        self._letters[ABOUT_APPROVED].ask(find)

    def slips(self) -> None:
        """Return slips for what was returned and not told yet."""
        self.run(
            lambda _ctx: [_returned_line(item) for item in return_slips.waiting_for_slip(self.workspace)],
            lambda lines: self._choose(_SLIPS, lines),
        )

    def notices(self, years: Sequence[int]) -> None:
        """Approval notices of these budget years for what was approved and not told yet."""

        def read(_ctx: JobContext) -> list[MessageLine]:
            found = [
                item for year in years for item in approval_messages.waiting_for_notice(self.workspace, year)
            ]
            return [_approved_line(item) for item in found]

        self.run(read, lambda lines: self._choose(_NOTICES, lines))

    def _choose(self, kind: _Kind, lines: Sequence[MessageLine]) -> None:
        if not lines:
            self.frame.notice.show_notice(f"没有要生成{kind.name}的，各单位都已通知到。")
            return
        dialog = MessageChoiceDialog(f"生成{kind.name}", kind.intro, lines, self.frame)

        def submitted(records: tuple[Any, ...]) -> None:
            dialog.accept()
            why = f"生成{kind.name}要用签名密码。"
            self._access.need_signature(why, partial(self._ask_folder, kind, records))

        dialog.submitted.connect(submitted)
        self.open_dialog(dialog)

    def _ask_folder(self, kind: _Kind, records: tuple[Any, ...], key: UnlockedKey) -> None:
        choose_folder(
            self.frame,
            f"{kind.name}存到文件夹",
            lambda folder: self._write(kind, records, key, Path(folder)),
        )

    def _write(self, kind: _Kind, records: tuple[Any, ...], key: UnlockedKey, folder: Path) -> None:
        progress = ProgressDialog(f"正在生成{kind.name}", self.frame, counter="个")

        def done(written: list[PackageRecord]) -> None:
            progress.finish()
            files = tuple(Path(record.source_path or record.file_name) for record in written)
            sentence = f"已生成 {len(written)} 个{kind.name}{_SORTED if len(written) > 1 else ''}，交回各单位装入即可。"
            dialog = FilesDialog(WrittenFiles(f"{kind.name}已写入", sentence, folder, files), self.frame)
            dialog.folder_requested.connect(open_outside)
            about = [one for one in records if getattr(one, "result", None) is None]
            if about:
                self._offer_letters(dialog, kind.letter, about, folder)
            self.open_dialog(dialog)

        def failed(error: BaseException) -> None:
            progress.finish()
            self.parts.door.show(error)

        def stopped() -> None:
            progress.finish()
            self.frame.notice.show_notice("已停止。已写入的通知有效，其余的可以再次生成。")

        job = self.run(
            lambda ctx: kind.issue(self.workspace, records, key, folder, ctx, is_sorted=True),
            done,
            failed,
            progress=progress.set_progress,
            cancelled=stopped,
            lane=Lane.LONG,
        )
        progress.cancel_requested.connect(job.cancel)
        self.open_dialog(progress)

    def _offer_letters(
        self, dialog: FilesDialog, about: Letters, records: Sequence[Any], folder: Path
    ) -> None:
        """The official letter beside the messages, for whoever has to send one."""

        def ask() -> None:
            dialog.accept()
            self._letters[about].ask(lambda: records, folder)

        dialog.offer(f"出具{about.kind.name}…", "report", ask)


def _returned_line(item: Returned) -> MessageLine:
    count = len(item.comments)
    said = "；".join(part for part in (f"意见 {count} 条" if count else "", item.decision.opinion) if part)
    return MessageLine(item.unit.name, item.subject, item.title, said, item)


def _approved_line(item: Approved) -> MessageLine:
    approval = item.approval
    if item.result is not None:
        said = "：".join(part for part in (item.word, item.result.opinion) if part)
    elif approval is None:
        said = item.word
    else:
        amount = approval.amount_fen
        shown = f"　{format_amount(amount, AmountUnit.WAN_YUAN)} 万元" if amount is not None else ""
        said = f"{approval.document_number}{shown}"
    return MessageLine(item.unit.name, item.subject, item.title, said, item, is_apart=item.result is not None)
