"""回执与退回: what comes back is taken in, whatever it is; what is none of ours is refused in one sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models.domain.filing import FilingStatus
from services import practice, sealing
from services.job import JobContext
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.gui.desks.county import PASSWORD
from tests.gui.desks.returning import OPINION_REFUSED, refusal_for
from tests.gui.pages.desk_program import open_window, words_of
from tests.gui.pages.home import TARGETS
from ui.filer.kit_offer_dialog import KitOfferDialog
from ui.filer.records import InboxKind

READY = "农村公路养护"


@pytest.fixture
def inbox(clerk):
    clerk.go_to("回执与退回")
    return clerk.desk.inbox.view


def drop(clerk, inbox, path):
    """Drop a file onto the page; what is said then."""
    inbox.drop.take(str(path))
    clerk.settle()
    return inbox.notice.words.text() if inbox.notice.isVisible() else ""


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def test_a_receipt_makes_the_form_received(clerk, county, tools, tmp_path, stick):
    package = clerk.seal(stick, PASSWORD, READY)
    receipt = county.receipt_for(package, tmp_path, tools)
    clerk.go_to("回执与退回")
    inbox = clerk.desk.inbox.view
    said = drop(clerk, inbox, receipt)
    assert "1 份表已由财政部门接收" in said
    assert "证书也已装入" in said
    line = inbox.table.records.record(0)
    assert (line.kind, line.note) == (InboxKind.RECEIPT, "第 1 号报送文件，1 份表")
    assert "没有变化" in drop(clerk, inbox, receipt)
    clerk.go_to("报送")
    assert clerk.desk.sealing.sent.table.records.record(0).received_at is not None
    clerk.go_to("工作台")
    assert clerk.matrix.word(READY, TARGETS) == "已接收"
    form = clerk.open_form(READY)
    assert form.view.session.read_only
    assert "已接收" in form.view.frame.notice.words.text()
    assert form.view.frame.notice.action.text() == "修改后重新报送"
    form.view.frame.notice.action.click()
    clerk.settle()
    assert not clerk.form.view.session.read_only
    clerk.leave_form()
    assert clerk.matrix.word(READY, TARGETS) == "可报送"


def test_a_refusal_shows_its_reason_and_closes_the_form(clerk, county, tools, tmp_path, stick):
    notice = refusal_for(county, clerk.seal(stick, PASSWORD, READY), tmp_path, tools)
    clerk.go_to("回执与退回")
    inbox = clerk.desk.inbox.view
    assert "1 份表不予通过，打开表可以看到审核意见" in drop(clerk, inbox, notice)
    line = inbox.table.records.record(0)
    assert (line.kind, line.note) == (InboxKind.APPROVAL, "1 份表不予通过")
    clerk.go_to("工作台")
    assert clerk.matrix.word(READY, TARGETS) == "不予通过"
    assert OPINION_REFUSED in clerk.matrix.index(READY, TARGETS).data(Qt.ItemDataRole.ToolTipRole)
    form = clerk.open_form(READY)
    assert form.view.session.read_only
    bar = form.view.frame.notice
    assert OPINION_REFUSED in bar.words.text()
    assert "装入退回修改通知后再改" in bar.words.text()
    assert bar.action.isHidden()


def test_the_receipt_of_another_unit_is_refused(clerk, inbox, county, tools, tmp_path, stick):
    other = open_workspace(tools, county.unit_folder(tmp_path / "other", "other")).workspace
    with other.store.reading() as work:
        ids = [filing.filing_id for filing in work.filings.find(FilingQuery(status=FilingStatus.DRAFT))]
    made = sealing.seal(other, practice.sealable(other, ids), stick, PASSWORD, JobContext())
    other.close()
    receipt = county.receipt_for(made.written.path, tmp_path, tools)
    said = drop(clerk, inbox, receipt)
    assert "单位" in said
    assert inbox.table.records.rowCount() == 1
    assert inbox.table.records.record(0).kind is InboxKind.KIT


def test_a_new_kit_tells_what_it_changes(clerk, inbox, county):
    inbox.drop.take(str(county.second_kit))
    dialog = clerk.dialog(KitOfferDialog)
    assert "11月30日" in words_of(dialog)
    assert not dialog.confirm.isVisible()
    clerk.accept(dialog)
    assert "第 2 版" in inbox.notice.words.text()
    assert [inbox.table.records.record(n).note for n in range(2)] == ["正在使用", "已被更新的版本代替"]
    assert "第 2 版" in clerk.frame.status.kit_label.text()
    clerk.go_to("工作台")
    assert any("11月30日" in note for _name, _count, note in clerk.matrix.cards())


def test_an_older_kit_is_refused(clerk, inbox, county):
    drop(clerk, inbox, county.second_kit)
    clerk.accept(clerk.dialog(KitOfferDialog))
    assert "本机已是第 2 版" in drop(clerk, inbox, county.kit_file)


def test_the_kit_of_another_bureau_is_refused(clerk, inbox, county):
    said = drop(clerk, inbox, county.practice_kit)
    assert said
    assert not clerk.has_dialog(KitOfferDialog)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("合同.asice", b"PK\x03\x04 not a package"),
        ("空.asice", b""),
        ("通知.docx", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_foreign_files_are_refused_in_one_sentence(clerk, inbox, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    said = drop(clerk, inbox, path)
    assert said.endswith("。")
    assert inbox.table.records.rowCount() == 1


def test_a_damaged_receipt_is_refused(clerk, county, tools, tmp_path, stick):
    package = clerk.seal(stick, PASSWORD, READY)
    receipt = county.receipt_for(package, tmp_path, tools)
    content = bytearray(receipt.read_bytes())
    content[len(content) // 2] ^= 1
    receipt.write_bytes(bytes(content))
    clerk.go_to("回执与退回")
    assert drop(clerk, clerk.desk.inbox.view, receipt)
    clerk.go_to("工作台")
    assert clerk.matrix.word(READY, TARGETS) == "已封装"


def test_a_file_that_is_gone_is_told(clerk, inbox, tmp_path):
    assert drop(clerk, inbox, tmp_path / "没有.asice")


def test_ones_own_package_is_no_receipt(clerk, stick):
    package = clerk.seal(stick, PASSWORD, READY)
    clerk.go_to("回执与退回")
    assert drop(clerk, clerk.desk.inbox.view, package)


def test_several_files_chosen_at_once_are_each_told_of(clerk, inbox, stick):
    strangers = [stick / name for name in ("甲.asice", "乙.asice")]
    for path in strangers:
        path.write_bytes(b"nothing of ours")
    inbox.drop.browse()
    dialog = open_window(QFileDialog)
    dialog.filesSelected.emit([str(path) for path in strangers])
    dialog.close()
    clerk.settle()
    said = inbox.notice.words.text()
    assert all(path.name in said for path in strangers)
