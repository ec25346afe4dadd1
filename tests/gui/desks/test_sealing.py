"""生成报送文件 from the desk: password, folder, clock, carrier, and what is there afterwards."""

from __future__ import annotations

import errno
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from exchange import atomic_file
from models.domain.errors import EnvironmentProblem
from models.domain.filing import FilingStatus
from models.domain.verdict import VerdictWord
from services import setup
from services.ports.exchange import TrustMaterial
from services.ports.store import FilingQuery
from tests.gui.desks.county import CHINA, PASSWORD
from tests.gui.pages.desk_clerk import Sealing
from tests.gui.pages.desk_program import ProgramPage, choose_in_file_dialog
from tests.gui.pages.home import TARGETS
from ui.filer.seal_dialog import SIGN, SealDialog

READY = "农村公路养护"


def drafts(clerk) -> int:
    with clerk.workspace.store.reading() as work:
        return len(work.filings.find(FilingQuery(status=FilingStatus.DRAFT)))


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def signing(clerk, stick) -> Sealing:
    """The dialog at the password, everything chosen."""
    sealing = clerk.begin_sealing()
    sealing.go_on()
    sealing.dialog.folder_chosen.emit(stick)
    clerk.settle()
    return sealing


def test_a_package_is_made_and_stands_in_the_list(clerk, stick, tools):
    path = clerk.seal(stick, PASSWORD, READY)
    assert path.parent == stick
    kit = clerk.workspace.current_kit().kit
    registered = (clerk.workspace.vault.certificate("unit").pem,)
    judged = tools.reader.judge(path, TrustMaterial((kit.root_certificate,), registered), tools.clock.now())
    assert judged.verdict.word is VerdictWord.VALID
    clerk.go_to("报送")
    records = clerk.desk.sealing.sent.table.records
    assert records.rowCount() == 1
    assert records.record(0).contents == (f"{READY}　项目支出绩效目标申报表　第 1 版",)
    assert records.record(0).received_at is None
    clerk.go_to("工作台")
    assert clerk.matrix.word(READY, TARGETS) == "已封装"


def test_a_wrong_password_waits_and_seals_nothing(clerk, signing, stick):
    before = drafts(clerk)
    signing.type_password("falsch-2026")
    signing.go_on()
    clerk.settle()
    told = signing.dialog.sign_page.wait.words.text()
    assert told.startswith("签名密码不正确。请 ")
    assert told.count("秒后再试") == 1
    assert "更换签名，填过的表不受影响" in told
    assert signing.dialog.stack.currentIndex() == SIGN
    assert not list(stick.iterdir())
    assert drafts(clerk) == before
    assert len(signing.dialog.choose_page.chosen()) == before


def test_the_wait_grows_and_the_right_password_seals_after_it(clerk, signing, clock):
    for seconds in (1, 2):
        signing.type_password("falsch-2026")
        signing.go_on()
        clerk.settle()
        wait = signing.dialog.sign_page.wait
        assert f"{seconds} 秒" in wait.words.text()
        assert not signing.may_go_on()
        with clerk.qtbot.waitSignal(wait.elapsed, timeout=10_000):
            pass
        clock.moment += timedelta(seconds=seconds)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.result_page.outcome() is not None
    assert "连同这个文件交给财政部门；" in signing.dialog.result_page.hint.text()


def test_cancelling_leaves_everything_as_it_was(clerk, signing, stick):
    before = drafts(clerk)
    signing.dialog.reject()
    clerk.settle()
    assert not clerk.has_dialog(SealDialog)
    assert drafts(clerk) == before
    assert not list(stick.iterdir())


def test_stopping_while_it_is_made_leaves_no_file(clerk, signing, stick):
    signing.type_password(PASSWORD)
    signing.go_on()
    signing.dialog.progress_page.panel.cancel_button.click()
    clerk.settle()
    assert "已停止" in signing.dialog.problem()
    assert not list(stick.iterdir())
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.result_page.outcome() is not None


def test_a_clock_before_the_kit_is_told(clerk, signing, clock, stick):
    before = drafts(clerk)
    clock.moment = datetime(2025, 3, 1, 9, 0, tzinfo=CHINA)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert "电脑日期" in signing.dialog.problem()
    assert "调整正确" in signing.dialog.problem()
    assert drafts(clerk) == before
    assert not list(stick.iterdir())


def test_a_folder_that_vanished_is_told_when_it_is_chosen(clerk, signing, stick):
    signing.dialog.folder_chosen.emit(stick / "拔掉的U盘")
    clerk.settle()
    assert signing.dialog.sign_page.target() is None
    assert signing.dialog.sign_page.space_label.text()
    assert not signing.may_go_on()
    signing.dialog.folder_chosen.emit(stick)
    clerk.settle()
    assert signing.dialog.sign_page.target() == stick


def test_a_stick_pulled_out_before_writing_costs_nothing(clerk, signing, stick):
    before = drafts(clerk)
    stick.rmdir()
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert "U 盘" in signing.dialog.problem() or "文件夹" in signing.dialog.problem()
    assert drafts(clerk) == before
    stick.mkdir()
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.result_page.outcome().filing_count == before


READ_ONLY = Path("/sys/kernel")
"""A folder nobody can write into, not even the administrator."""


@pytest.mark.skipif(
    not READ_ONLY.is_dir(), reason="this system has no folder that is read-only for everybody"
)
def test_a_read_only_carrier_costs_nothing(clerk, signing):
    before = drafts(clerk)
    signing.dialog.folder_chosen.emit(READ_ONLY)
    clerk.settle()
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert "写" in signing.dialog.problem()
    assert drafts(clerk) == before


FAILURES = {
    errno.ENOSPC: "空间不足",
    errno.EROFS: "只读",
    errno.ENODEV: "已拔出",
    errno.EIO: "读写出错",
}


@pytest.mark.parametrize("code", FAILURES, ids=errno.errorcode.get)
def test_a_carrier_that_fails_while_writing_costs_nothing(clerk, signing, stick, monkeypatch, code):
    """The bytes are on their way when the carrier says no: no half file, drafts as they were, then it works."""
    before, real = drafts(clerk), atomic_file._write

    def failing(path, pieces, mode):
        real(path, pieces, mode)
        if path.parent == stick:
            raise OSError(code, "provoked")

    monkeypatch.setattr(atomic_file, "_write", failing)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert FAILURES[code] in signing.dialog.problem()
    assert "请" in signing.dialog.problem()
    assert not list(stick.iterdir())
    assert drafts(clerk) == before
    monkeypatch.undo()
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.result_page.outcome().filing_count == before


def test_a_stick_pulled_out_while_writing_costs_nothing(clerk, signing, stick, monkeypatch):
    """Its folder is gone between the last byte and the file's name."""
    before, real, away = drafts(clerk), atomic_file._write, stick.with_name("weg")

    def pulled(path, pieces, mode):
        real(path, pieces, mode)
        if path.parent == stick:
            stick.rename(away)

    monkeypatch.setattr(atomic_file, "_write", pulled)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert "拔出" in signing.dialog.problem()
    assert drafts(clerk) == before
    assert not [path for path in away.iterdir() if path.suffix == ".asice"]
    monkeypatch.undo()
    away.rename(stick)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.result_page.outcome().filing_count == before


def test_a_full_carrier_costs_nothing(clerk, signing, stick, tools, monkeypatch):
    before = drafts(clerk)

    def full(*_args: object) -> None:
        raise EnvironmentProblem("U 盘空间不够，文件没有写入", "请清理后再试，或换一个文件夹")

    monkeypatch.setattr(tools.writer, "write", full)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.problem() == "U 盘空间不够，文件没有写入。请清理后再试，或换一个文件夹。"
    assert drafts(clerk) == before
    monkeypatch.undo()
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert signing.dialog.result_page.outcome().filing_count == before


@pytest.mark.expected_log("unexpected error")
def test_a_mistake_of_ours_ends_in_the_crash_dialog_and_costs_nothing(
    clerk, signing, program, tools, monkeypatch
):
    before = drafts(clerk)

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tools.writer, "write", broken)
    signing.type_password(PASSWORD)
    signing.go_on()
    clerk.settle()
    assert "ZeroDivisionError" in program.crashes.pop()
    assert "没有生成文件" in signing.dialog.problem()
    assert drafts(clerk) == before


def test_typing_goes_on_after_sealing_failed(clerk, stick, tools, monkeypatch):
    """A number was given to the unfinished file; the open form must not take that for another window's work."""
    form = clerk.open_form(READY)
    form.fill("reviewer_name", "王芳")
    clerk.wait_saved()

    def full(*_args: object) -> None:
        raise EnvironmentProblem("U 盘空间不够", "请清理")

    monkeypatch.setattr(tools.writer, "write", full)
    form.view.show_step("check")
    form.wait_checked()
    form.view.frame.pages.check_page.seal_button.click()
    sealing = Sealing(clerk.qtbot, clerk.dialog(SealDialog))
    assert [name for name, ticked in sealing.lines() if ticked] == [READY]
    sealing.go_on()
    sealing.dialog.folder_chosen.emit(stick)
    clerk.settle()
    sealing.type_password(PASSWORD)
    sealing.go_on()
    clerk.settle()
    assert "空间不够" in sealing.dialog.problem()
    sealing.dialog.reject()
    form.fill("reviewer_name", "李敏")
    clerk.leave_form()
    assert clerk.page() == "home"
    assert clerk.open_form(READY).view.answers()["reviewer_name"] == "李敏"


def test_the_open_form_turns_read_only_when_it_was_sealed(clerk, stick):
    form = clerk.open_form(READY)
    form.fill("reviewer_name", "王芳")
    form.view.show_step("check")
    form.wait_checked()
    form.view.frame.pages.check_page.seal_button.click()
    sealing = Sealing(clerk.qtbot, clerk.dialog(SealDialog))
    sealing.go_on()
    sealing.dialog.folder_chosen.emit(stick)
    clerk.settle()
    sealing.type_password(PASSWORD)
    sealing.go_on()
    clerk.settle()
    sealing.go_on()
    clerk.settle()
    assert clerk.page() == "filing"
    assert clerk.form.view.session.read_only
    assert clerk.form.view.answers()["reviewer_name"] == "王芳"
    clerk.leave_form()
    clerk.choose(READY, TARGETS, "修改后重新报送")
    again = clerk.form
    assert not again.view.session.read_only
    again.fill("reviewer_name", "赵强")
    clerk.leave_form()
    assert clerk.seal(stick, PASSWORD, READY).is_file()
    clerk.go_to("报送")
    contents = clerk.desk.sealing.sent.table.records.record(0).contents
    assert contents == (f"{READY}　项目支出绩效目标申报表　第 2 版",)


def test_what_waits_to_be_saved_is_never_left_out(clerk, stick, tools):
    clerk.open_form(READY).fill("reviewer_name", "最后一刻")
    clerk.go_to("工作台")
    path = clerk.seal(stick, PASSWORD, READY)
    judged = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False)
    assert judged.payload["filings"][0]["answers"]["reviewer_name"] == "最后一刻"


def test_cover_forms_and_another_copy(clerk, stick, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.desks.sealing_flow.open_outside", lambda path: opened.append(path) or True)
    made = clerk.seal(stick, PASSWORD, READY)
    clerk.go_to("报送")
    sent = clerk.desk.sealing.sent
    sent.cover_button.click()
    clerk.settle()
    assert opened[-1].name == "报送封面.pdf"
    assert opened[-1].read_bytes().startswith(b"%PDF")
    sent.forms_button.click()
    clerk.settle()
    stem = f"{READY}_项目支出绩效目标申报表_2027年度_第1版"
    assert {f"{stem}.pdf", f"{stem}.xlsx"} <= {path.name for path in opened[-1].iterdir()}
    sent.folder_button.click()
    clerk.settle()
    assert opened[-1] == stick
    content = made.read_bytes()
    made.unlink()
    second = tmp_path / "第二个U盘"
    second.mkdir()
    sent.copy_button.click()
    choose_in_file_dialog(second)
    clerk.settle()
    assert (second / made.name).read_bytes() == content


def test_the_folder_chosen_last_is_offered_again(clerk, stick):
    clerk.seal(stick, PASSWORD, READY)
    assert clerk.begin_sealing().dialog.sign_page.target() == stick


def test_packages_made_earlier_are_listed_whatever_was_opened_first(clerk, program, stick):
    clerk.seal(stick, PASSWORD, READY)
    folder = clerk.workspace.folder
    clerk.frame.close()
    program.until(lambda: program.has_ended)
    again = ProgramPage(clerk.qtbot, program.tools, program.home.folder)
    desk = again.open(folder)
    desk.begin_sealing().dialog.reject()
    desk.go_to("报送")
    assert desk.desk.sealing.sent.table.records.rowCount() == 1
    again.close()


def test_a_registration_request_has_its_own_page_and_no_forms(clerk, stick, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.desks.sealing_flow.open_outside", lambda path: opened.append(path) or True)
    setup.write_registration_request(clerk.workspace, stick, PASSWORD)
    clerk.go_to("报送")
    sent = clerk.desk.sealing.sent
    assert sent.table.records.record(0).what == "签名登记申请"
    sent.cover_button.click()
    clerk.settle()
    assert opened[-1].name == "签名登记申请表.pdf"
    sent.forms_button.click()
    clerk.settle()
    assert "没有表样" in clerk.notice()
    assert len(opened) == 1
