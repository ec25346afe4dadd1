"""Evidence in the running program: attached where the cursor stands, kept at once, sealed, and read at the bureau."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog

from forms.findings import Place
from main import Adapters
from services import bureau_keys, evidence_files, intake
from services.home import Home
from services.job import JobContext
from tests.gui.desks.county import PASSWORD, County
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.desk_program import choose_in_file_dialog
from tests.gui.pages.evidence import EvidencePage
from ui.bureau.files_dialog import FilesDialog
from ui.wizard.evidence_dialogs import ShrinkDialog, WordsDialog

EMPTY, READY = "生活垃圾清运", "农村公路养护"
PDF = b"%PDF-1.7 contract"


def photo(path: Path, side: int = 2400) -> Path:
    """A photograph as a telephone takes it: large, and not easy to squeeze."""
    noise = random.Random(1).randbytes(side * side * 3 // 4)
    image = QImage(noise, side, side * 3 // 4, side, QImage.Format.Format_Grayscale8)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    path.write_bytes(bytes(data.data()))
    return path


def open_evidence(clerk: ClerkPage, project: str, *, row: int | None = 0) -> EvidencePage:
    """A form open with its evidence beside it, the cursor in a row."""
    form = clerk.open_form(project)
    if row is not None:
        form.go_cell(row, "third_level")
    page = EvidencePage(clerk.qtbot, form.view)
    page.open()
    return page


def stored(clerk: ClerkPage) -> list[tuple[str, str]]:
    """Name and place of everything attached, as the database has it."""
    flow = clerk.desk.editor.evidence
    assert flow.shown is not None
    with clerk.workspace.store.reading() as work:
        return [(item.file.name, item.file.place) for item in work.evidence.find([flow.shown.filing_id])]


def source(folder: Path, name: str, content: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_files_dropped_on_a_row_are_kept_at_once(clerk: ClerkPage, tmp_path: Path, monkeypatch: Any) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("ui.desks.evidence_flow.open_outside", lambda path: opened.append(path) or True)
    page = open_evidence(clerk, READY)
    place = f"indicators[{page.view.session.rows('indicators')[0]['row_id']}]"
    path = source(tmp_path, "养护合同.pdf")
    page.drop(page.panel.row_section, [path, source(tmp_path, "安装.exe")])
    clerk.settle()
    assert stored(clerk) == [("养护合同.pdf", place)]
    assert page.names(page.panel.row_section) == ["养护合同.pdf"]
    told = page.view.frame.notice.words.text()
    assert told.startswith("已添加 1 个文件。\n没有添加：安装.exe：")
    path.unlink()
    page.choose("养护合同.pdf", "打开")
    clerk.settle()
    assert opened[0].read_bytes() == PDF
    clerk.leave_form()
    again = open_evidence(clerk, READY)
    assert again.count() == "1"
    assert again.view.session.context.evidence[0].place == place


def test_a_form_never_saved_is_kept_with_its_first_file(clerk: ClerkPage, tmp_path: Path) -> None:
    page = open_evidence(clerk, EMPTY, row=None)
    opened = clerk.desk.editor.saving.opened
    assert opened is not None
    assert opened.is_new
    page.drop(page.panel.form_section, [source(tmp_path, "方案.pdf")])
    clerk.settle()
    assert stored(clerk) == [("方案.pdf", "")]
    assert clerk.matrix is not None
    with clerk.workspace.store.reading() as work:
        assert work.filings.get(opened.filing.filing_id) is not None


def test_a_row_just_typed_is_saved_before_its_file(clerk: ClerkPage, tmp_path: Path) -> None:
    page = open_evidence(clerk, READY, row=None)
    session = page.view.session
    row_id = session.add_row("indicators")
    session.set_typed(Place("indicators", row_id, "third_level"), "新增的指标")
    page.view.go_to(Place("indicators", row_id, "third_level"))
    assert page.row_title() == "指标“新增的指标”"
    page.drop(page.panel.row_section, [source(tmp_path, "a.pdf")])
    clerk.settle()
    assert stored(clerk) == [("a.pdf", f"indicators[{row_id}]")]


def test_renamed_removed_and_brought_back(clerk: ClerkPage, tmp_path: Path) -> None:
    page = open_evidence(clerk, READY)
    page.drop(page.panel.form_section, [source(tmp_path, "a.pdf"), source(tmp_path, "b.pdf", b"b")])
    clerk.settle()
    page.choose("a.pdf", "改名和说明…")
    dialog = clerk.dialog(WordsDialog)
    dialog.name.setText("b.pdf")
    clerk.accept(dialog)
    assert "已经有“b.pdf”" in dialog.problem()
    dialog.name.setText("养护合同")
    dialog.note.setText("定稿")
    clerk.accept(dialog)
    assert "定稿" in page.texts("养护合同.pdf")
    page.choose("养护合同.pdf", "移除")
    clerk.settle()
    assert stored(clerk) == [("b.pdf", "")]
    assert "报送前可以在佐证材料栏里恢复" in page.view.frame.notice.words.text()
    assert page.removed() == ["恢复“养护合同.pdf”"]
    page.bring_back("恢复“养护合同.pdf”")
    clerk.settle()
    assert stored(clerk) == [("养护合同.pdf", ""), ("b.pdf", "")]


def test_photos_are_made_smaller_on_request(clerk: ClerkPage, tmp_path: Path) -> None:
    page = open_evidence(clerk, READY)
    path = photo(tmp_path / "现场.png")
    page.drop(page.panel.row_section, [path])
    clerk.settle()
    line = page.line("现场.png")
    assert not line.picture.pixmap().toImage().isNull()
    before = line.item.file.size
    assert page.panel.shrink_button.isVisible() is (before > 1 << 20)
    page.choose("现场.png", "缩小照片…")
    clerk.settle()
    dialog = clerk.dialog(ShrinkDialog)
    (shrunk,) = dialog.photos
    assert shrunk.smaller.after == (1600, 1200)
    clerk.accept(dialog)
    assert page.names(page.panel.row_section) == ["现场.jpg"]
    assert page.line("现场.jpg").item.file.size == len(shrunk.smaller.content) < before
    assert page.removed() == ["恢复“现场.png”"]
    content = evidence_files.read(clerk.workspace, page.line("现场.jpg").item.file)
    assert content == shrunk.smaller.content
    assert path.stat().st_size == before
    page.choose("现场.jpg", "缩小照片…")
    clerk.settle()
    assert not clerk.has_dialog(ShrinkDialog)
    assert "已经够小" in page.view.frame.notice.words.text()


def test_saved_elsewhere(clerk: ClerkPage, tmp_path: Path) -> None:
    page = open_evidence(clerk, READY)
    page.drop(page.panel.form_section, [source(tmp_path, "合同.pdf")])
    clerk.settle()
    target = tmp_path / "另存"
    target.mkdir()
    page.choose("合同.pdf", "另存…")
    assert clerk.frame.findChildren(QFileDialog)
    choose_in_file_dialog(target)
    clerk.settle()
    assert (target / "合同.pdf").read_bytes() == PDF


@pytest.fixture
def bureau(qtbot: Any, county: County, tools: Adapters, tmp_path: Path) -> Any:
    """Opens the bureau's desk once it has received a package."""
    pages: list[BureauDeskPage] = []

    def receive(package: Path) -> BureauDeskPage:
        workspace = county.bureau(tmp_path / "bureau", tools)
        for _ in range(2):
            intake.receive(workspace, [package], JobContext())
            for waiting in intake.quarantine(workspace):
                bureau_keys.register_key(workspace, county.keys, waiting)
        page = BureauDeskPage(
            qtbot, workspace, Home(tmp_path / "bureau-home", tools.files), tmp_path, county.keys
        )
        pages.append(page)
        return page

    yield receive
    for page in pages:
        page.close()


def test_sealed_evidence_is_read_at_the_bureau(
    clerk: ClerkPage, bureau: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    page = open_evidence(clerk, READY)
    row = page.row_title()
    page.drop(page.panel.row_section, [photo(tmp_path / "现场.png", 400)])
    page.drop(page.panel.form_section, [source(tmp_path, "合同.pdf")])
    clerk.settle()
    clerk.leave_form()
    stick = tmp_path / "stick"
    stick.mkdir()
    package = clerk.seal(stick, PASSWORD, READY)
    sealed = open_evidence(clerk, READY)
    assert sealed.menu("合同.pdf") == ["打开", "另存…"]

    opened: list[Path] = []
    monkeypatch.setattr(
        "ui.desks.received_evidence_flow.open_outside", lambda path: opened.append(path) or True
    )
    desk = bureau(package)
    with desk.workspace.store.reading() as work:
        (record,) = work.packages.find("received", "submission")
    filing_id = record.filing_versions[0][0]
    desk.desk.forms.open(filing_id)
    desk.settle()
    shown = EvidencePage(desk.qtbot, desk.frame.page("received").wizard())
    assert shown.count() == "2"
    shown.view.go_to(Place("indicators", shown.view.session.rows("indicators")[0]["row_id"], "third_level"))
    shown.open()
    assert shown.row_title() == row
    assert shown.names(shown.panel.row_section) == ["现场.png"]
    desk.settle()
    shown.choose("合同.pdf", "打开")
    desk.settle()
    assert opened[0].read_bytes() == PDF
    target = tmp_path / "out"
    target.mkdir()
    shown.panel.save_button.click()
    desk.choose(target)
    desk.settle()
    assert sorted(path.name for path in target.iterdir()) == ["合同.pdf", "现场.png"]
    dialog = desk.dialog(FilesDialog)
    dialog.accept()
