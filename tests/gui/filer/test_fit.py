"""Nothing is cut off: every page and dialog fits 1366 × 768 at 100 and 125 %, by screen scaling or by text size."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

import resources
from services.ports.tokens import PinState, TokenInfo, TokenPlace
from tests.gui.filer.sample import LAST_YEAR, PROJECTS, SEAL_LINES, SIGNER, TABLES, many
from tests.gui.filer.test_approvals import SHEET as APPROVAL_SHEET
from tests.gui.filer.test_dialogs import _offer
from tests.gui.filer.test_pages import BACKUPS, SENT, SHEET, _settings
from tests.gui.pages.cut_off import cut_off, settle
from ui.department.forward_view import ForwardView
from ui.department.pass_down_view import PassDownView
from ui.filer.approval_dialog import ApprovalDialog
from ui.filer.damaged_page import DamagedPage
from ui.filer.exempt_dialog import ExemptDialog
from ui.filer.help_view import HelpView
from ui.filer.home_view import HomeView
from ui.filer.import_place_dialog import ImportPlaceDialog
from ui.filer.inbox_view import InboxView
from ui.filer.kit_offer_dialog import KitOfferDialog
from ui.filer.last_year_dialog import LastYearDialog
from ui.filer.new_project_dialog import NewProjectDialog
from ui.filer.project_page import ProjectPage
from ui.filer.projects_view import ProjectsView
from ui.filer.recycle_bin_view import RecycleBinView
from ui.filer.register_picker_dialog import RegisterPickerDialog
from ui.filer.seal_dialog import SealDialog
from ui.filer.sent_view import SentView
from ui.filer.settings_view import SettingsView
from ui.first_start.window import FirstStartWindow
from ui.shell.frame import DeskFrame
from ui.shell.records import FILER_NAVIGATION, DeskIdentity
from ui.widgets.password_dialog import NewPasswordDialog
from ui.widgets.token_dialog import TokenDialog

FULL = QSize(1366, 768)
SCALED = QSize(1093, 614)
"""What 1366 × 768 leaves when the system scales by 125 %."""
WINDOW_EDGES = QSize(16, 72)
"""Title bar of the window and task bar of the system."""


def _home():
    view = HomeView()
    view.set_matrix(many(60))
    return view


def _projects():
    view = ProjectsView()
    view.set_projects([(project, 1) for project in PROJECTS])
    return view


def _project():
    view = ProjectPage()
    view.set_sheet(SHEET)
    return view


def _approval():
    return ApprovalDialog(APPROVAL_SHEET)


def _settings_view():
    view = SettingsView()
    view.set_sheet(_settings())
    view.backup_card.set_backups(BACKUPS, date(2026, 9, 1))
    return view


def _sent():
    view = SentView()
    view.set_packages(SENT)
    return view


PAGES = {
    "home": _home,
    "projects": _projects,
    "project": _project,
    "bin": RecycleBinView,
    "sent": _sent,
    "inbox": InboxView,
    "settings": _settings_view,
    "help": lambda: HelpView(resources.path("help", "filer.md")),
}

DEPARTMENT_PAGES = {"forward": ForwardView, "pass down": PassDownView}


def _sealing():
    dialog = SealDialog()
    dialog.set_candidates(SEAL_LINES)
    dialog.set_signer(SIGNER)
    return dialog


def _token():
    """Everything that takes room: a warning, a long label, the keys on it."""
    dialog = TokenDialog("签名密钥放在 UKey 里，签名时插上 UKey、输入 PIN 码。" * 3)
    dialog.chooser.set_modules(["C:/Program Files/厂家/pkcs11.dll"])
    place = TokenPlace("pkcs11.dll", "示例县柳林镇人民政府预算绩效管理专用UKey", "0123456789ABCDEF")
    dialog.chooser.set_tokens([TokenInfo(place, "示例厂家信息技术股份有限公司", PinState.LAST_TRY)])
    dialog.chooser.use_existing.setChecked(True)
    return dialog


DIALOGS = {
    "seal": _sealing,
    "new project": lambda: NewProjectDialog([2027], 2027, ["民生保障"]),
    "register": lambda: RegisterPickerDialog({2027: []}, 2027),
    "exempt": lambda: ExemptDialog("农村公路养护", "绩效目标申报"),
    "approval": _approval,
    "kit": lambda: KitOfferDialog(_offer(compare=True, differences=("由第 2 版更新为第 3 版",) * 12)),
    "password": lambda: NewPasswordDialog("更换签名", "旧的签名停用", 8),
    "token": _token,
    "last year": lambda: LastYearDialog(LAST_YEAR),
    "import place": lambda: ImportPlaceDialog("2026年镇里的老表.xlsx", TABLES),
    "damaged": DamagedPage,
    "first start": lambda: FirstStartWindow(8, 2026),
}


def _fits(needed: QSize, room: QSize) -> bool:
    inner = room - WINDOW_EDGES
    return needed.width() <= inner.width() and needed.height() <= inner.height()


@pytest.fixture
def framed(qtbot):
    """A page in the frame, everything that takes room switched on, in a room."""

    def show(page: QWidget, room: QSize) -> DeskFrame:
        frame = DeskFrame()
        qtbot.addWidget(frame)
        frame.set_identity(DeskIdentity("主管部门端", "示例县柳林镇人民政府", "张敏", "填报人"))
        frame.set_navigation(FILER_NAVIGATION)
        frame.top_bar.set_years([2026], 2026)
        frame.set_practice(True)
        frame.notice.show_notice(
            "上次程序没有正常关闭，已恢复《农村公路养护》绩效目标申报表，填到 10:32:07。"
        )
        frame.add_page("page", page)
        frame.show_page("page")
        frame.resize(room - WINDOW_EDGES)
        frame.show()
        return frame

    return show


def _bars(frame: DeskFrame) -> tuple[bool, bool]:
    """Whether the page has to be scrolled across and down."""
    return (
        frame.room.horizontalScrollBar().maximum() > 0,
        frame.room.verticalScrollBar().maximum() > 0,
    )


@pytest.mark.parametrize(("scale", "room"), [(1.0, FULL), (1.0, SCALED), (1.25, FULL)], ids=str)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_in_the_frame(framed, qtbot, text_scale, name, scale, room):
    text_scale(scale)
    frame = framed(PAGES[name](), room)
    qtbot.waitUntil(lambda: _bars(frame) == (False, False))
    assert frame.size() == room - WINDOW_EDGES
    assert _fits(frame.minimumSizeHint(), room)


@pytest.mark.parametrize("scale", [1.25, 1.5])
@pytest.mark.parametrize("name", [*PAGES, *DEPARTMENT_PAGES])
def test_no_word_is_cut_off_and_nothing_scrolls_sideways(framed, text_scale, name, scale):
    text_scale(scale)
    frame = framed({**PAGES, **DEPARTMENT_PAGES}[name](), FULL)
    settle()
    assert cut_off(frame) == []
    assert not _bars(frame)[0]


def test_text_at_its_largest_scrolls_instead_of_being_cut(framed, qtbot, text_scale):
    text_scale(1.75)
    frame = framed(_home(), SCALED)
    qtbot.waitUntil(lambda: _bars(frame)[1])
    page = frame.page("page")
    assert page.height() >= page.minimumSizeHint().height()
    assert frame.status.geometry().bottom() <= frame.height()


@pytest.mark.parametrize(("scale", "room"), [(1.0, FULL), (1.0, SCALED), (1.25, FULL)], ids=str)
@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_fits_on_the_screen(qtbot, text_scale, name, scale, room):
    text_scale(scale)
    dialog = DIALOGS[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert _fits(dialog.minimumSizeHint(), room), dialog.minimumSizeHint()
    assert dialog.width() <= dialog.screen().availableGeometry().width()
