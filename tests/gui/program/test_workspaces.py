"""Several units on one machine: each in its own workspace, reached from the top bar, never mixed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction

from models.domain.errors import EnvironmentProblem
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.gui.desks.county import OTHER, PASSWORD, TOWN
from tests.gui.pages.desk_program import ProgramPage

EMPTY = "生活垃圾清运"


@pytest.fixture
def other(county, tmp_path):
    """The workspace of another unit of the same county."""
    return county.unit_folder(tmp_path / "另一单位", "other")


@pytest.fixture
def two(program, folder, other, tools):
    """The town's desk open, the other unit's known on this machine."""
    found = open_workspace(tools, other, marks_end=False).workspace
    program.home.remember(other, f"{found.profile.unit.name}（填报端）")
    found.close()
    return program.open(folder)


def menu(clerk) -> dict[str, QAction]:
    return {a.text(): a for a in clerk.frame.top_bar.switch_button.menu().actions() if a.text()}


def switch(program, clerk, words: str):
    next(action for name, action in menu(clerk).items() if words in name).trigger()
    program.settle()
    return program.clerk()


def test_the_menu_names_the_others_and_the_way_to_one_more(two):
    assert list(menu(two))[-1] == "新建或打开其他工作区…"
    assert len(menu(two)) == 2
    assert all("填报端" in name for name in list(menu(two))[:-1])


def test_switching_saves_shows_the_other_and_comes_back(program, two, other):
    two.open_form(EMPTY).fill("annual_target", "柳林镇的目标")
    there = switch(program, two, "填报端")
    assert there.workspace.folder == other
    assert there.workspace.profile.unit.code == OTHER
    assert there.frame.top_bar.unit_label.words() == there.workspace.profile.unit.name
    with there.workspace.store.reading() as work:
        assert not [f for f in work.filings.find(FilingQuery()) if f.unit_code != OTHER]
        assert "柳林镇的目标" not in [
            f.answers.get("annual_target") for f in work.filings.find(FilingQuery())
        ]
    back = switch(program, there, "柳林镇")
    assert back.workspace.profile.unit.code == TOWN
    assert back.open_form(EMPTY).view.answers()["annual_target"] == "柳林镇的目标"
    assert not back.notice()


def test_the_desk_used_last_comes_first_at_the_next_start(program, two, other, tools, qtbot):
    there = switch(program, two, "填报端")
    there.frame.close()
    program.until(lambda: program.has_ended)
    again = ProgramPage(qtbot, tools, program.home.folder)
    again.begin()
    assert again.clerk().workspace.folder == other
    again.close()


def test_a_workspace_that_does_not_open_leaves_the_desk_as_it_was(program, two, other, tools, monkeypatch):
    def gone(*_args, **_options):
        raise EnvironmentProblem("工作区的数据文件打不开", "请检查硬盘或U盘是否仍然连接")

    monkeypatch.setattr(tools.opener, "open", gone)
    next(action for name, action in menu(two).items() if "填报端" in name).trigger()
    program.settle()
    monkeypatch.undo()
    assert "打不开" in two.notice()
    assert program.clerk().workspace.folder == two.workspace.folder
    two.open_form(EMPTY)


def test_one_more_workspace_from_an_open_desk(program, two, county):
    folder = two.workspace.folder
    menu(two)["新建或打开其他工作区…"].trigger()
    first = program.first_start()
    first.go_on()
    first.choose("预算单位")
    first.go_on()
    first.drop_kit(county.kit_file)
    first.confirm_code()
    first.go_on()
    first.pick_unit(first.units()[3])
    first.go_on()
    first.sign("周宁", PASSWORD)
    first.go_on()
    made = program.clerk()
    assert made.workspace.profile.person_name == "周宁"
    assert made.workspace.folder != folder
    assert len(menu(made)) == 3


def test_leaving_first_start_leads_back_to_the_desk(program, two):
    menu(two)["新建或打开其他工作区…"].trigger()
    program.first_start().window.close()
    program.settle()
    assert not program.has_ended
    two.go_to("设置")
    assert two.page() == "settings"


def test_the_same_workspace_opens_in_one_window_only(program, two, tools, qtbot, tmp_path):
    second = ProgramPage(qtbot, tools, tmp_path / "home2")
    second.program.open_folder(two.workspace.folder)
    second.settle()
    assert "另一个窗口" in second.damaged().sentence.text()
    assert not second.damaged().restore_button.isVisible()
    two.open_form(EMPTY).fill("annual_target", "第一个窗口还在写")
    two.leave_form()
    folder = two.workspace.folder
    two.frame.close()
    program.until(lambda: program.has_ended)
    second.damaged().retry_button.click()
    second.settle()
    assert second.clerk().workspace.folder == folder
    assert not second.clerk().notice()
    second.close()


def test_keys_and_packages_lie_with_their_unit(program, two, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()
    path = two.seal(stick, PASSWORD, "农村公路养护")
    assert path.name.startswith(TOWN)
    there = switch(program, two, "填报端")
    there.go_to("报送")
    assert there.desk.sealing.sent.table.records.rowCount() == 0
