"""生成报送文件 (sealing): choose, check and sign, watch, done; nothing is lost when a step fails."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.filer.records import SealLine, SealOutcome, SealSigner
from ui.filer.seal_choose_page import SealChoosePage
from ui.filer.seal_progress_page import SealProgressPage
from ui.filer.seal_result_page import SealResultPage
from ui.filer.seal_sign_page import SealSignPage
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

CHOOSE, SIGN, PROGRESS, RESULT = range(4)
FORGOTTEN = "忘记密码时，可在“设置”里更换签名，填过的表不受影响。"
_TITLES = ("选择要报送的表", "核对并签名", "正在生成", "报送文件已生成")


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What to seal (生成报送文件的要求): filings, folder, signing password."""

    filing_ids: tuple[str, ...]
    folder: Path
    password: str


class SealDialog(QDialog):
    """The four pages of sealing (生成报送文件)."""

    seal_requested = Signal(object)
    cancel_requested = Signal()
    folder_chosen = Signal(object)
    filing_requested = Signal(str, str)
    cover_requested = Signal(object)
    open_folder_requested = Signal(object)
    forms_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("生成报送文件")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        resize_within_screen(self, px(900), px(580))
        self.title_label = label(_TITLES[CHOOSE], "title")
        self.step_label = label("", "subtitle")
        self.choose_page = SealChoosePage()
        self.sign_page = SealSignPage()
        self.progress_page = SealProgressPage()
        self.result_page = SealResultPage()
        self.stack = QStackedWidget()
        for page in (self.choose_page, scroll(self.sign_page), self.progress_page, scroll(self.result_page)):
            self.stack.addWidget(page)
        self._problem = paragraph("", "problem")
        self.back_button = button("上一步", clicked=self._on_back)
        self.close_button = button("取消", clicked=self.close)
        self.next_button = button("下一步", "primary", clicked=self._on_next)
        self._lay_out()
        self.next_button.setDefault(True)
        self.choose_page.table.setFocus()
        self._connect()
        self._show(CHOOSE)

    def set_candidates(self, lines: Sequence[SealLine], wanted: Collection[str] = ()) -> None:
        """What could be sealed; `wanted` ticks only these filings."""
        self.choose_page.set_lines(lines, wanted)

    def set_exempted(self, count: int) -> None:
        """How many forms the unit need not file; the list goes along, or alone."""
        self.choose_page.set_exempted(count)

    def set_obstacle(self, sentence: str) -> None:
        """Why this desk cannot seal at all, "" when it can."""
        self.choose_page.set_obstacle(sentence)

    def set_signer(self, signer: SealSigner | None) -> None:
        """Who will sign."""
        self.sign_page.set_signer(signer)

    def set_target(self, folder: Path | None, free_bytes: int | None, problem: str = "") -> None:
        """Where to, and how much room is there; `problem` says why a folder cannot be used."""
        self.sign_page.set_target(folder, free_bytes, problem)

    def set_password_hint(self, hint: str) -> None:
        """What stands in the empty password field (the practice desks tell theirs)."""
        self.sign_page.password.setPlaceholderText(hint)

    def set_steps(self, names: Sequence[str]) -> None:
        """Names of the steps, for the progress page."""
        self.progress_page.set_steps(names)

    def set_progress(self, done: int, total: int, text: str) -> None:
        """Tell a step."""
        self.progress_page.set_progress(done, total, text)

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """Back to the password, with the wait counted down."""
        self._show(SIGN)
        self.sign_page.wait.start(sentence, wait_seconds, "" if self.sign_page.uses_token else FORGOTTEN)
        self.sign_page.password.selectAll()
        self.sign_page.password.setFocus()
        self._judge()

    def show_failure(self, sentence: str) -> None:
        """It did not work: say why; everything chosen is still there."""
        self._show(SIGN)
        self._say(sentence)

    def show_cancelled(self) -> None:
        """It was stopped; nothing was written."""
        self._show(SIGN)
        self._say("已停止，没有生成文件。")

    def show_result(self, outcome: SealOutcome) -> None:
        """The file is there and verified."""
        self.sign_page.password.clear()
        self.result_page.set_outcome(outcome)
        self._show(RESULT)

    def problem(self) -> str:
        """What is shown to be wrong."""
        return self._problem.text()

    def closeEvent(self, event: QCloseEvent) -> None:
        """While the file is being made, closing asks to stop instead."""
        if self.stack.currentIndex() == PROGRESS:
            event.ignore()
            self.progress_page.panel.cancel_button.click()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        """Esc and 取消: close, or ask to stop while the file is being made."""
        if self.stack.currentIndex() == PROGRESS:
            self.progress_page.panel.cancel_button.click()
        else:
            self.sign_page.wait.stop()
            super().reject()

    def _lay_out(self) -> None:
        foot = QFrame()
        foot.setProperty("role", "foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(22, 11, 22, 11)
        for item in (self.close_button, self.back_button, self.next_button):
            buttons.addWidget(item)
        buttons.insertStretch(0, 1)
        head = QHBoxLayout()
        head.addWidget(self.title_label)
        head.addStretch(1)
        head.addWidget(self.step_label)
        inside = QVBoxLayout()
        inside.setContentsMargins(22, 16, 22, 10)
        inside.setSpacing(12)
        inside.addLayout(head)
        inside.addWidget(self.stack, 1)
        inside.addWidget(self._problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.choose_page.changed.connect(self._judge)
        self.choose_page.filing_requested.connect(self.filing_requested)
        self.sign_page.changed.connect(self._judge)
        self.sign_page.folder_chosen.connect(self.folder_chosen)
        self.progress_page.cancel_requested.connect(self.cancel_requested)
        self.result_page.cover_requested.connect(self.cover_requested)
        self.result_page.folder_requested.connect(self.open_folder_requested)
        self.result_page.forms_requested.connect(self.forms_requested)

    def _show(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        self.title_label.setText(_TITLES[page])
        self.step_label.setText(f"第 {page + 1} 步，共 3 步" if page < RESULT else "")
        self.back_button.setVisible(page == SIGN)
        self.next_button.setText({CHOOSE: "下一步", SIGN: "生成报送文件"}.get(page, "完成"))
        self.next_button.setVisible(page != PROGRESS)
        self.close_button.setVisible(page in (CHOOSE, SIGN))
        self._say("")
        self._judge()

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _judge(self) -> None:
        page = self.stack.currentIndex()
        ready = {CHOOSE: self.choose_page.is_complete, SIGN: self.sign_page.is_complete}.get(page)
        self.next_button.setEnabled(ready() if ready is not None else True)

    def _on_back(self) -> None:
        self._show(CHOOSE)

    def _on_next(self) -> None:
        page = self.stack.currentIndex()
        if page == CHOOSE:
            self.sign_page.set_chosen(self.choose_page.chosen())
            self._show(SIGN)
            self.sign_page.password.setFocus()
        elif page == SIGN:
            self._seal()
        else:
            self.close()

    def _seal(self) -> None:
        folder = self.sign_page.target()
        if folder is None:
            return
        self.sign_page.wait.stop()
        chosen = tuple(line.filing_id for line in self.choose_page.chosen())
        self.progress_page.begin()
        self._show(PROGRESS)
        self.seal_requested.emit(SealRequest(chosen, folder, self.sign_page.password.text()))
