"""The card 多人共用 of the bureau's settings: a connection tried, the data moved to a real PostgreSQL and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from main import Adapters
from services import moving
from services.workspaces import put_profile, save_profile, stored_profile
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.postgres_server import PASSWORD, Server
from ui.bureau.shared_database_card import SharedDatabaseCard
from ui.desks.bureau_settings_flow import PAGE
from ui.widgets.confirm_dialog import ConfirmDialog

NOWHERE = "postgresql+psycopg://desk@/x?host=/tmp/nobody-listens-here"


@pytest.fixture
def card(new_desk: BureauDeskPage) -> SharedDatabaseCard:
    new_desk.frame.show_page(PAGE)
    return new_desk.frame.page(PAGE).shared_card


def confirm(desk: BureauDeskPage) -> None:
    """Say yes to the question that is open."""
    found: list[ConfirmDialog] = desk.frame.findChildren(ConfirmDialog)
    found[-1].confirmed.emit()
    found[-1].accept()


def test_the_card_asks_for_an_address_first(qtbot):
    card = SharedDatabaseCard()
    qtbot.addWidget(card)
    assert card.place.text() == "数据现在在这台电脑上"
    assert not card.test_button.isEnabled()
    assert not card.move_button.isEnabled()
    card.address.setText(" postgresql+psycopg://a@b/c ")
    card.password.setText("x y")
    with qtbot.waitSignal(card.test_requested) as told:
        card.test_button.click()
    assert told.args == ["postgresql+psycopg://a@b/c", "x y"]
    card.set_place("postgresql+psycopg://a@b/c")
    assert card.address.isReadOnly()
    assert card.password.text() == ""
    assert card.move_button.isHidden()
    assert not card.home_button.isHidden()


def test_a_server_out_of_reach_is_told_in_the_card(qtbot, card: SharedDatabaseCard):
    card.address.setText(NOWHERE)
    card.test_button.click()
    qtbot.waitUntil(lambda: "连不上" in card.said.text())
    assert card.test_button.isEnabled()
    card.address.setText("mysql://a@b/c")
    card.test_button.click()
    qtbot.waitUntil(lambda: "只支持 PostgreSQL" in card.said.text())


def test_data_moved_elsewhere_have_a_backup_at_once(new_desk: BureauDeskPage, card: SharedDatabaseCard):
    new_desk.settle()
    last = new_desk.frame.page(PAGE).backup_card.last_backup
    assert last.text() == "还没有备份"
    new_desk.desk._made["settings"].shared.moved.emit()
    new_desk.settle()
    assert last.text().startswith("上次备份")


@pytest.mark.judge
def test_another_computer_joins(
    qtbot,
    new_desk: BureauDeskPage,
    card: SharedDatabaseCard,
    postgres_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    url = postgres_server.database("joined")
    tools, other = Adapters(), tmp_path / "other"
    tools.databases.use(other, url.render_as_string(hide_password=False))
    opened = tools.opener.open(other, tools.clock.now(), create=True)
    with opened.writing() as work:
        put_profile(work, new_desk.workspace.profile)
        work.commit()
    opened.close()
    card.address.setText(f"postgresql+psycopg://desk@/{url.database}?host={postgres_server.folder}")
    card.password.setText(PASSWORD)
    assert card.join_button.isHidden()
    card.test_button.click()
    qtbot.waitUntil(lambda: not card.join_button.isHidden(), timeout=20_000)
    assert card.move_button.isHidden()
    card.join_button.click()
    qtbot.waitUntil(lambda: "已加入" in card.said.text(), timeout=20_000)
    assert card.place.text() == "数据现在在这台电脑上"


@pytest.mark.judge
def test_there_and_back(
    qtbot,
    new_desk: BureauDeskPage,
    card: SharedDatabaseCard,
    postgres_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    url = postgres_server.database("window")
    card.address.setText(f"postgresql+psycopg://desk@/{url.database}?host={postgres_server.folder}")
    card.password.setText(PASSWORD)
    card.test_button.click()
    qtbot.waitUntil(lambda: "可以移过去" in card.said.text(), timeout=20_000)
    card.move_button.click()
    confirm(new_desk)
    qtbot.waitUntil(lambda: "逐表核对一致" in card.said.text(), timeout=30_000)
    assert card.place.text() == "数据现在在多人共用的数据库里"
    last = new_desk.frame.page(PAGE).backup_card.last_backup
    qtbot.waitUntil(lambda: last.text().startswith("上次备份"), timeout=20_000)
    folder = tmp_path / "bureau"
    assert not (folder / "workspace.db").exists()
    with postgres_server.connect("window") as connection:
        said = connection.execute(
            "SELECT action, what FROM budget_desk.audit_log ORDER BY number DESC"
        ).fetchone()
    assert said == ("move", "移到多人共用的数据库")
    own = new_desk.workspace.profile
    joined = moving.join(Adapters(), card.address.text(), PASSWORD, "王敏")
    assert joined.profile == replace(own, person_name="王敏")
    assert joined.folder != folder
    save_profile(joined, replace(joined.profile, working_year=own.working_year + 1))
    joined.close()
    again = moving.join(Adapters(), card.address.text(), PASSWORD)
    assert again.profile == joined.profile
    again.close()
    assert stored_profile(new_desk.workspace) == own
    card.home_button.click()
    confirm(new_desk)
    qtbot.waitUntil(lambda: card.place.text() == "数据现在在这台电脑上", timeout=30_000)
    assert (folder / "workspace.db").exists()
