"""取回已下发的参数包 at the bureau's desk: a desk restored from yesterday's backup, the kit found or chosen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from main import Adapters
from services import kit_issue
from services.bureau_keys import unlock_keys
from services.home import Home
from services.workspaces import open_workspace
from tests.gui.bureau.conftest import NOW, County, MovableClock
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.own_kit_dialog import OwnKitDialog

pytestmark = pytest.mark.slow
Opened = Callable[[], BureauDeskPage]


@pytest.fixture
def second_kit(county: County, tmp_path: Path, clock: MovableClock) -> Path:
    """A second kit issued; then the database came back from before it."""
    folder, tools = tmp_path / "bureau", Adapters(clock)
    shutil.copytree(county.folder / "bureau", folder)
    (tmp_path / "kits").mkdir()
    workspace = open_workspace(tools, folder).workspace
    workspace.store.backup("manual", NOW)
    keys = unlock_keys(workspace, BureauDeskPage.ROOT, BureauDeskPage.BUREAU)
    draft = kit_issue.draft_from(workspace, workspace.current_kit().kit)
    record = kit_issue.issue_kit(workspace, draft, keys, tmp_path / "kits")
    workspace.close()
    backup = next(one for one in tools.opener.backups(folder) if one.reason == "manual")
    tools.opener.restore(folder, backup, NOW)
    return Path(record.source_path)


@pytest.fixture
def opened(qtbot, tmp_path: Path, second_kit: Path, clock: MovableClock) -> Iterator[Opened]:
    pages: list[BureauDeskPage] = []

    def open_desk() -> BureauDeskPage:
        tools = Adapters(clock)
        workspace = open_workspace(tools, tmp_path / "bureau").workspace
        page = BureauDeskPage(qtbot, workspace, Home(tmp_path / "home", tools.files), tmp_path)
        pages.append(page)
        return page

    yield open_desk
    for page in pages:
        page.close()


def version(desk: BureauDeskPage) -> int:
    return desk.workspace.current_kit().kit.version


def test_its_own_copy_is_found_and_taken_back(opened: Opened):
    desk = opened()
    view = desk.kit()
    desk.until(lambda: "本机留有已下发的任务参数包（第 2 版）" in view.notice.words.text())
    assert version(desk) == 1
    view.notice.action.click()
    desk.dialog(OwnKitDialog).accept_button.click()
    desk.until(lambda: not desk.has_dialog(OwnKitDialog))
    desk.settle()
    assert version(desk) == 2
    assert "第 2 版" in view.kit.issued_card.name_label.words()
    assert "已取回第 2 版" in view.notice.words.text()
    assert view.kit.issued_card.notice_button.isVisibleTo(view.kit.issued_card)


def test_the_desk_says_so_when_it_is_opened(opened: Opened):
    desk = opened()
    desk.desk._backup_timer.timeout.emit()
    desk.until(lambda: "请取回" in desk.frame.notice.words.text())
    desk.frame.notice.action.click()
    desk.until(lambda: desk.frame.current_page() == "kit")


def test_a_file_is_chosen_where_the_copies_are_gone_too(opened: Opened, second_kit: Path, tmp_path: Path):
    for path in (tmp_path / "bureau" / "packages").glob("*.asice"):
        path.unlink()
    desk = opened()
    view = desk.kit()
    desk.settle()
    assert not view.notice.isVisible()
    view.kit.issued_card.take_back_button.click()
    desk.choose(second_kit)
    desk.dialog(OwnKitDialog).accept_button.click()
    desk.until(lambda: not desk.has_dialog(OwnKitDialog))
    desk.settle()
    assert version(desk) == 2
    view.kit.issued_card.take_back_button.click()
    desk.choose(second_kit)
    desk.until(lambda: "本机已经有了" in view.notice.words.text())
    assert not desk.has_dialog(OwnKitDialog)
