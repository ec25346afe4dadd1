"""The window of first start (首次使用窗口): its pages in the order the answers ask for, Back always works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.domain.project import departments_of
from services.setup import BureauSetup
from services.workspaces import DeskRole
from ui.first_start.builtin_page import BuiltinPage
from ui.first_start.bureau_keys_page import BureauKeyPage, BureauRootPage
from ui.first_start.bureau_page import BureauPage
from ui.first_start.kit_page import KitPage
from ui.first_start.notice_page import NoticePage
from ui.first_start.practice_page import PracticePage
from ui.first_start.records import BuiltinStart, PracticeStart, UnitStart
from ui.first_start.role_page import RolePage
from ui.first_start.sign_page import SignPage
from ui.first_start.step_page import StepPage
from ui.first_start.unit_page import UnitPage
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import PAGE_KEYS, scroll
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Mark
from ui.widgets.placing import resize_within_screen
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.signing_means import SigningMeans

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit
    from services.kits import KitOffer


class FirstStartWindow(QWidget):
    """First start (首次使用).

    `min_password_length` and `working_year` are policy and clock of whoever opens it. Each way ends in
    one signal with a typed record; the window then waits in its busy state until it is closed, or
    `show_problem` gives the page back with everything that was typed.
    """

    notice_acknowledged = Signal()
    kit_file_chosen = Signal(object)
    unit_ready = Signal(object)
    builtin_ready = Signal(object)
    bureau_ready = Signal(object)
    practice_requested = Signal(object)
    existing_chosen = Signal(object)
    closed = Signal()

    def __init__(self, min_password_length: int, working_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setWindowTitle("首次使用")
        self.setMinimumSize(720, 480)
        resize_within_screen(self, px(940), px(680))
        self.notice_page = NoticePage()
        self.role_page = RolePage()
        self.kit_page = KitPage()
        self.unit_page = UnitPage()
        self.sign_page = SignPage(min_password_length)
        self.builtin_page = BuiltinPage()
        self.bureau_page = BureauPage(working_year)
        self.bureau_root_page = BureauRootPage(min_password_length)
        self.bureau_key_page = BureauKeyPage(min_password_length, self.bureau_root_page.root.password)
        self.bureau_root_page.changed.connect(self.bureau_key_page.judge)
        self.practice_page = PracticePage()
        self.progress = ProgressPanel("", counter="步")
        self.progress.cancel_button.hide()
        self._trail: list[StepPage] = [self.notice_page]
        self._is_busy = False
        self.stack = QStackedWidget()
        self._frames: dict[StepPage, QScrollArea] = {}
        for page in self._pages():
            self._frames[page] = scroll(page)
            self.stack.addWidget(self._frames[page])
            page.changed.connect(self._judge)
        self._problem = paragraph("", "problem")
        self.practice_label = label("演示数据", "care")
        self.back_button = button("上一步", clicked=self.go_back)
        self.next_button = button("", "primary", clicked=self.go_on)
        self._lay_out()
        self.role_page.existing_requested.connect(lambda path: self.existing_chosen.emit(Path(path)))
        self.kit_page.file_chosen.connect(self._on_kit_file)
        self.kit_page.without_kit_requested.connect(lambda: self._show(self.builtin_page))
        self.unit_page.table.record_opened.connect(lambda _unit: self.go_on())
        for means in self.all_means():
            means.chooser.told.connect(self._say)
        self._bring(self.notice_page)

    def all_means(self) -> tuple[SigningMeans, ...]:
        """The places where one chooses between a password and a token."""
        return self.sign_page.means, self.bureau_key_page.means

    def set_builtin_kits(self, kits: Sequence[ParameterKit]) -> None:
        """The built-in kits for those without one."""
        self.builtin_page.set_kits(kits)

    def set_offer(self, offer: KitOffer) -> None:
        """The kit file was read: show it and offer its units."""
        self.kit_page.set_offer(offer)
        self._mark_practice()
        self._offer_units()
        self.set_idle()

    def _offer_units(self) -> None:
        """The register's units, or its departments where one was asked for."""
        offer = self.kit_page.offer()
        if offer is not None:
            is_department = self.role_page.department.is_chosen()
            units = departments_of(offer.kit.units) if is_department else offer.kit.units
            self.unit_page.set_units(units)

    def skip_notice(self) -> None:
        """The notice was acknowledged on this machine before."""
        self._trail = [self.role_page]
        self._bring(self.role_page)

    def set_busy(self, text: str) -> None:
        """Something is being done: show what, and let nothing be pressed twice."""
        self._is_busy = True
        self._say("")
        self.progress.begin(text)
        self.progress.show()
        self.stack.setEnabled(False)
        self._judge()

    def set_progress(self, done: int, total: int, text: str) -> None:
        """Tell a step of what is being done."""
        self.progress.set_progress(done, total, text)

    def set_idle(self) -> None:
        """It is done."""
        self._is_busy = False
        self.progress.hide()
        self.stack.setEnabled(True)
        self._judge()
        if self.focusWidget() is None:
            self._focus_page()

    def show_problem(self, sentence: str) -> None:
        """It did not work: say why; everything typed is still there."""
        self.set_idle()
        self._say(sentence)

    def problem(self) -> str:
        """What is shown to be wrong."""
        return self._problem.text()

    def current_page(self) -> StepPage:
        """The page in front."""
        return self._trail[-1]

    def go_on(self) -> None:
        """Next page, or hand over what was typed."""
        page = self.current_page()
        if self._is_busy or not page.is_complete():
            return
        if page is self.notice_page:
            self.notice_acknowledged.emit()
        if page is self.role_page:
            self._offer_units()
        following = self._following(page)
        if following is not None:
            self._show(following)
        else:
            self._hand_over(page)

    def go_back(self) -> None:
        """The page before; what was typed stays."""
        if len(self._trail) > 1 and not self._is_busy:
            self._trail.pop()
            self._bring(self.current_page())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on (or presses the button it is on), Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() in PAGE_KEYS:
            self._frames[self.current_page()].keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nobody waits here any more."""
        super().closeEvent(event)
        self.closed.emit()

    def _pages(self) -> tuple[StepPage, ...]:
        return (
            self.notice_page,
            self.role_page,
            self.kit_page,
            self.unit_page,
            self.sign_page,
            self.builtin_page,
            self.bureau_page,
            self.bureau_root_page,
            self.bureau_key_page,
            self.practice_page,
        )

    def _following(self, page: StepPage) -> StepPage | None:
        if page is self.role_page:
            if self.role_page.practice.is_chosen():
                return self.practice_page
            return self.bureau_page if self.role_page.bureau.is_chosen() else self.kit_page
        return {
            self.notice_page: self.role_page,
            self.kit_page: self.unit_page,
            self.unit_page: self.sign_page,
            self.bureau_page: self.bureau_root_page,
            self.bureau_root_page: self.bureau_key_page,
        }.get(page)

    def _hand_over(self, page: StepPage) -> None:
        role = DeskRole.DEPARTMENT if self.role_page.department.is_chosen() else DeskRole.FILER
        if page is self.sign_page:
            offer, unit = self.kit_page.offer(), self.unit_page.unit()
            if offer is not None and unit is not None:
                sign = self.sign_page
                start = UnitStart(offer, unit, sign.person_name(), sign.means.secret(), role)
                self.unit_ready.emit(start)
        elif page is self.builtin_page:
            kit, typed = self.builtin_page.kit(), self.builtin_page.unit()
            if kit is not None:
                self.builtin_ready.emit(BuiltinStart(kit, typed, typed.contact_name, role))
        elif page is self.bureau_key_page:
            self.bureau_ready.emit(self._bureau())
        elif page is self.practice_page:
            self.practice_requested.emit(PracticeStart(self.practice_page.role()))

    def _bureau(self) -> BureauSetup:
        """What a bureau typed on its pages."""
        facts = self.bureau_page
        code, name, person = (edit.text().strip() for edit in (facts.code, facts.name, facts.person))
        root, secret = self.bureau_root_page.root.password(), self.bureau_key_page.means.secret()
        return BureauSetup(code, name, person, facts.year.value(), root, secret)

    def _show(self, page: StepPage) -> None:
        self._trail.append(page)
        self._bring(page)

    def _mark_practice(self) -> None:
        """Mark the pages that go on with a practice kit, no others."""
        offer = self.kit_page.offer()
        goes_on = self.kit_page in self._trail and self.builtin_page not in self._trail
        self.practice_label.setVisible(goes_on and offer is not None and offer.kit.is_practice)

    def _bring(self, page: StepPage) -> None:
        self._say("")
        self._mark_practice()
        self.stack.setCurrentWidget(self._frames[page])
        self.next_button.setText(page.next_text)
        self._judge()
        self._focus_page()

    def _focus_page(self) -> None:
        """The keyboard at the page's first control; at the button that goes on where there is none."""
        control = self.current_page().first_control() or self.next_button
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        self.next_button.setEnabled(not self._is_busy and self.current_page().is_complete())
        self.back_button.setEnabled(not self._is_busy)
        self.back_button.setVisible(len(self._trail) > 1)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _on_kit_file(self, path: object) -> None:
        self._say("")
        self.kit_file_chosen.emit(path)

    def _lay_out(self) -> None:
        picture = Mark(24)
        top = QFrame()
        top.setProperty("role", "topbar")
        brand = QHBoxLayout(top)
        brand.setContentsMargins(24, 0, 24, 0)
        brand.addWidget(picture)
        brand.addWidget(label("预算绩效工作台", "brand"))
        brand.addStretch(1)
        brand.addWidget(self.practice_label)
        self.practice_label.hide()
        foot = QFrame()
        foot.setProperty("role", "foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(24, 11, 24, 11)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.next_button)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 20, 18, 12)
        inside.setSpacing(10)
        inside.addWidget(self.stack, 1)
        inside.addWidget(self.progress)
        inside.addWidget(self._problem)
        self.progress.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(inside, 1)
        column.addWidget(foot)
