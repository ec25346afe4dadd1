"""Opening, filling in and leaving forms: every keystroke kept, whichever way one leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from forms.findings import Place, Severity
from models.domain.filing import FilingStatus
from services.ports.store import FilingQuery
from tests.gui.desks.county import FILLED, NOW
from tests.gui.pages.desk_program import choose_in_file_dialog, press
from tests.gui.pages.home import TARGETS
from tests.gui.pages.wizard_page import CTRL
from ui.desks.history_dialog import HistoryDialog
from ui.filer.exempt_dialog import ExemptDialog

EMPTY, OTHER_EMPTY, READY = "生活垃圾清运", "人居环境整治", "农村公路养护"
TARGET = "全年清运生活垃圾 3600 吨，镇村垃圾日产日清。"


def stored(clerk, project: str):
    """The filing of a project as the database has it."""
    with clerk.workspace.store.reading() as work:
        found = [p for p in work.projects.list() if p.name == project]
        return work.filings.find(FilingQuery(project_id=found[0].project_id))[0]


def test_home_shows_what_is_begun_and_what_is_not(clerk):
    words = [clerk.matrix.word(row, TARGETS) for row in clerk.matrix.rows() if row != "部门（单位）整体支出"]
    assert words.count("可报送") == FILLED - 1
    assert clerk.matrix.word(EMPTY, TARGETS) == "未填"


def test_typed_text_is_kept_when_one_goes_back(clerk):
    form = clerk.open_form(EMPTY)
    form.fill("annual_target", TARGET)
    clerk.wait_saved()
    assert clerk.saved_words() == f"已自动保存 {NOW.astimezone():%H:%M:%S}"
    form.fill("reviewer_name", "王芳")
    clerk.leave_form()
    assert clerk.page() == "home"
    assert clerk.bars.status_words()[0] == f"已自动保存 {NOW.astimezone():%H:%M:%S}"
    assert clerk.matrix.word(EMPTY, TARGETS).startswith("填至")
    assert stored(clerk, EMPTY).answers["reviewer_name"] == "王芳"
    again = clerk.open_form(EMPTY)
    assert again.view.answers()["annual_target"] == TARGET
    assert again.view.answers()["reviewer_name"] == "王芳"
    assert clerk.saved_words() == f"上次保存 今天 {NOW.astimezone():%H:%M}"


def test_leaving_by_the_navigation_saves_like_the_button(clerk):
    clerk.open_form(EMPTY).fill("annual_target", TARGET)
    clerk.go_to("设置")
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET
    assert not clerk.desk.editor.view.is_open()


def test_closing_the_window_saves_what_was_just_typed(clerk, program, tools):
    clerk.open_form(EMPTY).fill("annual_target", TARGET)
    folder = clerk.workspace.folder
    clerk.frame.close()
    program.until(lambda: program.has_ended)
    from services.workspaces import open_workspace

    opened = open_workspace(tools, folder)
    assert not opened.was_cut_off
    with opened.workspace.store.reading() as work:
        kept = [f.answers.get("annual_target") for f in work.filings.find(FilingQuery())]
    opened.workspace.close()
    assert TARGET in kept


def test_going_from_one_form_to_the_next_mixes_nothing(clerk):
    clerk.open_form(EMPTY).fill("annual_target", TARGET)
    clerk.go_to("工作台")
    clerk.open_form(OTHER_EMPTY).fill("annual_target", "另一个项目的目标")
    clerk.leave_form()
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET
    assert stored(clerk, OTHER_EMPTY).answers["annual_target"] == "另一个项目的目标"


def test_what_cannot_be_read_is_kept_as_typed(clerk):
    form = clerk.open_form(EMPTY)
    form.fill("annual_total_fen", "六十八万左右")
    clerk.leave_form()
    assert stored(clerk, EMPTY).answers["annual_total_fen"] == "六十八万左右"
    assert "六十八万左右" in clerk.open_form(EMPTY).field("annual_total_fen").editor.text()


def test_undo_is_saved_too(clerk):
    form = clerk.open_form(READY)
    before = form.view.answers()["annual_target"]
    form.fill("annual_target", "改坏了")
    clerk.wait_saved()
    for _ in range(4):
        form.undo()
    clerk.leave_form()
    assert stored(clerk, READY).answers["annual_target"] == before


def test_an_explanation_is_kept(clerk):
    form = clerk.open_form(EMPTY)
    form.fill("annual_target", TARGET)
    findings = [f for f in form.wait_checked() if f.severity is Severity.EXPLAIN]
    form.view.show_step("check")
    card = next(c for c in form.view.frame.pages.check_page.cards() if c.finding in findings)
    card.explained.emit(card.finding.explanation_key, "名录金额待财政部门调整")
    clerk.leave_form()
    assert "名录金额待财政部门调整" in stored(clerk, EMPTY).explanations.values()
    assert "名录金额待财政部门调整" in clerk.open_form(EMPTY).view.explanations().values()


def test_the_history_gives_an_earlier_value_back(clerk):
    form = clerk.open_form(READY)
    before = form.view.answers()["annual_target"]
    form.fill("annual_target", "新的目标")
    form.view.history_requested.emit(Place("annual_target"))
    dialog = clerk.dialog(HistoryDialog)
    dialog.table.selectRow(0)
    clerk.accept(dialog)
    assert form.view.answers()["annual_target"] == before


def test_the_history_of_a_cell_names_its_row(clerk):
    form = clerk.open_form(READY)
    place = Place("indicators", form.table().model.row_id(1), "planned_value")
    form.view.history_requested.emit(place)
    title = clerk.dialog(HistoryDialog).windowTitle()
    assert title == f"年度绩效指标“{form.cell(1, 'third_level')}”的指标值的修改记录"


def test_ctrl_s_saves_at_once(clerk):
    form = clerk.open_form(EMPTY)
    form.fill("annual_target", TARGET)
    form.press(Qt.Key.Key_S, CTRL)
    clerk.settle()
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET


def test_nothing_to_file_and_back(clerk):
    clerk.choose(EMPTY, TARGETS, "无需填报…")
    dialog = clerk.dialog(ExemptDialog)
    clerk.accept(dialog)
    assert dialog.isVisible()
    dialog.reason.setPlainText("项目已并入人居环境整治")
    clerk.accept(dialog)
    assert clerk.matrix.word(EMPTY, TARGETS) == "无需填报"
    assert stored(clerk, EMPTY).exempt_reason == "项目已并入人居环境整治"
    form = clerk.open_form(EMPTY)
    assert form.view.session.read_only
    assert "项目已并入人居环境整治" in form.view.frame.notice.words.text()
    clerk.leave_form()
    clerk.choose(EMPTY, TARGETS, "改为需要填报")
    assert not clerk.form.view.session.read_only
    assert stored(clerk, EMPTY).status is FilingStatus.DRAFT


def test_a_form_opened_from_the_projects_page_leads_back_there(clerk):
    clerk.matrix.click(EMPTY, 0)
    clerk.settle()
    assert clerk.page() == "project"
    table = clerk.desk.projects.page.table
    clerk.qtbot.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(0, 3)).center(),
    )
    clerk.settle()
    assert clerk.page() == "filing"
    clerk.leave_form()
    assert clerk.page() == "project"


def test_export_writes_what_stands_in_the_window(clerk, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.desks.filing_tools.open_outside", lambda path: opened.append(path) or True)
    target = tmp_path / "导出"
    target.mkdir()
    form = clerk.open_form(EMPTY)
    form.fill("annual_target", TARGET)
    form.view.show_step("check")
    press(clerk.qtbot, form.view, "导出 PDF 和 Excel…")
    assert clerk.frame.findChildren(QFileDialog)
    choose_in_file_dialog(target)
    clerk.settle()
    names = sorted(path.name for path in target.iterdir())
    assert names == [
        f"{EMPTY}_项目支出绩效目标申报表_2027年度.pdf",
        f"{EMPTY}_项目支出绩效目标申报表_2027年度.xlsx",
    ]
    assert all(path.stat().st_size > 1000 for path in target.iterdir())
    assert "已导出" in clerk.notice()
    assert opened == [target]
    import openpyxl

    sheet = openpyxl.load_workbook(target / names[1]).active
    assert any(TARGET in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_export_never_replaces_a_file(clerk, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.desks.filing_tools.open_outside", lambda _path: True)
    clerk.open_form(READY)
    for _ in range(2):
        clerk.desk.editor.tools.export(clerk.desk.editor.saving.opened, tmp_path)
        clerk.settle()
    assert len(list(tmp_path.glob(f"{READY}*.pdf"))) == 2
