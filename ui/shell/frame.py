"""The main window (主窗口): the frame both desks live in; it shows pages and knows nothing of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.shell.side_navigation import SideNavigation
from ui.shell.status_strip import StatusStrip
from ui.shell.top_bar import TopBar
from ui.widgets.dialog import scroll
from ui.widgets.labels import label
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.placing import resize_within_screen
from ui.widgets.shortcuts import add_shortcut

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from ui.shell.records import DeskIdentity, NavigationItem

PRACTICE_WORDS = "演示数据：单位、项目和金额都是虚构的，只供练习，不能作为报送依据。"


class _Pages(QStackedWidget):
    """The pages of a desk (页面堆叠): as high as the one in front needs, whatever those behind it need."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """What the page in front needs."""
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Whether the page in front has text that wraps."""
        front = self.currentWidget()
        return front is not None and front.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """What the page in front needs at a width."""
        front = self.currentWidget()
        return front.heightForWidth(width) if front is not None and front.hasHeightForWidth() else -1


class DeskFrame(QMainWindow):
    """Top bar, navigation, pages, status bar (主窗口).

    Pages are added under keys; a key of the navigation is shown when chosen there, any other by
    `show_page`. `page_shown` tells every change. Closing asks the guard first, if one was set.
    """

    page_shown = Signal(str)
    year_chosen = Signal(int)
    help_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(900, 520)
        resize_within_screen(self, 1366, 768)
        self._pages: dict[str, QWidget] = {}
        self._guard: Callable[[], bool] | None = None
        self._gate: QWidget | None = None
        # Every part is made where it stays: moving one to another parent dresses all that is in it anew.
        self._whole = QWidget(self)
        self.top_bar = TopBar(self._whole)
        self.navigation = SideNavigation(self._whole)
        self.status = StatusStrip(self._whole)
        self.notice = NoticeBar(self._whole)
        self.notice.setProperty("placed", "page")
        self.stack = _Pages()
        # A page that needs more than the screen has (text at 175 %, say) scrolls; nothing is ever cut off.
        self.room = scroll(self.stack, self._whole)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.banner = self._make_banner()
        self._lay_out()
        self.top_bar.year_chosen.connect(self.year_chosen)
        self.navigation.chosen.connect(self.show_page)

    def set_identity(self, identity: DeskIdentity) -> None:
        """Whose desk it is."""
        self.top_bar.set_identity(identity)
        self.setWindowTitle(f"{identity.unit_name}（{identity.desk}）")

    def set_navigation(self, items: Sequence[NavigationItem]) -> None:
        """The places of the desk; Alt+1, Alt+2 … jump to them in order, and there is help from now on."""
        self.navigation.set_items(items)
        # Not in an empty frame: nobody there answers the keys, and they would be made while the desk is read.
        add_shortcut(self, "HelpContents", self.help_requested.emit)
        for number, item in enumerate(items[:9], start=1):
            add_shortcut(self, f"Alt+{number}", partial(self.show_page, item.key))

    def set_practice(self, practice: bool) -> None:
        """Mark every screen of a practice workspace."""
        self.banner.setVisible(practice)
        self.status.set_practice(practice)

    def add_page(self, key: str, page: QWidget) -> None:
        """Add a page; one added under a key that exists takes its place."""
        old = self._pages.get(key)
        if old is not None:
            self.remove_page(key)
        self._pages[key] = page
        self.stack.addWidget(page)

    def remove_page(self, key: str) -> None:
        """Take a page out and let it go."""
        page = self._pages.pop(key)
        self.stack.removeWidget(page)
        page.deleteLater()

    def page(self, key: str) -> QWidget | None:
        """The page under a key."""
        return self._pages.get(key)

    def show_page(self, key: str) -> None:
        """Bring a page to the front; a key without a page is only told, for the desk to make one."""
        page = self._pages.get(key)
        if page is not None:
            self.stack.setCurrentWidget(page)
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.navigation.set_current(key)
        self.page_shown.emit(key)

    def show_gate(self, gate: QWidget) -> None:
        """Show nothing but this until it is lifted; the pages stay as they are behind it."""
        if self._gate is not gate:
            self.lift_gate()
            self._gate = gate
            self._middle.addWidget(gate, 1)
        self._set_gated(True)
        gate.show()

    def lift_gate(self) -> None:
        """Show the pages again."""
        if self._gate is not None:
            self._gate.hide()
            self._middle.removeWidget(self._gate)
            self._gate = None
            self._set_gated(False)
            self.show_page(self.current_page())

    def has_gate(self) -> bool:
        """Whether the pages are behind a gate."""
        return self._gate is not None

    def _set_gated(self, gated: bool) -> None:
        """Navigation, pages and what belongs to them, or none of it."""
        for part in (self.navigation, self._behind, self.status):
            part.setVisible(not gated)
        self.top_bar.set_gated(gated)

    def current_page(self) -> str:
        """Key of the page in front."""
        front = self.stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is front), "")

    def set_close_guard(self, guard: Callable[[], bool] | None) -> None:
        """Ask `guard` before the window closes; it saves what is open and answers whether to close."""
        self._guard = guard

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when the guard agrees."""
        if self._guard is not None and not self._guard():
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    def _make_banner(self) -> QFrame:
        banner = QFrame(self._whole)
        banner.setProperty("role", "banner")
        line = QHBoxLayout(banner)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(label(PRACTICE_WORDS, "care"))
        banner.hide()
        return banner

    def _lay_out(self) -> None:
        self._behind = QWidget(self._whole)
        pages = QVBoxLayout(self._behind)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        pages.addWidget(self.notice)
        pages.addWidget(self.room, 1)
        self._middle = middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self._behind, 1)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self._whole)
