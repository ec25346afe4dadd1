"""When saving fails: what was typed stays, is told, is saved later; nobody's work is overwritten, nobody is held."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from models.domain.errors import EnvironmentProblem, StorageProblem
from models.domain.filing import FilingStatus
from services import filings
from services.ports.store import FilingQuery
from services.workspaces import Workspace, open_workspace
from tests.gui.desks.test_forms import EMPTY, READY, TARGET, stored
from tests.gui.pages.desk_program import words_of
from tests.gui.pages.home import TARGETS
from tests.gui.pages.problems import open_crash
from ui.desks import autosave
from ui.desks.conflict_dialog import ConflictDialog
from ui.filer.seal_dialog import SealDialog
from ui.widgets.confirm_dialog import ConfirmDialog

FULL = EnvironmentProblem("磁盘空间已满，这次没有保存", "请清理磁盘后再试一次")
LOCKED = StorageProblem("工作区正被另一个窗口或程序使用", "请稍等片刻再试")


@pytest.fixture
def fails(monkeypatch):
    """Let saving fail with an error until `fails.stop()`."""

    class Fails:
        def __init__(self) -> None:
            self.error: Exception | None = None
            self.count = 0
            self._real = filings.save_draft
            monkeypatch.setattr(filings, "save_draft", self._save)
            monkeypatch.setattr(autosave, "RETRY_MS", 200)

        def start(self, error: Exception) -> None:
            self.error = error

        def stop(self) -> None:
            self.error = None

        def _save(self, *args, **options):
            if self.error is not None:
                self.count += 1
                raise self.error
            return self._real(*args, **options)

    return Fails()


def type_and_fail(clerk, text=TARGET):
    """Type into an open form and wait until saving has failed."""
    with clerk.qtbot.waitSignal(clerk.desk.editor.saving.failed, timeout=10_000):
        clerk.form.fill("annual_target", text)
        clerk.form.view.flush()


def wait_kept(clerk):
    with clerk.qtbot.waitSignal(clerk.desk.editor.kept, timeout=10_000):
        pass
    clerk.settle()


@pytest.mark.parametrize("error", [FULL, LOCKED])
def test_a_failure_is_told_and_saving_goes_on_by_itself(fails, clerk, error):
    clerk.open_form(EMPTY)
    fails.start(error)
    type_and_fail(clerk)
    assert error.what in clerk.saved_words()
    assert "仍在窗口里" in clerk.saved_words()
    assert clerk.bars.status_words()[0] == "没有保存成功"
    assert clerk.form.view.answers()["annual_target"] == TARGET
    fails.stop()
    wait_kept(clerk)
    assert clerk.saved_words().startswith("已自动保存")
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET


def test_leaving_waits_until_everything_is_kept(fails, clerk):
    clerk.open_form(EMPTY)
    fails.start(FULL)
    type_and_fail(clerk)
    clerk.leave_form()
    assert clerk.page() == "filing"
    fails.stop()
    wait_kept(clerk)
    assert clerk.page() == "home"
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET


def test_who_types_on_stays_on_the_form(fails, clerk):
    clerk.open_form(EMPTY)
    fails.start(FULL)
    type_and_fail(clerk)
    clerk.leave_form()
    type_and_fail(clerk, "又想起一句")
    fails.stop()
    wait_kept(clerk)
    assert clerk.page() == "filing"
    assert stored(clerk, EMPTY).answers["annual_target"] == "又想起一句"


def test_on_another_page_the_failure_is_told_there_and_leads_back(fails, clerk):
    clerk.open_form(EMPTY)
    fails.start(FULL)
    type_and_fail(clerk)
    clerk.go_to("报送")
    with clerk.qtbot.waitSignal(clerk.desk.editor.saving.failed, timeout=10_000):
        pass
    assert EMPTY in clerk.notice()
    assert FULL.what in clerk.notice()
    clerk.press_notice()
    assert clerk.page() == "filing"
    assert clerk.form.view.answers()["annual_target"] == TARGET
    fails.stop()
    wait_kept(clerk)


def test_another_form_opens_only_after_the_first_is_kept(fails, clerk):
    clerk.open_form(EMPTY)
    fails.start(FULL)
    type_and_fail(clerk)
    clerk.go_to("工作台")
    clerk.matrix.click(READY, TARGETS)
    clerk.settle()
    assert clerk.desk.editor.subject == EMPTY
    fails.stop()
    wait_kept(clerk)
    assert clerk.desk.editor.subject == READY
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET


def test_sealing_waits_too(fails, clerk):
    clerk.open_form(READY)
    fails.start(FULL)
    type_and_fail(clerk)
    clerk.go_to("工作台")
    clerk.desk.pages.home.seal_button.click()
    clerk.settle()
    assert not clerk.has_dialog(SealDialog)
    fails.stop()
    wait_kept(clerk)
    assert clerk.has_dialog(SealDialog)


def test_closing_is_asked_and_waits(fails, clerk, program):
    clerk.open_form(EMPTY)
    fails.start(FULL)
    type_and_fail(clerk)
    clerk.frame.close()
    clerk.settle()
    dialog = clerk.dialog(ConfirmDialog)
    assert FULL.what in words_of(dialog)
    assert not program.has_ended
    fails.stop()
    program.until(lambda: program.has_ended)


def test_closing_without_saving_is_possible_and_keeps_what_was_saved(fails, clerk, program, tools):
    clerk.open_form(EMPTY)
    clerk.form.fill("annual_target", TARGET)
    clerk.wait_saved()
    folder = clerk.workspace.folder
    fails.start(FULL)
    type_and_fail(clerk, "没有存上的话")
    clerk.frame.close()
    clerk.settle()
    clerk.dialog(ConfirmDialog).accept_button.click()
    program.until(lambda: program.has_ended)
    fails.stop()
    with opened(tools, folder) as (workspace, _was_cut_off), workspace.store.reading() as work:
        kept = [f.answers.get("annual_target") for f in work.filings.find(FilingQuery())]
    assert TARGET in kept
    assert "没有存上的话" not in kept


@pytest.mark.expected_log("unexpected error")
def test_a_mistake_of_ours_saves_the_draft_and_gives_a_report_to_copy(fails, clerk, program):
    clerk.open_form(EMPTY)
    clerk.form.fill("annual_target", TARGET)

    def broken(_ctx):
        raise LookupError("这里不能出现填写的内容")

    clerk.desk.run(broken)
    clerk.settle()
    crash = open_crash()
    assert "已填的内容都已保存" in crash.words()
    crash.copy_report()
    assert "LookupError" in QGuiApplication.clipboard().text()
    assert "填写的内容" not in QGuiApplication.clipboard().text()
    assert "LookupError" in program.crashes.pop()
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET
    crash.close()
    clerk.form.fill("reviewer_name", "王芳")
    clerk.leave_form()
    assert stored(clerk, EMPTY).answers["reviewer_name"] == "王芳"


@pytest.mark.expected_log("unexpected error")
@pytest.mark.expected_log("drafts not saved")
def test_a_mistake_in_saving_itself_keeps_the_text(fails, clerk, program):
    clerk.open_form(EMPTY)
    fails.start(ZeroDivisionError())
    with clerk.qtbot.waitSignal(program.program.door.crash_shown, timeout=10_000):
        clerk.form.fill("annual_target", TARGET)
        clerk.form.view.flush()
    program.crashes.clear()
    assert "没有保存" in clerk.saved_words()
    fails.stop()
    open_crash().close()
    clerk.form.fill("reviewer_name", "王芳")
    clerk.leave_form()
    assert stored(clerk, EMPTY).answers["annual_target"] == TARGET


# Two windows -------------------------------------------------------------------------------------


class opened:  # noqa: N801 - reads as a verb where it is used
    """A workspace opened as by another program, closed again."""

    def __init__(self, tools, folder) -> None:
        self.found = open_workspace(tools, folder, marks_end=False)

    def __enter__(self) -> tuple[Workspace, bool]:
        return self.found.workspace, self.found.was_cut_off

    def __exit__(self, *_error: object) -> None:
        self.found.workspace.close()


def save_elsewhere(clerk, tools, text, **changes) -> None:
    """Another window saves the form that is open here."""
    before = clerk.desk.editor.saving.opened
    with opened(tools, clerk.workspace.folder) as (workspace, _):
        there = filings.open_filing(workspace, before.filing.task_id, before.filing.project_id)
        answers = {**there.filing.answers, "annual_target": text, **changes}
        filings.save_draft(workspace, there, answers, {})


def conflict(clerk, text=TARGET) -> ConflictDialog:
    """Type here what another window does not know; the question that follows."""
    clerk.form.fill("annual_target", text)
    clerk.form.view.flush()
    clerk.settle()
    return clerk.dialog(ConflictDialog)


def test_another_window_is_never_overwritten(clerk, tools):
    clerk.open_form(READY)
    save_elsewhere(clerk, tools, "另一个窗口的目标")
    dialog = conflict(clerk)
    assert list(dialog.places) == ["年度目标"]
    assert stored(clerk, READY).answers["annual_target"] == "另一个窗口的目标"
    dialog.reject()
    clerk.settle()
    assert stored(clerk, READY).answers["annual_target"] == "另一个窗口的目标"
    assert clerk.form.view.answers()["annual_target"] == TARGET
    assert "另一个窗口" in clerk.saved_words()


def test_mine_stays_and_theirs_is_in_the_history(clerk, tools):
    clerk.open_form(READY)
    save_elsewhere(clerk, tools, "另一个窗口的目标")
    clerk.accept(conflict(clerk))
    assert stored(clerk, READY).answers["annual_target"] == TARGET
    assert clerk.saved_words().startswith("已自动保存")
    befores = [c.before for c in filings.history(clerk.workspace, stored(clerk, READY).filing_id)]
    assert "另一个窗口的目标" in befores
    clerk.form.fill("reviewer_name", "王芳")
    clerk.leave_form()
    assert stored(clerk, READY).answers["reviewer_name"] == "王芳"


def test_theirs_is_shown_and_mine_is_in_the_history(clerk, tools):
    clerk.open_form(READY)
    save_elsewhere(clerk, tools, "另一个窗口的目标")
    dialog = conflict(clerk)
    dialog.theirs_button.click()
    clerk.settle()
    assert clerk.form.view.answers()["annual_target"] == "另一个窗口的目标"
    befores = [c.before for c in filings.history(clerk.workspace, stored(clerk, READY).filing_id)]
    assert TARGET in befores
    clerk.form.fill("reviewer_name", "王芳")
    clerk.leave_form()
    assert stored(clerk, READY).answers["annual_target"] == "另一个窗口的目标"
    assert stored(clerk, READY).answers["reviewer_name"] == "王芳"


def test_two_windows_that_begin_the_same_form_make_one_filing(clerk, tools):
    clerk.open_form(EMPTY)
    save_elsewhere(clerk, tools, "另一个窗口先填的")
    clerk.accept(conflict(clerk))
    with clerk.workspace.store.reading() as work:
        project = next(p for p in work.projects.list() if p.name == EMPTY)
        found = work.filings.find(FilingQuery(project_id=project.project_id))
    assert [f.answers["annual_target"] for f in found] == [TARGET]


def test_sealed_in_another_window_meanwhile(clerk, tools):
    clerk.open_form(READY)
    before = clerk.desk.editor.saving.opened.filing
    with opened(tools, clerk.workspace.folder) as (workspace, _), workspace.store.writing() as work:
        work.filings.set_status(before.filing_id, FilingStatus.SEALED, clerk.workspace.tools.clock.now())
        work.commit()
    dialog = conflict(clerk)
    assert "修改后重新报送" in dialog.accept_button.text()
    assert stored(clerk, READY).status is FilingStatus.SEALED
    clerk.accept(dialog)
    assert stored(clerk, READY).status is FilingStatus.DRAFT
    assert stored(clerk, READY).answers["annual_target"] == TARGET


def test_the_same_content_saved_elsewhere_is_no_conflict(clerk, tools):
    clerk.open_form(READY)
    before = clerk.desk.editor.saving.opened.filing
    with opened(tools, clerk.workspace.folder) as (workspace, _):
        there = filings.open_filing(workspace, before.task_id, before.project_id)
        filings.save_draft(
            workspace, replace(there), dict(there.filing.answers), dict(there.filing.explanations)
        )
    clerk.form.fill("annual_target", TARGET)
    clerk.leave_form()
    assert clerk.page() == "home"
    assert stored(clerk, READY).answers["annual_target"] == TARGET
