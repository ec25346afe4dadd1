"""Projects at the clerk's desk: taken from the register, added, put aside and brought back."""

from __future__ import annotations

import pytest

from services import setup
from services.kits import look_at_kit
from services.workspaces import DeskRole
from tests.gui.desks.county import PASSWORD, TOWN
from ui.desks.project_records import project_sheet
from ui.filer.new_project_dialog import NewProjectDialog
from ui.filer.register_picker_dialog import RegisterPickerDialog

PROJECT = "生活垃圾清运"


@pytest.fixture
def fresh(program, county, tools, tmp_path):
    """A desk that was only just set up: no project yet."""
    offer = look_at_kit(tools, county.kit_file)
    unit = next(unit for unit in offer.kit.units if unit.code == TOWN)
    workspace = setup.set_up_unit(tools, tmp_path / "新", offer, unit, "张敏", PASSWORD, DeskRole.FILER)
    workspace.close()
    return program.open(tmp_path / "新")


def test_projects_of_the_register_are_taken(fresh):
    assert fresh.matrix.rows() == ["部门（单位）整体支出", "　汇总表"]
    fresh.matrix.choose_more("取用名录项目…")
    dialog = fresh.dialog(RegisterPickerDialog)
    dialog.model.tick_where(lambda choice: choice.entry.project_name in (PROJECT, "农村公路养护"))
    fresh.accept(dialog)
    assert {PROJECT, "农村公路养护"} <= set(fresh.matrix.rows())
    assert fresh.matrix.word(PROJECT, 1) == "68.20"
    fresh.matrix.choose_more("取用名录项目…")
    again = fresh.dialog(RegisterPickerDialog)
    again.model.tick_all(True)
    assert PROJECT not in [choice.entry.project_name for choice in again.model.chosen()]
    assert again.model.free_count() == again.model.rowCount() - 2


def test_a_new_project_needs_only_a_name(clerk):
    clerk.desk.pages.home.new_button.click()
    dialog = clerk.dialog(NewProjectDialog)
    clerk.accept(dialog)
    assert dialog.isVisible()
    dialog.name.setText("柳河清淤")
    clerk.accept(dialog)
    assert not clerk.has_dialog(NewProjectDialog)
    form = clerk.open_form("柳河清淤")
    assert form.view.answers()["project_name"] == "柳河清淤"


def test_a_project_that_exists_is_refused_and_what_was_typed_stays(clerk):
    clerk.desk.pages.home.new_button.click()
    dialog = clerk.dialog(NewProjectDialog)
    dialog.name.setText(PROJECT)
    clerk.accept(dialog)
    assert "已经有项目" in dialog.problem()
    assert dialog.isVisible()
    assert dialog.name.text() == PROJECT
    assert clerk.matrix.rows().count(PROJECT) == 1
    dialog.name.setText(f"{PROJECT}二期")
    clerk.accept(dialog)
    assert f"{PROJECT}二期" in clerk.matrix.rows()


def test_the_recycle_bin_keeps_project_and_forms(clerk):
    clerk.open_form(PROJECT).fill("annual_target", "不能丢的目标")
    clerk.leave_form()
    clerk.choose(PROJECT, 0, "放入回收站")
    assert PROJECT not in clerk.matrix.rows()
    assert "回收站" in clerk.notice()
    clerk.matrix.choose_more("回收站")
    clerk.settle()
    view = clerk.desk.projects.bin
    assert [view.table.records.record(n).name for n in range(view.table.records.rowCount())] == [PROJECT]
    view.table.selectRow(0)
    view.restore_button.click()
    clerk.settle()
    assert f"已恢复“{PROJECT}”" in clerk.notice()
    clerk.go_to("工作台")
    assert clerk.open_form(PROJECT).view.answers()["annual_target"] == "不能丢的目标"


def test_the_list_is_filled_also_when_a_project_was_opened_first(clerk):
    clerk.matrix.click(PROJECT, 0)
    clerk.settle()
    assert clerk.desk.projects.page.title_label.text() == PROJECT
    clerk.go_to("项目")
    table = clerk.desk.projects.list.table
    names = [table.records.record(row)[0].name for row in range(table.records.rowCount())]
    assert PROJECT in names


def test_a_project_put_aside_on_its_own_page_leads_back_to_the_list(clerk):
    clerk.matrix.click(PROJECT, 0)
    clerk.settle()
    clerk.desk.projects.page.bin_button.click()
    clerk.settle()
    assert clerk.page() == "projects"
    clerk.go_to("工作台")
    clerk.matrix.click("农村公路养护", 0)
    clerk.settle()
    page = clerk.desk.projects.page
    assert page.title_label.text() == "农村公路养护"
    model = page.model
    assert [model.index(0, column).data() for column in range(model.columnCount())][:2] == ["2027年", "24.80"]


def test_a_project_in_the_bin_still_has_a_sheet_without_cells(clerk):
    """Its page may be repainted between being put aside and the list coming to the front."""
    with clerk.workspace.store.reading() as work:
        project = next(p for p in work.projects.list() if p.name == PROJECT)
    clerk.choose(PROJECT, 0, "放入回收站")
    sheet = project_sheet(clerk.workspace, clerk.desk.pages.matrix, project.project_id)
    assert [set(year.cells) for year in sheet.years] == [{None}] * len(sheet.years)
