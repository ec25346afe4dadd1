"""带入分发 at the clerk's desk: Excel read with corrected columns, last year, forms handed out and merged back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt

from services import excel_import, filings
from services.practice_last_year import put_last_year
from tests.gui.desks.test_forms import EMPTY, READY
from tests.gui.pages.taking_over import TakingOverPage
from tests.gui.pages.wizard_page import CTRL
from ui.desks import taking_over_flow
from ui.desks.form_history_dialog import FormHistoryDialog
from ui.filer.matrix_model import FIRST_TASK
from ui.wizard.import_dialog import ImportDialog
from ui.wizard.offers_dialog import OffersDialog
from ui.wizard.taking_over import TakeWish

LINES = (
    ("项目支出绩效目标申报表（2027年度）",),
    ("项目名称", EMPTY, None, "主管部门", "示例县柳林镇人民政府"),
    ("年度资金总额：", "88.60", None, "其中：财政拨款", "88.60"),
    ("年度总体目标", "全年清运生活垃圾 3600 吨，镇村垃圾日产日清。"),
    ("一级指标", "二级指标", "三级指标", "指标值", "测算口径"),
    ("产出指标", "数量指标", "清运量", "≥3600吨", "按地磅单"),
    ("", "质量指标", "日产日清率", "≥９５％", "抽查"),
    ("满意度指标", "服务对象满意度", "村民满意度", "90%以上", "问卷"),
)


ROWS = [
    {"row_id": f"r{number}", "first_level": "output", "second_level": "quantity", "third_level": name}
    for number, name in enumerate(("养护里程", "班车趟次"), 1)
]


def workbook(path: Path, lines=LINES, sheet: str = "目标表") -> Path:
    book = Workbook()
    target = book.worksheets[0]
    target.title = sheet
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            target.cell(row, column, value)
    book.save(path)
    return path


@pytest.fixture(autouse=True)
def _stay_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened outside."""
    monkeypatch.setattr(taking_over_flow, "open_outside", lambda _path: True)


def begun(clerk, project: str = EMPTY) -> TakingOverPage:
    tasks = [task.form_id for task in clerk.desk.pages.matrix.tasks]
    clerk.open_form(project, FIRST_TASK + tasks.index("performance_target"))
    return TakingOverPage(clerk)


class TestFromExcel:
    def test_read_looked_at_taken_and_undone_at_once(self, clerk, tmp_path):
        page = begun(clerk)
        before = clerk.form.view.answers()
        page.read(workbook(tmp_path / "老表.xlsx"))
        assert page.taken_as()["三级指标"] == "三级指标"
        clerk.accept(page.columns)
        ticks = page.ticked()
        assert ticks["年度资金总额"]
        assert ticks["年度绩效指标“清运量”"]
        assert page.offer("年度资金总额").value == 88600000
        page.take()
        clerk.wait_saved()
        rows = clerk.form.view.answers()["indicators"]
        assert [(r["third_level"], r["comparator"], r["planned_value"], r["measure_unit"]) for r in rows] == [
            ("清运量", "≥", "3600", "吨"),
            ("日产日清率", "≥", "95", "%"),
            ("村民满意度", "≥", "90", "%"),
        ]
        assert "可以一次撤销" in page.form_notice()
        clerk.form.view.session.undo()
        assert clerk.form.view.answers() == before

    def test_a_corrected_column_is_read_at_once_and_kept(self, clerk, tmp_path):
        lines = list(LINES)
        lines[4] = ("一级指标", "二级指标", "三级指标", "测算口径", "指标值")
        page = begun(clerk)
        page.read(workbook(tmp_path / "换了列.xlsx", lines))
        assert page.columns.rows.records.record(0).planned_text == "按地磅单"
        page.correct("测算口径", "指标值")
        assert page.columns.rows.records.record(0).planned_text == "≥3600吨"
        assert page.taken_as()["指标值"] == "不读取"
        clerk.accept(page.columns)
        page.take()
        clerk.settle()
        assert len(excel_import.kept_mappings(clerk.workspace)) == 1
        page.read(workbook(tmp_path / "下一份.xlsx", lines))
        assert page.columns.rows.records.record(0).planned_text == "≥3600吨"
        page.columns.reject()

    def test_unread_cells_are_named_with_what_to_do(self, clerk, tmp_path):
        lines = [*LINES, ("成效指标", "其他指标", "没有这一级", "≥1个", "")]
        page = begun(clerk)
        page.read(workbook(tmp_path / "老表.xlsx", lines))
        clerk.accept(page.columns)
        model = page.offers.unread.records
        told = [model.record(row) for row in range(model.rowCount())]
        assert any("不在指标框架里" in one.message and one.where == "A9:E9" for one in told)
        page.offers.reject()

    def test_another_project_is_asked_about(self, clerk, tmp_path):
        lines = list(LINES)
        lines[1] = ("项目名称", "别的项目", None, "主管部门", "示例县柳林镇人民政府")
        page = begun(clerk)
        page.read(workbook(tmp_path / "别的项目.xlsx", lines))
        clerk.accept(page.columns)
        assert "“别的项目”" in page.offers.problem()
        page.offers.reject()

    def test_another_form_cannot_be_taken(self, clerk, tmp_path):
        lines = list(LINES)
        lines[0] = ("项目支出绩效自评表（2025年度）",)
        lines[4] = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分")
        page = begun(clerk)
        page.read(workbook(tmp_path / "自评.xlsx", lines))
        assert not page.columns.accept_button.isEnabled()
        assert "不能带入这里" in page.columns.wrong_form.text()
        page.columns.reject()

    def test_back_from_the_lines_to_the_columns(self, clerk, tmp_path):
        page = begun(clerk)
        page.read(workbook(tmp_path / "老表.xlsx"))
        clerk.accept(page.columns)
        clerk.qtbot.mouseClick(page.offers.back, Qt.MouseButton.LeftButton)
        clerk.settle()
        assert clerk.has_dialog(ImportDialog)
        assert not clerk.has_dialog(OffersDialog)
        page.columns.reject()

    def test_an_old_file_gets_one_sentence(self, clerk, program, tmp_path):
        page = begun(clerk)
        (tmp_path / "老表.xls").write_bytes(b"x")
        page.read(tmp_path / "老表.xls")
        assert "另存为“Excel 工作簿（.xlsx）”后再导入" in program.problems[-1]


class TestFromLastYear:
    @pytest.fixture(autouse=True)
    def _last_year(self, clerk):
        put_last_year(clerk.workspace)

    def unfilled(self, clerk) -> str:
        """A project with a form of last year and none of this one."""
        with clerk.workspace.store.reading() as work:
            known = {p.project_id: p.name for p in work.projects.list(clerk.workspace.profile.unit.code)}
        task = next(t for t in clerk.workspace.current_kit().kit.tasks if t.form_id == "performance_target")
        for project_id, name in known.items():
            opened = filings.open_filing(clerk.workspace, task.task_id, project_id)
            if opened.is_new and opened.context.previous_answers:
                return name
        pytest.skip("every project of last year is filled in")

    def test_offered_on_a_new_form_years_and_amounts_left_out(self, clerk):
        page = begun(clerk, self.unfilled(clerk))
        assert "2026年度填过这张表" in page.form_notice()
        page.press_form_notice()
        ticks = page.ticked()
        assert not ticks["年度资金总额" if "年度资金总额" in ticks else "其中：财政拨款"]
        assert any(ticked for ticked in ticks.values())
        page.take()
        assert clerk.form.view.answers()["indicators"]
        assert not clerk.form.view.answers().get("annual_fiscal_fen")

    def test_nothing_to_offer_where_there_was_no_form(self, clerk):
        with clerk.workspace.store.reading() as work:
            names = [p.name for p in work.projects.list(clerk.workspace.profile.unit.code)]
        task = next(t for t in clerk.workspace.current_kit().kit.tasks if t.form_id == "performance_target")
        for name in names:
            with clerk.workspace.store.reading() as work:
                project = next(p for p in work.projects.list() if p.name == name)
            opened = filings.open_filing(clerk.workspace, task.task_id, project.project_id)
            if not opened.context.previous_answers:
                assert not begun(clerk, name).can(TakeWish.FROM_LAST_YEAR)
                return


class TestHandedOut:
    def test_out_filled_in_and_merged_with_the_name_in_the_history(self, clerk, tmp_path):
        page = begun(clerk, READY)
        made = page.hand_out(tmp_path, "陈勇", "targets")
        assert "陈勇" in made.name
        assert made.name in clerk.notice()
        book = load_workbook(made)
        sheet = book.worksheets[0]
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == "field:annual_target":
                sheet.cell(row, 3).value = "站里写的目标，完成 12 公里养护。"
            if sheet.cell(row, 1).value == "field:medium_term_target":
                sheet.cell(row, 3).value = "站里写的中期目标。"
        book.save(made)
        clerk.form.fill("medium_term_target", "本机写的中期目标。")
        page.take_back(made)
        ticks = page.ticked()
        assert list(ticks.items()) == [("中期目标", False), ("年度目标", True)]
        assert page.offers.person.text() == "陈勇"
        page.take()
        clerk.wait_saved()
        answers = clerk.form.view.answers()
        assert answers["annual_target"] == "站里写的目标，完成 12 公里养护。"
        assert answers["medium_term_target"] == "本机写的中期目标。"
        filing = clerk.desk.editor.saving.opened.filing
        (newest, *_) = filings.history(clerk.workspace, filing.filing_id, "annual_target")
        assert newest.changed_by == "陈勇（分发填写）"
        (mine, *_) = filings.history(clerk.workspace, filing.filing_id, "medium_term_target")
        assert mine.changed_by == clerk.workspace.profile.person_name

    def test_nobody_named_is_asked_for(self, clerk, tmp_path):
        page = begun(clerk, READY)
        made = page.hand_out(tmp_path, "", "targets")
        book = load_workbook(made)
        sheet = book.worksheets[0]
        row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "field:annual_target")
        sheet.cell(row, 3).value = "站里写的目标。"
        book.save(made)
        page.take_back(made)
        page.take()
        assert "谁填写" in page.offers.problem()
        page.offers.person.setText("陈勇")
        page.tick("年度目标")
        assert not page.offers.accept_button.isEnabled()
        page.tick("年度目标")
        page.take()
        assert clerk.form.view.answers()["annual_target"] == "站里写的目标。"

    def test_untouched_changes_nothing(self, clerk, tmp_path):
        page = begun(clerk, READY)
        page.take_back(page.hand_out(tmp_path, "陈勇", "targets", "indicators", "funds", "basics"))
        assert "没有新的内容" in page.form_notice()

    def test_a_new_form_goes_on_being_saved_after_it(self, clerk, tmp_path):
        page = begun(clerk, EMPTY)
        page.hand_out(tmp_path, "陈勇", "targets")
        clerk.form.fill("annual_target", "接着填。")
        clerk.wait_saved()
        assert clerk.saved_words().startswith("已自动保存")


class TestHistoryOfTheForm:
    def history(self, clerk, page: TakingOverPage) -> FormHistoryDialog:
        page.choose(TakeWish.HISTORY)
        return clerk.dialog(FormHistoryDialog)

    def test_a_row_deleted_in_another_session_comes_back(self, clerk):
        page = begun(clerk, READY)
        form = clerk.form
        form.view.session.set_rows("indicators", ROWS)
        clerk.wait_saved()
        form.go_step("indicators")
        form.go_cell(0, "third_level")
        lost = form.cell(0, "third_level")
        row = form.view.answers()["indicators"][0]
        form.table().actions_.delete_rows()
        clerk.wait_saved()
        clerk.leave_form()
        page = begun(clerk, READY)
        assert not clerk.form.view.session.can_undo
        dialog = self.history(clerk, page)
        dialog.search.setText(lost)
        clerk.settle()
        dialog.table.selectRow(0)
        clerk.accept(dialog)
        clerk.wait_saved()
        assert row in clerk.form.view.answers()["indicators"]
        clerk.form.view.session.undo()
        assert row not in clerk.form.view.answers()["indicators"]

    def test_what_stands_already_cannot_be_put_back(self, clerk):
        page = begun(clerk, READY)
        clerk.form.fill("annual_target", "先写一句。")
        clerk.wait_saved()
        clerk.form.fill("annual_target", "改一下。")
        clerk.wait_saved()
        dialog = self.history(clerk, page)
        dialog.search.setText("年度目标")
        clerk.settle()
        for row in range(dialog.table.records.rowCount()):
            dialog.table.selectRow(row)
            stands = dialog.table.records.record(row).before == "改一下。"
            assert dialog.accept_button.isEnabled() is not stands
        dialog.search.setText("没有这个填报项")
        clerk.settle()
        assert dialog.table.records.rowCount() == 0
        assert not dialog.accept_button.isEnabled()
        dialog.reject()


def test_the_menu_by_keyboard(clerk):
    page = begun(clerk)
    clerk.form.view.go_to(clerk.form.view.frame.beside.first_place())
    clerk.form.press(Qt.Key.Key_I, CTRL)
    assert page.head.taking_over.isVisible()
    page.head.taking_over.close()
