"""回执与退回 at the clerk's desk (装入控制): receipts and kits, told apart by their content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.errors import DeskError
from models.domain.message import MessageType
from services import kits, receipts
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.kits import KitOffer
from services.ports.exchange import TrustMaterial
from services.receipts import TakenReceipt
from ui.desks.base import DeskController, DeskParts
from ui.desks.filer_records import inbox_lines
from ui.filer.inbox_view import InboxView
from ui.filer.kit_offer_dialog import KitOfferDialog


class InboxFlow(DeskController):
    """Takes files in (回执与退回); `saved_first` goes on once an open form is kept, so that a kit finds it whole."""

    def __init__(
        self,
        parts: DeskParts,
        saved_first: Callable[[Callable[[], object]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        self._saved_first = saved_first
        self.view = InboxView()
        self.frame.add_page("inbox", self.view)
        self.view.file_chosen.connect(lambda path: self.take(Path(path)))

    def on_change(self, change: ChangeSet) -> None:
        """Messages and kits show here."""
        if change.topics & {Topic.PACKAGES, Topic.KITS}:
            self.refresh()

    def refresh(self) -> None:
        """Read what was taken in."""
        self.run(lambda _ctx: inbox_lines(self.workspace), self.view.set_lines)

    def take(self, path: Path) -> None:
        """Take a file in, whatever it is."""

        def work(_ctx: JobContext) -> KitOffer | TakenReceipt:
            tools = self.workspace.tools
            judged = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False)
            if judged.message_type == MessageType.PARAMETER_KIT.value:
                return kits.look_at_kit(tools, path, self.workspace.current_kit().kit)
            return receipts.take_receipt(self.workspace, path)

        self.run(work, self._on_looked_at, self._on_refused)

    def _on_looked_at(self, found: KitOffer | TakenReceipt) -> None:
        if isinstance(found, TakenReceipt):
            self.view.show_taken(_taken_words(found))
            return
        dialog = KitOfferDialog(found, self.frame)
        dialog.submitted.connect(lambda offer: self._saved_first(lambda: self._take_kit(dialog, offer)))
        self.open_dialog(dialog)

    def _take_kit(self, dialog: KitOfferDialog, offer: KitOffer) -> None:
        words = f"已装入{offer.kit.name}第 {offer.kit.version} 版。"
        self.run_for(
            dialog,
            lambda _ctx: kits.take_kit(self.workspace, offer),
            lambda _none: self.view.show_taken(words),
        )

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            self.view.show_problem(error.sentence)
        else:
            self.parts.door.show(error)


def _taken_words(taken: TakenReceipt) -> str:
    """What taking a receipt in has done."""
    if taken.was_known:
        return "这份回执以前已经装入，没有变化。"
    more = "财政部门签发的签名证书也已装入。" if taken.certificate_taken else ""
    if not taken.filing_count:
        return f"回执已装入；对应的表后来又改过，仍需重新报送。{more}"
    return f"回执已装入，{taken.filing_count} 份表已由财政部门接收。{more}"
