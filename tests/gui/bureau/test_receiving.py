"""接收 at the bureau's desk: a folder of good and bad packages, first meetings, stopping, receipts."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent

from models.domain.verdict import VerdictWord
from services.changes import Topic
from services.ports.store import FilingQuery
from services.review.queue import QueueFilter, QueueQuery, queue
from tests.gui.bureau.conftest import KNOWN, UNKNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.intake_view import ATTENTION, REFUSED
from ui.bureau.register_key_dialog import RegisterKeyDialog
from ui.widgets.password_dialog import PasswordDialog

pytestmark = pytest.mark.slow


def _units_stored(desk: BureauDeskPage) -> set[str]:
    with desk.workspace.store.reading() as work:
        return {filing.unit_code for filing in work.filings.overview(FilingQuery())}


def _register(desk: BureauDeskPage) -> RegisterKeyDialog:
    desk.press(desk.line(UNKNOWN, received=False, name=UNKNOWN))
    dialog = desk.dialog(RegisterKeyDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.confirm.setChecked(True)
    dialog.accept_button.click()
    return dialog


def test_a_folder_is_judged_line_by_line(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    words = {line.file_name[:3]: line.word for line in desk.lines()}
    assert words == {
        KNOWN[:3]: VerdictWord.VALID,
        UNKNOWN[:3]: VerdictWord.CANNOT_JUDGE,
        "改动_": VerdictWord.ALTERED,
    }
    assert _units_stored(desk) == {KNOWN}
    assert "新接收 1 份" in desk.told()
    assert "未接收（待核实）2 份" in desk.told()
    chips = desk.intake.filters
    assert [chips.chip(n).text() for n in range(3)] == ["全部 3", "需要处理 2", "未接收（待核实） 2"]
    assert desk.frame.navigation.button("intake").badge.text() == "2"
    waiting = len(queue(desk.workspace, QueueQuery(shown=QueueFilter.WAITING)))
    badge = desk.frame.navigation.button("review").badge
    desk.until(lambda: badge.isVisible() and badge.text() == str(waiting))
    assert desk.frame.page("review") is None


def test_filters_and_search_narrow_the_list(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    desk.intake.filters.choose(REFUSED)
    assert {line.unit_code for line in desk.lines()} == {UNKNOWN}
    desk.intake.filters.choose(ATTENTION)
    desk.intake.search.setText("改动")
    assert [line.word for line in desk.lines()] == [VerdictWord.ALTERED]
    desk.intake.filters.choose(0)
    desk.intake.search.setText("没有这个单位")
    assert desk.lines() == []


def test_the_details_say_why_and_what_to_do(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    line = desk.line(UNKNOWN, name=UNKNOWN)
    assert desk.intake.choose_path(line.path)
    detail = desk.intake.detail
    assert line.reasons[0].message in detail.reasons.text()
    assert "逐组核对" in detail.next_step.text()
    assert detail.code.code() == line.signer.fingerprint
    assert detail.register_button.isVisible()
    assert not detail.open_button.isVisible()
    altered = desk.line(UNKNOWN, name="改动")
    assert desk.intake.choose_path(altered.path)
    assert not detail.register_button.isVisible()
    assert detail.dismiss_button.isVisible()


def test_a_first_key_is_compared_registered_and_its_package_received(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    dialog = _register(desk)
    desk.give_passwords()
    desk.until(lambda: not desk.has_dialog(type(dialog)))
    desk.settle()
    assert desk.line(UNKNOWN, received=True).word is VerdictWord.VALID
    assert _units_stored(desk) == {KNOWN, UNKNOWN}
    assert "已登记" in desk.told()
    assert desk.desk.access.is_unlocked
    assert desk.line(UNKNOWN, received=False).word is VerdictWord.ALTERED
    desk.receive(desk.folder / "later")
    assert {line.word for line in desk.lines() if line.is_received} == {VerdictWord.VALID}


def test_a_wrong_password_is_named_and_has_to_wait(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    registering = _register(desk)
    passwords = desk.give_passwords(bureau="not-the-one")
    desk.until(passwords.wait.isVisible)
    assert "签发密码不正确" in passwords.wait.words.text()
    assert not passwords.accept_button.isEnabled()
    assert passwords.wait.seconds_left > 0
    assert not desk.desk.access.is_unlocked
    passwords.reject()
    registering.reject()
    desk.settle()
    assert _units_stored(desk) == {KNOWN}


def test_a_stopped_run_keeps_what_came_in(desk: BureauDeskPage):
    folder = desk.folder / "many"
    folder.mkdir()
    (package,) = (desk.folder / "post").glob(f"{KNOWN}*")
    for number in range(80):
        shutil.copy(package, folder / f"{number:02d}.asice")
    desk.intake.folder_button.click()
    desk.choose(folder)
    desk.until(lambda: desk.intake.counts[0].text() not in ("", "有效 0"))
    desk.intake.panel.cancel_button.click()
    desk.until(lambda: not desk.desk.intake.is_running)
    desk.settle()
    assert "已停止" in desk.told()
    assert "新接收 1 份" in desk.told()
    assert _units_stored(desk) == {KNOWN}
    assert desk.line(KNOWN).is_received
    assert not desk.intake.progress_card.isVisible()
    desk.receive(folder)
    assert "以前已接收 80 份" in desk.told()


def test_the_window_lives_while_a_folder_comes_in(desk: BureauDeskPage):
    """A timer of the window goes on ticking, lines are counted while the run goes on, and so does 报送情况."""
    folder = desk.folder / "alive"
    folder.mkdir()
    (package,) = (desk.folder / "post").glob(f"{KNOWN}*")
    for number in range(60):
        shutil.copy(package, folder / f"{number:02d}.asice")
    ticks, told = [], []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(desk.desk.intake.is_running))
    timer.start(10)
    heard = desk.workspace.changes.listen(lambda change: told.append(change.topics))
    desk.receive(folder)
    heard()
    assert sum(ticks) >= 10
    assert any(Topic.FILINGS in topics for topics in told)
    assert "新接收 1 份" in desk.told()
    assert "以前已接收 59 份" in desk.told()


def test_an_empty_folder_is_said_to_be_one(desk: BureauDeskPage):
    empty = desk.folder / "empty"
    empty.mkdir()
    desk.receive(empty)
    assert "没有找到报送文件" in desk.told()


def test_workbooks_beside_the_packages_are_told(desk: BureauDeskPage):
    folder = desk.folder / "混放"
    folder.mkdir()
    for name in ("目标表.xlsx", "自评表.XLSX", "~$目标表.xlsx"):
        (folder / name).write_bytes(b"PK")
    desk.receive(folder)
    assert desk.told().endswith("没有找到报送文件。另有 2 个 Excel 表，请用“接收 Excel 表…”接收。")


def test_a_dropped_folder_is_received(desk: BureauDeskPage):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(desk.folder / "later"))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.intake.dropEvent(event)
    desk.until(lambda: not desk.desk.intake.is_running)
    desk.settle()
    assert desk.line(KNOWN).is_received


def test_a_refused_file_can_be_taken_off_the_list(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    altered = desk.line(UNKNOWN, name="改动")
    desk.intake.choose_path(altered.path)
    desk.intake.detail.dismiss_button.click()
    desk.until(lambda: all(line.path != altered.path for line in desk.lines()))
    assert (desk.folder / "post" / altered.file_name).exists()


def test_receipts_are_written_for_all_that_wait(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    desk.receive(desk.folder / "later")
    assert desk.intake.receipts_button.text() == "全部开具回执（2）"
    target = desk.folder / "receipts"
    target.mkdir()
    desk.intake.receipts_button.click()
    desk.give_signature()
    desk.choose(target)
    written = desk.dialog(FilesDialog)
    assert written.list.count() == len(list(target.rglob("*_receipt_*.asice"))) == 2
    written.accept()
    desk.settle()
    assert not desk.intake.receipts_button.isEnabled()
    assert all("已开具回执" in line.remark for line in desk.lines() if line.is_received)


def test_one_receipt_from_the_details(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    desk.intake.choose_path(desk.line(KNOWN).path)
    desk.intake.detail.receipt_button.click()
    desk.give_signature()
    desk.choose(desk.folder)
    desk.dialog(FilesDialog).accept()
    desk.settle()
    assert len(list(desk.folder.glob("*_receipt_*.asice"))) == 1
    assert desk.line(KNOWN).remark == "已接收，已开具回执"


def test_closing_while_packages_come_in_stops_first(desk: BureauDeskPage):
    folder = desk.folder / "many"
    folder.mkdir()
    (package,) = (desk.folder / "post").glob(f"{KNOWN}*")
    for number in range(80):
        shutil.copy(package, folder / f"{number:02d}.asice")
    desk.frame.set_close_guard(desk.desk.may_close)
    desk.intake.folder_button.click()
    desk.choose(folder)
    desk.until(lambda: desk.intake.counts[0].text() not in ("", "有效 0"))
    desk.frame.close()
    assert desk.frame.isVisible()
    desk.until(lambda: not desk.frame.isVisible())
    assert not desk.desk.intake.is_running
    assert _units_stored(desk) == {KNOWN}


def test_what_goes_out_daily_is_signed_without_the_root(desk: BureauDeskPage):
    """签发密码 alone serves for receipts; what needs the root asks for its password only, since the other key is open."""
    access, given = desk.desk.access, []
    access.need_signature("开具回执要用本局的签名。", given.append)
    asked = desk.dialog(PasswordDialog)
    assert len(asked.fields) == 1
    assert asked.windowTitle() == "输入签发密码"
    desk.give_signature()
    desk.until(lambda: len(given) == 1)
    assert access.is_unlocked
    assert access.keys is None
    access.need("下发任务参数包要用本局的签名。", given.append)
    asked = desk.dialog(PasswordDialog)
    assert asked.windowTitle() == "输入根密码"
    desk.give(asked, (desk.ROOT,))
    desk.until(lambda: len(given) == 2)
    assert given[1].bureau is given[0]
