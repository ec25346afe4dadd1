"""A desk that knows nobody asks who uses this computer before anything is done in a name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from main import Adapters
from services import setup
from services.home import Home
from services.setup import BureauSetup
from services.workspaces import save_profile, stored_profile
from tests.gui.bureau.conftest import MovableClock
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.cut_off import cut_off, settle

pytestmark = pytest.mark.slow


def test_who_uses_this_computer_is_asked_once(qtbot, tmp_path, clock: MovableClock, text_scale):
    text_scale(1.5)
    tools = Adapters(clock)
    wanted = BureauSetup("990001", "新设县财政局", "王新", 2026, BureauDeskPage.ROOT, BureauDeskPage.BUREAU)
    workspace, keys = setup.set_up_bureau(tools, tmp_path / "bureau", wanted)
    save_profile(workspace, replace(workspace.profile, person_name=""))
    desk = BureauDeskPage(qtbot, workspace, Home(tmp_path / "home", tools.files), tmp_path, keys)
    page = desk.desk.person.page
    assert page is not None
    assert desk.frame.has_gate()
    assert page.isVisible()
    settle()
    assert cut_off(page) == []
    page.name.setText("　 ")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert desk.frame.has_gate()
    page.name.setText(" 赵敏 ")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    desk.until(lambda: not desk.frame.has_gate())
    assert workspace.profile.person_name == stored_profile(workspace).person_name == "赵敏"
    assert "赵敏" in desk.frame.top_bar.person_label.text()
    desk.close()
