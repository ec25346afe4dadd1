"""Parameters and certificates (参数与证书): registers, kit and keys, one beside the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from services.bureau_overview import BureauOverview
from ui.bureau.certificates_page import CertificatesPage
from ui.bureau.kit_page import KitPage
from ui.bureau.log_page import LogPage
from ui.bureau.people_page import PeoplePage
from ui.bureau.register_pages import EntriesPage, UnitsPage
from ui.bureau.start_checklist import StartChecklist
from ui.theme import Tone
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import Page

UNITS, ENTRIES, KIT, CERTIFICATES, PEOPLE, LOG = range(6)


class KitView(Page):
    """The page of the bureau's own data (参数与证书); the parts speak for themselves."""

    units_requested = Signal()
    entries_requested = Signal(int)
    removal_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("参数与证书", parent=parent)
        self.notice = NoticeBar()
        self.checklist = StartChecklist()
        self.units, self.entries = UnitsPage(), EntriesPage()
        self.kit, self.certificates = KitPage(), CertificatesPage()
        self.people, self.log = PeoplePage(), LogPage()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for page, name in (
            (self.units, "单位名录"),
            (self.entries, "年度预算项目名录"),
            (self.kit, "任务参数包"),
            (self.certificates, "证书"),
            (self.people, "操作人员"),
            (self.log, "操作日志"),
        ):
            self.tabs.addTab(page, name)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.checklist)
        self.body.addWidget(self.tabs, 1)
        self.checklist.step_requested.connect(self._on_step)
        self.units.removal_requested.connect(self.removal_requested)
        self.units.import_requested.connect(self.units_requested)
        self.entries.import_requested.connect(lambda: self.entries_requested.emit(self.entries.year()))

    def set_overview(self, overview: BureauOverview, working_year: int) -> None:
        """Show registers and the kit in force."""
        self.checklist.set_done(
            (
                bool(overview.units),
                overview.is_registered,
                overview.issued is not None,
                overview.is_root_kept,
            )
        )
        self.units.set_units(overview.units)
        self.entries.set_registers(overview.registers, working_year + 1)
        self.kit.issued_card.show_kit(overview.issued)

    def show_told(self, sentence: str, tone: str = Tone.GOOD) -> None:
        """Tell what was done."""
        self.notice.show_notice(sentence, tone)

    def show_tab(self, number: int) -> None:
        """Bring a part to the front."""
        self.tabs.setCurrentIndex(number)

    def _on_step(self, number: int) -> None:
        self.show_tab(number)
        if number == UNITS:
            self.units_requested.emit()
        elif number == ENTRIES:
            self.entries_requested.emit(self.entries.year())
        elif number == CERTIFICATES:
            self.certificates.keeping_requested.emit()
