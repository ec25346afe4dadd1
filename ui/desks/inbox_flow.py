"""回执与退回 at the clerk's desk (装入控制): receipts, returns, approvals and kits, told apart by their content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from forms.kinds import show_date
from models.domain.errors import DeskError
from services import kits
from services.approved_messages import TakenApprovals
from services.changes import ChangeSet, Topic
from services.department.passing_down import TakenForUnit
from services.inbox import Taken, take_in
from services.job import JobContext
from services.kits import KitOffer
from services.receipts import TakenReceipt
from services.returned import TakenSlip
from services.trust_lists import TakenTrust
from ui.desks.base import DeskController, DeskParts
from ui.desks.filer_records import inbox_lines
from ui.filer.inbox_view import InboxView
from ui.filer.kit_offer_dialog import KitOfferDialog
from ui.filer.records import InboxKind, InboxLine


class InboxFlow(DeskController):
    """Takes files in (回执与退回).

    `saved_first` goes on once an open form is kept, so that whatever comes in finds it whole: a slip opens forms for
    changes again, and an approval closes them. `returned_wanted` when a return is opened from the list.
    """

    returned_wanted = Signal()

    def __init__(
        self,
        parts: DeskParts,
        saved_first: Callable[[Callable[[], object]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        self._saved_first = saved_first
        self._coming = 0
        self._told: list[tuple[str, bool]] = []
        self.view = InboxView()
        self.frame.add_page("inbox", self.view)
        self.view.file_chosen.connect(lambda path: self.take(Path(path)))
        self.view.line_opened.connect(self._on_line)

    def _on_line(self, line: InboxLine) -> None:
        """A return leads to the forms that came back; the others have said everything in their line."""
        if line.kind is InboxKind.RETURN:
            self.returned_wanted.emit()

    def on_change(self, change: ChangeSet) -> None:
        """Messages and kits show here."""
        if change.topics & {Topic.PACKAGES, Topic.KITS}:
            self.refresh()

    def refresh(self) -> None:
        """Read what was taken in."""
        self.run(lambda _ctx: inbox_lines(self.workspace), self.view.set_lines)

    def take(self, path: Path) -> None:
        """Take a file in, whatever it is, once what is open is saved."""

        def work(_ctx: JobContext) -> Taken:
            return take_in(self.workspace, path)

        self._saved_first(lambda: self._begin(work))

    def _begin(self, work: Callable[[JobContext], Taken]) -> None:
        """Look at one file; what is told of those that came with it stays beside what is told of it."""
        if not self._coming:
            self._told.clear()
        self._coming += 1
        self.run(work, self._on_looked_at, self._on_refused)

    def _tell(self, sentence: str, *, is_problem: bool = False) -> None:
        self._told.append((sentence, is_problem))
        words = "\n".join(told for told, _ in self._told)
        if any(problem for _, problem in self._told):
            self.view.show_problem(words)
        else:
            self.view.show_taken(words)

    def _on_looked_at(self, found: Taken) -> None:
        self._coming -= 1
        if not isinstance(found, KitOffer):
            self._tell(taken_words(found))
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
        self._coming -= 1
        if isinstance(error, DeskError):
            self._tell(error.sentence, is_problem=True)
        else:
            self.parts.door.show(error)


def taken_words(taken: TakenReceipt | TakenSlip | TakenApprovals | TakenForUnit | TakenTrust) -> str:
    """What taking a file in has done, for people."""
    if isinstance(taken, TakenForUnit):
        before = "以前已经收下" if taken.was_known else "已收下"
        return f"发给{taken.unit_name}的{taken.kind.label}{before}，请在“转交下级”里取出交给该单位。"
    if isinstance(taken, TakenTrust):
        return _trust_words(taken)
    if isinstance(taken, TakenSlip):
        return _slip_words(taken)
    if isinstance(taken, TakenApprovals):
        return _approval_words(taken)
    if taken.was_known:
        return "这份回执以前已经装入，没有变化。"
    if taken.package_count or taken.waiting_count:
        return _carrier_words(taken)
    more = "财政部门签发的签名证书也已装入。" if taken.certificate_taken else ""
    if not taken.filing_count:
        return f"回执已装入；对应的表后来又改过，以改后报送的一版为准，还没有重新报送的请报送。{more}"
    return f"回执已装入，{taken.filing_count} 份表已由财政部门接收。{more}"


def _carrier_words(taken: TakenReceipt) -> str:
    """What a receipt for a department's own package says of the units' packages in it."""
    words = f"汇总报送的回执已装入，财政部门已接收其中 {taken.package_count} 份报送文件"
    if taken.waiting_count:
        words += f"，另有 {taken.waiting_count} 份待核实，请与财政部门联系"
    more = "财政部门签发的签名证书也已装入。" if taken.certificate_taken else ""
    return f"{words}。{more}"


def _trust_words(taken: TakenTrust) -> str:
    """What a list of certificates has brought."""
    if taken.was_known:
        return "本机已有这份或更新的证书名单，没有变化。"
    more = "本单位续期的签名证书也已装入。" if taken.certificate_taken else ""
    root = "财政部门已更换根证书，新的根证书由原来的根证书签认，已装入。" if taken.root_changed else ""
    return f"证书名单已装入。{root}{more}"


def _slip_words(taken: TakenSlip) -> str:
    if taken.was_known and not taken.comment_count:
        return "这份退回修改通知以前已经装入，没有变化。"
    parts = [f"{taken.sender}退回的通知已装入"]
    if taken.reopened:
        parts.append(f"{len(taken.reopened)} 份表已重新打开，意见标在相应位置")
    if taken.kept:
        parts.append(f"{len(taken.kept)} 份表正在修改，已改的内容都保留")
    if taken.newer:
        parts.append(f"{len(taken.newer)} 份表后来又报送过，没有变动")
    by = f"请在{show_date(taken.answer_by)}前修改后重新报送。" if taken.answer_by else ""
    return "；".join(parts) + f"。{by}"


def _approval_words(taken: TakenApprovals) -> str:
    if taken.was_known:
        return "这份批复通知以前已经装入，没有变化。"
    parts = ["批复通知已装入"]
    if taken.approved or not (taken.refused or taken.passed):
        parts = [f"批复通知已装入，{taken.approved} 项已批复"]
    if taken.unfunded:
        parts.append(f"{taken.unfunded} 项未安排预算")
    if taken.refused:
        parts.append(f"{taken.refused} 份表不予通过，打开表可以看到审核意见")
    if taken.passed:
        parts.append(f"{taken.passed} 份表原来不予通过，现已审核通过")
    parts += taken.left
    return "；".join(parts) + "。"
