"""报送情况, and reading what was received: figures, filters, the form read-only, documents saved out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from forms import registry
from services import archive, reporting_status
from services.ports.store import FilingQuery
from services.reporting_status import DueState
from tests.forms.self_evaluations import context, filled
from tests.gui.bureau.conftest import KNOWN, UNKNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.check_notes_panel import CheckNotesPanel
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.package_forms_dialog import PackageFormsDialog
from ui.bureau.received_form_page import ReceivedFormPage

pytestmark = pytest.mark.slow


def _row(view, code: str) -> list[str]:
    assert view.choose_unit(code)
    status = view.units.chosen()
    return [column.words(status) for column in view.units.records.columns][3:]


def test_the_board_counts_what_is_due_and_sent(desk: BureauDeskPage):
    view = desk.status()
    units = desk.workspace.current_kit().kit.units
    assert view.units.records.rowCount() == len(units) == 12
    before = _row(view, KNOWN)
    desk.receive(desk.folder / "post")
    desk.receive(desk.folder / "later")
    after = _row(view, KNOWN)
    sent = int(after[1])
    assert sent == 3
    assert before[0] == after[0]
    assert before[1] == "—"
    assert after[2] == (str(int(before[2]) - sent) if int(before[2]) > sent else "—")
    card = view.cards.cards()[0]
    board = reporting_status.reporting_status(desk.workspace)
    first = board[0].items[0].task.task_id
    states = [item.state for status in board for item in status.items if item.task.task_id == first]
    due = states.count(DueState.SENT) + states.count(DueState.MISSING)
    assert card.count_label.text() == f"{states.count(DueState.SENT)} / {due}"


def test_filters_by_office_missing_and_name(desk: BureauDeskPage):
    view = desk.status()
    office = next(unit.bureau_office for unit in desk.workspace.current_kit().kit.units if unit.code == KNOWN)
    view.office.choose(office)
    assert {status.unit.bureau_office for status in view.shown()} == {office}
    view.search.setText(KNOWN)
    assert [status.unit.code for status in view.shown()] == [KNOWN]
    view.search.clear()
    view.office.choose("")
    view.only_missing.choose(True)
    assert all(status.count(DueState.MISSING) for status in view.shown())


def test_a_reminder_names_who_has_not_sent_what(desk: BureauDeskPage):
    view = desk.status()
    view.search.setText(UNKNOWN)
    (status,) = view.shown()
    view.copy_action.trigger()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0].startswith(status.unit.name)
    assert len(text.splitlines()) == 1 + status.count(DueState.MISSING)
    task = next(item.task for item in status.items if item.state is DueState.MISSING)
    view.task_filter.choose(task.task_id)
    view.copy_action.trigger()
    _, *lines = QGuiApplication.clipboard().text().splitlines()
    assert lines
    assert all(line.startswith(f"　　{task.name}　") for line in lines)
    assert len(lines) < status.count(DueState.MISSING)


def test_a_reminder_is_saved_as_a_workbook(desk: BureauDeskPage, monkeypatch):
    monkeypatch.setattr("ui.desks.bureau_status_flow.open_outside", lambda _folder: True)
    desk.status().save_action.trigger()
    desk.choose(desk.folder)
    desk.until(lambda: list(desk.folder.glob("催报名单_*.xlsx")))
    desk.settle()


def test_a_summary_of_the_whole_county_is_written(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    view = desk.status()
    wanted = next(a for a in view.summary_menu.actions() if a.text() == "2027年绩效目标汇总表")
    wanted.trigger()
    target = desk.folder / "汇总"
    target.mkdir()
    desk.choose(target)
    dialog = desk.dialog(FilesDialog)
    names = sorted(dialog.list.item(row).text() for row in range(dialog.list.count()))
    assert [Path(name).suffix for name in names] == [".pdf", ".xlsx"]
    assert all((target / name).stat().st_size > 1000 for name in names)
    dialog.accept()


def test_a_received_form_opens_read_only_and_its_documents_are_saved(
    desk: BureauDeskPage, monkeypatch: pytest.MonkeyPatch
):
    desk.receive(desk.folder / "later")
    view = desk.status()
    view.choose_unit(KNOWN)
    desk.until(lambda: bool(view.findings_panel.notes))
    assert {note.finding.code for note in view.findings_panel.notes} == {"C54"}
    view.findings_panel.notes[1].opened.emit(view.findings_panel.notes[1].finding)
    chosen = view.items.chosen()
    assert chosen is not None
    assert chosen.state is DueState.MISSING
    assert desk.frame.current_page() == "status"
    row = next(n for n in range(view.items.records.rowCount()) if view.items.records.record(n).filing_id)
    view.items.record_opened.emit(view.items.records.record(row))
    desk.until(lambda: desk.frame.current_page() == "received")
    page = desk.frame.page("received")
    assert isinstance(page, ReceivedFormPage)
    assert page.wizard().session.read_only
    with desk.workspace.store.reading() as work:
        (filing,) = work.filings.find(FilingQuery(unit_code=KNOWN))
        (version,) = work.filings.versions(filing.filing_id)
    assert page.wizard().answers() == filing.answers
    target = desk.folder / "saved"
    target.mkdir()
    page.save_button.click()
    desk.choose(target)
    desk.dialog(FilesDialog).accept()
    signed = archive.documents_of(desk.workspace, version)
    assert sorted(path.read_bytes() for path in target.iterdir()) == sorted(signed.values())
    assert sorted(path.suffix for path in target.iterdir()) == [".pdf", ".xlsx"]
    _save_reasons(desk, page, monkeypatch)
    page.wizard().close_requested.emit()
    assert desk.frame.current_page() == "status"


def _save_reasons(desk: BureauDeskPage, page: ReceivedFormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reasons of a received form's scores are printed and saved like at the unit's desk."""
    opened: list[Path] = []
    monkeypatch.setattr("ui.desks.score_prints.open_outside", opened.append)
    form, wizard = registry.form("self_evaluation"), page.wizard()
    wizard.open(form, context(), filled(), {}, read_only=True)
    wizard.frame.scores.show_total()
    wizard.frame.scores.panel.print_button.click()
    desk.until(lambda: len(opened) == 1)
    assert opened[0].name.endswith("得分说明.pdf")
    target = desk.folder / "reasons"
    target.mkdir()
    wizard.frame.scores.panel.save_button.click()
    desk.choose(target)
    desk.until(lambda: len(opened) == 2)
    assert sorted(path.suffix for path in target.iterdir()) == [".pdf", ".xlsx"]


def test_a_package_of_several_forms_lets_one_be_chosen(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    desk.press(desk.line(KNOWN))
    dialog = desk.dialog(PackageFormsDialog)
    assert dialog.table.records.rowCount() == 2
    dialog.accept_button.click()
    desk.until(lambda: desk.frame.current_page() == "received")


def test_a_summary_of_the_county_says_what_is_left_out(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    view = desk.status()
    target = desk.folder / "summaries"
    target.mkdir()
    choice = next(action for action in view.summary_menu.actions() if "绩效目标汇总表" in action.text())
    choice.trigger()
    desk.choose(target)
    dialog = desk.dialog(FilesDialog)
    assert sorted(path.suffix for path in target.iterdir()) == [".pdf", ".xlsx"]
    (notes,) = dialog.findChildren(CheckNotesPanel)
    assert {note.finding.code for note in notes.notes} == {"C54"}
    dialog.accept()
