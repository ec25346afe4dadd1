"""参数与证书: registers with a checked preview, the kit prepared and issued, keys taken back, a new bureau."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QDate

from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.settings import CheckSettings
from models.domain.kit import TrustMode
from models.domain.revocation import RevocationReason
from models.domain.verdict import VerdictWord
from services import kit_drafts, kits
from services.check_thresholds import thresholds_of
from tests.gui.bureau.conftest import KNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.import_preview_dialog import ImportPreviewDialog
from ui.bureau.issued_kit_dialog import IssuedKitDialog
from ui.bureau.kit_view import CERTIFICATES, KIT
from ui.bureau.revoke_dialog import RevokeDialog
from ui.bureau.root_copies_dialog import RootCopiesDialog
from ui.bureau.root_keeping_dialog import RootKeepingDialog
from ui.bureau.task_dialog import TaskDialog

pytestmark = pytest.mark.slow

UNITS = "单位代码,单位名称,主管部门代码,归口业务股室\n901,甲单位,901,农业股\n901,乙单位,,\n,丙单位,,\n九,丁单位,,\n"
ENTRIES = (
    "项目名称,单位代码,预算数（万元）,不报原因\n"
    "道路养护,901,12.5,\n人员工资,901,3,人员类不报\n未知单位项目,999,1,\n金额有误,901,许多,\n"
)


def test_a_table_of_units_is_previewed_with_its_faults(desk: BureauDeskPage):
    view = desk.kit()
    path = desk.folder / "单位.csv"
    path.write_text(UNITS, "utf-8")
    view.units.import_button.click()
    desk.choose(path)
    dialog = desk.dialog(ImportPreviewDialog)
    problems = [dialog.problems.records.record(n) for n in range(dialog.problems.records.rowCount())]
    assert [problem.line for problem in problems] == [3, 4, 5]
    assert all(problem.is_blocking for problem in problems)
    assert dialog.table.records.rowCount() == 1
    dialog.accept_button.click()
    desk.until(lambda: "已装入 1 个单位" in view.notice.words.text())
    desk.settle()
    assert view.units.table.records.rowCount() == 13


def test_a_table_without_its_heads_is_explained(desk: BureauDeskPage):
    view = desk.kit()
    path = desk.folder / "不是名录.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    view.units.import_button.click()
    desk.choose(path)
    desk.until(desk.frame.notice.isVisible)
    assert "没有找到表头" in desk.frame.notice.words.text()
    assert not desk.has_dialog(ImportPreviewDialog)


def test_a_new_bureau_is_led_from_register_to_kit(new_desk: BureauDeskPage):
    desk = new_desk
    assert not desk.intake.folder_button.isEnabled()
    desk.intake.empty.wanted.emit()
    desk.settle()
    view = desk.kit()
    assert view.checklist.isVisible()
    assert not view.kit.issue_button.isEnabled()
    for name, text, number in (("单位.csv", UNITS, 0), ("项目.csv", ENTRIES, 1)):
        path = desk.folder / name
        path.write_text(text, "utf-8")
        view.checklist.step_button(number).click()
        desk.choose(path)
        desk.dialog(ImportPreviewDialog).accept_button.click()
        desk.until(lambda: not desk.has_dialog(ImportPreviewDialog))
        desk.settle()
    assert view.entries.table.records.rowCount() == 3
    assert "15.50 万元" in view.entries.count_label.words()
    view.checklist.step_button(2).click()
    view.kit.issue_button.click()
    desk.choose(desk.folder)
    desk.dialog(IssuedKitDialog).accept()
    desk.settle()
    assert view.checklist.isVisible()  # until the root lies on two media
    view.checklist.step_button(3).click()
    keeping = desk.dialog(RootKeepingDialog)
    keeping.copies_button.click()
    dialog = desk.dialog(RootCopiesDialog)
    for number in range(2):
        (desk.folder / f"medium-{number}").mkdir()
        dialog.folder_buttons[number].click()
        desk.choose(desk.folder / f"medium-{number}")
    assert "同一个介质" in dialog.warning.text()
    dialog.password.setText(BureauDeskPage.ROOT)
    assert not dialog.accept_button.isEnabled()
    dialog.anyway.setChecked(True)
    dialog.accept_button.click()
    desk.until(lambda: not desk.has_dialog(RootCopiesDialog))
    assert "medium-1" in keeping.copies_label.text()
    keeping.accept()
    desk.settle()
    assert not view.checklist.isVisible()
    assert desk.intake.folder_button.isEnabled()
    board = desk.status()
    assert [status.unit.code for status in board.shown()] == ["901"]


def test_a_kit_is_changed_kept_and_issued(desk: BureauDeskPage):
    view = desk.kit()
    view.show_tab(KIT)
    before = desk.workspace.current_kit().kit
    page = view.kit
    page.basics.name.setText("2026年任务参数包（修订）")
    page.basics.name.textEdited.emit(page.basics.name.text())
    page.basics.modes[TrustMode.CERTIFICATE].click()
    page.tasks.edit(before.tasks[0])
    dialog = desk.dialog(TaskDialog)
    dialog.closes.setDate(QDate(2026, 12, 1))
    dialog.accept_button.click()
    model = page.thresholds.thresholds
    assert model.setData(model.index(0, 2), "0.05")
    desk.desk.save_drafts()
    kept = kit_drafts.kept_draft(desk.workspace)
    assert (kept.name, kept.trust_mode) == ("2026年任务参数包（修订）", TrustMode.CERTIFICATE)
    page.issue_button.click()
    desk.give_passwords()
    desk.choose(desk.folder)
    issued = desk.dialog(IssuedKitDialog)
    desk.settle()
    after = desk.workspace.current_kit().kit
    assert after.version == before.version + 1
    assert after.tasks == (replace(before.tasks[0], closes_on=date(2026, 12, 1)), *before.tasks[1:])
    assert after.trust_mode is TrustMode.CERTIFICATE
    assert thresholds_of(after)[0].text == "0.05"
    (file,) = desk.folder.glob("*_parameter_kit_*.asice")
    offer = kits.look_at_kit(desk.workspace.tools, file, before)
    assert issued.code.code() == offer.check_code == page.issued_card.code.code()
    issued.notice_requested.emit()
    desk.choose(desk.folder / "核对单.pdf")
    desk.until((desk.folder / "核对单.pdf").exists)
    assert (desk.folder / "核对单.pdf").read_bytes().startswith(b"%PDF")
    issued.accept()


def test_a_figure_that_is_none_is_refused_and_the_draft_stays(desk: BureauDeskPage):
    page = desk.kit().kit
    draft = page.draft()
    model = page.thresholds.thresholds
    model.setData(model.index(0, 2), "很多")
    assert "不是数字" in page.threshold_problem.text()
    assert page.draft() is draft
    page.basics.amount.edit.setText("五百")
    assert not page.issue_button.isEnabled()
    assert page.draft() is draft
    desk.desk.kit.refresh()
    desk.settle()
    assert page.basics.amount.edit.text() == "五百"


LIBRARY = (
    "一级指标,二级指标,三级指标,计算符号,参考值,计量单位\n"
    "产出指标,数量指标,维护路灯盏数,不少于,120,盏\n产出指标,声望指标,好评,≥,1,次\n"
)


def test_the_bureaus_own_library_from_a_table(desk: BureauDeskPage):
    view = desk.kit()
    view.show_tab(KIT)
    page = view.kit
    path = desk.folder / "指标库.csv"
    path.write_text(LIBRARY, "utf-8")
    page.library.import_button.click()
    desk.choose(path)
    dialog = desk.dialog(ImportPreviewDialog)
    (problem,) = (dialog.problems.records.record(n) for n in range(dialog.problems.records.rowCount()))
    assert (problem.line, problem.is_blocking) == (3, True)
    assert dialog.table.records.index(0, 0).data() == "产出指标 · 数量指标"
    assert dialog.table.records.index(0, 2).data() == "≥120盏"
    dialog.accept_button.click()
    desk.until(lambda: not desk.has_dialog(ImportPreviewDialog))
    assert page.library.count_label.words() == "1 条指标"
    desk.desk.save_drafts()
    (kept,) = kit_drafts.kept_draft(desk.workspace).template.indicator_library
    assert kept.name == "维护路灯盏数"
    page.library.clear_button.click()
    assert page.draft().template.indicator_library == ()
    view.notice.action.click()
    assert page.draft().template.indicator_library == (kept,)
    desk.desk.save_drafts()


def test_problems_to_put_right_from_a_table(desk: BureauDeskPage):
    view = desk.kit()
    view.show_tab(KIT)
    page = view.kit
    path = desk.folder / "整改问题清单.csv"
    path.write_text(
        "单位代码,项目名称,问题来源,存在问题\n820001,,审计,专项资金滞留\n999999,,审计,别县的\n", "utf-8"
    )
    page.issues.import_button.click()
    desk.choose(path)
    dialog = desk.dialog(ImportPreviewDialog)
    assert dialog.problems.records.rowCount() == 1
    assert dialog.table.records.index(0, 3).data() == "审计"
    dialog.accept_button.click()
    desk.until(lambda: not desk.has_dialog(ImportPreviewDialog))
    assert page.issues.count_label.words() == "1 个单位的 1 个问题"
    desk.desk.save_drafts()
    (kept,) = kit_drafts.kept_draft(desk.workspace).template.issues
    assert (kept.unit_code, kept.issue) == ("820001", "专项资金滞留")
    page.issues.clear_button.click()
    assert page.draft().template.issues == ()
    view.notice.action.click()
    assert page.draft().template.issues == (kept,)
    desk.desk.save_drafts()


def test_kinds_and_sizes_of_evidence(desk: BureauDeskPage):
    page = desk.kit().kit
    page.evidence.kinds.setText("pdf、exe")
    page.evidence.kinds.editingFinished.emit()
    assert "不能作为佐证材料" in page.evidence.field.problem()
    assert page.evidence.kinds.text() == "pdf、exe"
    page.evidence.kinds.setText("pdf， .JPG")
    page.evidence.kinds.editingFinished.emit()
    assert page.evidence.field.problem() == ""
    assert page.evidence.kinds.text() == "pdf、jpg"
    model = page.thresholds.thresholds
    row = next(n for n in range(model.rowCount()) if model.record(n).field == "file_megabytes")
    assert model.setData(model.index(row, 2), "30")
    desk.desk.save_drafts()
    rules = CheckSettings(kit_drafts.kept_draft(desk.workspace).template).get(EvidenceSetting)
    assert (rules.kinds, rules.file_megabytes) == (("pdf", "jpg"), 30)


def test_tasks_are_added_and_removed(desk: BureauDeskPage):
    page = desk.kit().kit
    count = len(page.draft().tasks)
    page.tasks.add_button.click()
    dialog = desk.dialog(TaskDialog)
    dialog.name.clear()
    dialog.accept_button.click()
    assert "任务名称没有填" in dialog.problem()
    dialog.name.setText("补报绩效目标")
    dialog.opens.setDate(QDate(2026, 12, 31))
    dialog.accept_button.click()
    assert "早于开始日期" in dialog.problem()
    dialog.closes.setDate(QDate(2027, 1, 15))
    dialog.accept_button.click()
    assert [task.name for task in page.draft().tasks][-1] == "补报绩效目标"
    assert len({task.task_id for task in page.draft().tasks}) == count + 1
    page.tasks.table.selectRow(count)
    page.tasks.remove_button.click()
    assert len(page.draft().tasks) == count


def test_a_revoked_key_is_listed_and_its_packages_are_refused(desk: BureauDeskPage, clock):
    view = desk.kit()
    view.show_tab(CERTIFICATES)
    page = view.certificates
    page.search.setText("桃园镇")
    page.table.selectRow(0)
    line = page.table.chosen()
    assert line.unit_code == KNOWN
    page.revoke_button.click()
    dialog = desk.dialog(RevokeDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.reason.choose(RevocationReason.EXPOSED)
    dialog.confirm.setChecked(True)
    dialog.since.edit.setText("2027年1月1日")
    dialog.accept_button.click()
    assert "日期还没有到" in dialog.since.problem()
    dialog.everything.setChecked(True)
    dialog.accept_button.click()
    desk.give_passwords()
    desk.until(lambda: not desk.has_dialog(type(dialog)))
    desk.settle()
    assert page.table.records.record(0).state.label == "已注销"
    page.table.selectRow(0)
    assert "密钥丢失" in page.detail.text()
    desk.receive(desk.folder / "later")
    assert desk.line(KNOWN).word is VerdictWord.INVALID_SIGNATURE
    assert not desk.line(KNOWN).is_received


def test_the_bureaus_own_key_cannot_be_revoked(desk: BureauDeskPage):
    page = desk.kit().certificates
    page.search.setText("财政局")
    page.table.selectRow(0)
    assert not page.revoke_button.isEnabled()


def test_another_working_year_begins_with_preparing(desk: BureauDeskPage):
    view = desk.kit()
    desk.frame.top_bar.year_button.choose(2027)
    desk.until(view.checklist.isVisible)
    desk.settle()
    assert desk.workspace.profile.working_year == 2027
    assert not desk.intake.folder_button.isEnabled()
    desk.frame.top_bar.year_button.choose(2026)
    desk.until(lambda: not view.checklist.isVisible())


def test_settings_lock_the_keys_and_help_opens(desk: BureauDeskPage):
    view = desk.kit()
    view.certificates.renew_button.click()
    desk.give_passwords()
    desk.until(lambda: "注销名单已更新" in view.notice.words.text())
    desk.frame.show_page("settings")
    settings = desk.frame.page("settings")
    assert settings.lock_button.isEnabled()
    settings.lock_button.click()
    assert desk.desk.keys is None
    assert not settings.lock_button.isEnabled()
    desk.frame.help_requested.emit()
    assert desk.frame.current_page() == "help"
    desk.settle()
