"""From home into the right form: the platform's export, last year's answers, a workbook that is recognised or asked about."""

from __future__ import annotations

import pytest

from models.domain.filing import FilingStatus
from services import filings
from services.practice_last_year import put_last_year
from services.projects import NewProject, add_project
from tests.gui.desks.test_forms import EMPTY, OTHER_EMPTY, READY
from tests.gui.desks.test_taking_over import LINES, workbook
from tests.gui.pages.bringing import BringingPage
from tests.gui.pages.desk_program import choose_in_file_dialog
from ui.filer.import_place_dialog import ImportPlaceDialog
from ui.filer.new_project_dialog import NewProjectDialog
from ui.platform.bring_dialog import BringDialog
from ui.wizard.import_dialog import ImportDialog


@pytest.fixture
def page(clerk) -> BringingPage:
    return BringingPage(clerk)


def lines_for(project: str, year: int = 2027) -> list[tuple[object, ...]]:
    """The sample table for another project and year."""
    head = (f"项目支出绩效目标申报表（{year}年度）",)
    return [head, ("项目名称", project, None, "主管部门", "示例县柳林镇人民政府"), *LINES[2:]]


def test_the_platforms_export_is_looked_at_from_home(page, clerk, tmp_path):
    export = tmp_path / "项目.csv"
    export.write_text(
        "预算年度,单位编码,项目编码,项目名称,项目类别,预算数\n2027,820001,99000027T000000009001,河道清淤,特定目标类,1\n",
        encoding="utf-8-sig",
    )
    page.press(page.home.platform_button)
    choose_in_file_dialog(export)
    clerk.settle()
    clerk.accept(clerk.dialog(BringDialog))
    assert "河道清淤" in clerk.matrix.rows()
    assert clerk.page() == "home"


class TestLastYear:
    def test_one_click_opens_the_form_with_what_can_be_taken(self, page, clerk):
        put_last_year(clerk.workspace)
        dialog = page.ask_last_year()
        lines = page.lines(dialog)
        assert lines
        assert all("处可带入" in line[-1] for line in lines)
        assert READY not in [line[0] for line in lines]
        page.click_line(dialog, 0)
        assert clerk.desk.editor.subject == lines[0][0]
        assert any(page.form.ticked().values())
        page.form.take()
        assert clerk.form.view.answers()["indicators"]

    def test_nothing_to_bring_over_says_so(self, page):
        dialog = page.ask_last_year()
        assert dialog.empty.isVisible()
        assert not dialog.accept_button.isEnabled()
        dialog.reject()


class TestFromExcel:
    def test_a_table_that_names_its_project_opens_there(self, page, clerk, tmp_path):
        page.press(page.home.workbook_button)
        choose_in_file_dialog(workbook(tmp_path / "老表.xlsx"))
        clerk.settle()
        assert clerk.desk.editor.subject == EMPTY
        clerk.accept(page.form.columns)
        page.form.take()
        clerk.wait_saved()
        assert clerk.form.view.answers()["indicators"][0]["third_level"] == "清运量"

    def test_an_unknown_project_is_asked_about_and_an_existing_one_chosen(self, page, clerk, tmp_path):
        page.read(workbook(tmp_path / "老表.xlsx", lines_for("镇区垃圾清运")))
        assert "“镇区垃圾清运”" in page.places.doubt.text()
        assert not page.places.accept_button.isEnabled()
        page.choose_project(OTHER_EMPTY)
        clerk.accept(page.places)
        assert clerk.desk.editor.subject == OTHER_EMPTY
        page.form.columns.reject()

    def test_an_unknown_project_is_made_on_the_way(self, page, clerk, tmp_path):
        page.read(workbook(tmp_path / "老表.xlsx", lines_for("柳河清淤")))
        page.press(page.places.new_button)
        dialog = clerk.dialog(NewProjectDialog)
        assert dialog.name.text() == "柳河清淤"
        clerk.accept(dialog)
        assert not clerk.has_dialog(ImportPlaceDialog)
        assert clerk.desk.editor.subject == "柳河清淤"
        page.form.columns.reject()

    def test_a_table_of_another_year_is_asked_about(self, page, clerk, tmp_path):
        page.read(workbook(tmp_path / "去年.xlsx", lines_for(EMPTY, 2026)))
        assert "2026年度" in page.places.doubt.text()
        assert page.places.project.currentText().startswith(EMPTY)
        clerk.accept(page.places)
        assert clerk.desk.editor.subject == EMPTY
        page.form.columns.reject()

    def test_of_several_tables_one_is_chosen(self, page, clerk, tmp_path):
        from openpyxl import load_workbook

        path = workbook(tmp_path / "两张.xlsx")
        book = load_workbook(path)
        second = book.create_sheet("第二张")
        for line in lines_for(OTHER_EMPTY):
            second.append(line)
        book.save(path)
        page.read(path)
        assert [line[1] for line in page.lines(page.places)] == [EMPTY, OTHER_EMPTY]
        page.places.table.selectRow(1)
        assert page.places.project.currentText().startswith(OTHER_EMPTY)
        clerk.accept(page.places)
        assert clerk.desk.editor.subject == OTHER_EMPTY
        assert OTHER_EMPTY in page.form.columns.facts.text()
        page.form.columns.reject()

    def test_a_closed_form_says_why_nothing_is_imported(self, page, clerk, tmp_path):
        task = next(t for t in clerk.workspace.current_kit().kit.tasks if t.form_id == "performance_target")
        made = add_project(clerk.workspace, NewProject("已并入的项目", 2027))
        filings.exempt(clerk.workspace, task, made.project_id, "已并入另一个项目")
        clerk.settle()
        page.read(workbook(tmp_path / "老表.xlsx", lines_for("已并入的项目")))
        assert clerk.desk.editor.saving.opened.filing.status is FilingStatus.EXEMPT
        assert "没有导入" in clerk.notice()
        assert not clerk.has_dialog(ImportDialog)

    def test_what_is_not_recognised_gets_its_sentence(self, page, program, tmp_path):
        page.read(workbook(tmp_path / "别的.xlsx", [("花名册",), ("姓名", "电话")]))
        assert "没有找到绩效表" in program.problems[-1]
