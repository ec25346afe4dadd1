"""Evidence beside the page: by row and for the form, the meter, what is offered, and what people wish."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from forms.evidence import setting_of
from forms.findings import Place
from models.domain.evidence import Evidence, EvidenceFile
from services.evidence import EvidenceList, SizeMeter
from services.evidence_places import reuse_key
from tests.forms.cases import ROADS, TARGET, context
from tests.gui.desks.county import NOW
from tests.gui.pages.evidence import EvidencePage
from tests.gui.pages.wizard_page import CTRL
from ui import photos
from ui.wizard.evidence_dialogs import ShrinkDialog, ShrunkPhoto, WordsDialog
from ui.wizard.evidence_section import STRAY
from ui.wizard.evidence_wishes import (
    AddFiles,
    BringBack,
    ChangeWords,
    OpenFile,
    RemoveFile,
    SaveFiles,
    ShrinkPhotos,
)

MEGABYTE = 1 << 20


def item(number: int, place: str, name: str, size: int = 1000, note: str = "") -> Evidence:
    return Evidence(f"E{number}", "F1", EvidenceFile(place, name, size, f"{number:064x}", note), NOW, "张敏")


PHOTO = item(1, "indicators[r1]", "现场照片.jpg", 4 * MEGABYTE, "施工前")
BOOK = item(2, "indicators[r3]", "里程台账.xlsx", 83_000)
PLAN = item(3, "", "实施方案.pdf", 2 * MEGABYTE)


def listing(*items: Evidence, **changes: object) -> EvidenceList:
    rules = setting_of(context())
    assert rules is not None
    total = sum(one.file.size for one in items)
    meter = SizeMeter(total, total, 50 * MEGABYTE, 200 * MEGABYTE)
    return replace(EvidenceList("F1", items, (), meter, rules, {}), **changes)


@pytest.fixture
def page(wizard) -> EvidencePage:
    """The roads' form with three files, the cursor in the first row."""
    wizard.open(context(), ROADS)
    wizard.view.set_evidence(listing(PHOTO, BOOK, PLAN), {})
    wizard.view.go_to(Place("indicators", "r1", "third_level"))
    made = EvidencePage(wizard.qtbot, wizard.view)
    made.open()
    return made


@pytest.fixture
def wishes(page) -> list[object]:
    told: list[object] = []
    page.view.evidence_wished.connect(told.append)
    return told


def test_the_panel_follows_the_cursor(page, wizard):
    assert page.is_shown()
    assert page.count() == "3"
    assert page.row_title() == f"指标“{ROADS['indicators'][0]['third_level']}”"
    assert page.names(page.panel.row_section) == ["现场照片.jpg"]
    assert page.names(page.panel.form_section) == ["实施方案.pdf"]
    assert page.names(page.panel.other_section) == ["里程台账.xlsx"]
    wizard.go_cell(2, "third_level")
    assert page.names(page.panel.row_section) == ["里程台账.xlsx"]
    assert page.names(page.panel.other_section) == ["现场照片.jpg"]
    wizard.go_step(
        "basics"
        if "basics" in wizard.view.frame.pages.step_keys()
        else wizard.view.frame.pages.step_keys()[0]
    )
    assert page.row_title() == ""
    assert len(page.names(page.panel.other_section)) == 2


def test_keys_open_and_close_it(wizard):
    wizard.open(context(), ROADS)
    page = EvidencePage(wizard.qtbot, wizard.view)
    assert not page.is_shown()
    wizard.press(Qt.Key.Key_E, CTRL)
    assert page.is_shown()
    wizard.press(Qt.Key.Key_F1)
    assert not page.is_shown()
    wizard.press(Qt.Key.Key_E, CTRL)
    assert not wizard.view.frame.help.isVisible()
    wizard.press(Qt.Key.Key_Escape)
    assert not page.is_shown()


def test_a_line_says_what_there_is_to_know(page):
    places = ("生活垃圾清运　绩效目标　2027年度", "另一处")
    page.view.set_evidence(
        listing(PHOTO, PLAN, reuse={reuse_key(PHOTO.file): places}, stray=frozenset({"E3"})), {}
    )
    assert page.texts("现场照片.jpg") == [
        "现场照片.jpg",
        "4.0 MB　2026年9月1日",
        "施工前",
        "提示：同一文件还用于 生活垃圾清运　绩效目标　2027年度，等 2 处",
    ]
    assert STRAY in page.texts("实施方案.pdf")
    assert page.menu("现场照片.jpg") == ["打开", "另存…", "改名和说明…", "缩小照片…", "移除"]
    assert page.menu("实施方案.pdf") == ["打开", "另存…", "改名和说明…", "移除"]


def test_the_meter_turns_careful_above_the_limit(page):
    assert page.meter() == "共 6.1 MB，U 盘和邮件一般不超过 50 MB"
    heavy = SizeMeter(6 * MEGABYTE, 60 * MEGABYTE, 50 * MEGABYTE, 200 * MEGABYTE)
    page.view.set_evidence(listing(PHOTO, meter=heavy), {})
    assert page.meter() == (
        "共 6.0 MB，U 盘和邮件一般不超过 50 MB；连同其他待报送的表共 60.0 MB，请缩小照片或分几次报送"
    )
    assert page.panel.bar.value() == page.panel.bar.maximum()


def test_rows_with_evidence_bear_a_clip(page, wizard):
    model = wizard.table().model
    clip = [
        model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole) for row in range(3)
    ]
    assert [bool(icon) for icon in clip] == [True, False, True]
    tip = model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert tip == "佐证材料 1 个"
    page.view.set_evidence(listing(PLAN), {})
    assert model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole) is None
    assert page.count() == "1"


def test_the_checks_know_what_is_attached(page, wizard):
    assert wizard.view.session.context.evidence == (PHOTO.file, BOOK.file, PLAN.file)
    page.view.set_evidence(listing(), {})
    assert wizard.view.session.context.evidence == ()
    wizard.wait_checked()


def test_missing_evidence_is_said_where_the_kit_asks_for_it(wizard):
    base = context()
    level = ROADS["indicators"][1]["second_level"]
    words = {**base.kit.check_settings["evidence"], "evidence_required": {TARGET: [level]}}
    kit = replace(base.kit, check_settings={**base.kit.check_settings, "evidence": words})
    wizard.open(replace(base, kit=kit), ROADS)
    page = EvidencePage(wizard.qtbot, wizard.view)
    wizard.view.set_evidence(listing(PHOTO), {})
    wizard.go_cell(1, "third_level")
    page.open()
    assert page.panel.row_section.empty.text() == "这项指标需要佐证材料，还没有添加。"
    wizard.view.set_evidence(listing(PHOTO, item(5, "indicators[r2]", "a.pdf")), {})
    assert not page.panel.row_section.empty.isVisible()


def test_files_dropped_on_a_row_belong_to_it(page, wishes):
    paths = (Path("/tmp/甲.pdf"), Path("/tmp/乙.jpg"))
    assert page.drop(page.panel.row_section, paths)
    assert page.drop(page.panel.form_section, paths[:1])
    assert not page.drop(page.panel.other_section, paths)
    assert wishes == [AddFiles("indicators[r1]", paths), AddFiles("", paths[:1])]


def test_files_chosen_by_the_button(page, wishes):
    page.qtbot.mouseClick(page.panel.row_section.add_button, Qt.MouseButton.LeftButton)
    (dialog,) = page.panel.findChildren(QFileDialog)
    assert "*.pdf" in dialog.nameFilters()[0]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit(["/tmp/甲.pdf"])
    dialog.close()
    assert wishes == [AddFiles("indicators[r1]", (Path("/tmp/甲.pdf"),))]


def test_wishes_by_menu_and_keyboard(page, wishes):
    for words in page.menu("现场照片.jpg"):
        page.choose("现场照片.jpg", words)
    line = page.line("现场照片.jpg")
    line.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete):
        page.qtbot.keyClick(line, key)
    page.qtbot.mouseDClick(line, Qt.MouseButton.LeftButton)
    by_menu = [OpenFile("E1"), SaveFiles(("E1",)), ChangeWords("E1"), ShrinkPhotos(("E1",)), RemoveFile("E1")]
    assert wishes == [*by_menu, OpenFile("E1"), ChangeWords("E1"), RemoveFile("E1"), OpenFile("E1")]


def test_all_large_photos_at_once_and_what_was_removed(page, wishes):
    other = item(6, "", "另一张.png", 2 * MEGABYTE)
    small = item(7, "", "小图.png", 3000)
    gone = replace(item(8, "", "旧合同.pdf"), removed_at=NOW)
    page.view.set_evidence(listing(PHOTO, other, small, BOOK, removed=(gone,)), {})
    page.qtbot.mouseClick(page.panel.shrink_button, Qt.MouseButton.LeftButton)
    assert page.removed() == ["恢复“旧合同.pdf”"]
    page.bring_back("恢复“旧合同.pdf”")
    assert wishes == [ShrinkPhotos(("E1", "E6")), BringBack("E8")]
    page.view.set_evidence(listing(small), {})
    assert not page.panel.shrink_button.isVisible()
    assert page.removed() == []


def test_a_reader_can_look_and_save_only(wizard):
    wizard.open(context(), ROADS, read_only=True)
    page = EvidencePage(wizard.qtbot, wizard.view)
    wizard.view.set_evidence(listing(PHOTO, PLAN, is_open=False), {})
    page.open()
    told: list[object] = []
    wizard.view.evidence_wished.connect(told.append)
    assert page.menu("实施方案.pdf") == ["打开", "另存…"]
    assert not page.drop(page.panel.form_section, [Path("/tmp/a.pdf")])
    assert not page.panel.form_section.add_button.isVisible()
    assert not page.panel.shrink_button.isVisible()
    page.qtbot.keyClick(page.line("实施方案.pdf"), Qt.Key.Key_Delete)
    page.qtbot.mouseClick(page.panel.save_button, Qt.MouseButton.LeftButton)
    assert told == [SaveFiles(("E1", "E3"))]


def test_thumbnails_take_the_place_of_icons(page):
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    page.view.set_thumbnails({PHOTO.file.sha256: image})
    shown = page.line("现场照片.jpg").picture.pixmap().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == QColor("#123456")


def test_odd_names_are_shown_as_they_are(page):
    page.view.set_evidence(listing(item(1, "", "<b>粗体</b>&.pdf"), item(2, "", "长" * 100 + ".pdf")), {})
    assert page.texts("<b>粗体</b>&.pdf")[0] == "<b>粗体</b>&.pdf"
    line = page.line("长" * 100 + ".pdf")
    assert line.width() <= page.panel.width()
    page.qtbot.waitUntil(line.name.isVisible)  # a name is cut when it is seen
    assert line.name.toolTip() == "长" * 100 + ".pdf"


def test_dialogs_tell_words_and_photos(page, wizard):
    words = WordsDialog(PHOTO, wizard.view)
    told: list[object] = []
    words.words_chosen.connect(lambda name, note: told.append((name, note)))
    words.open()
    words.name.setText("新名称.jpg")
    words.note.setText("第二次")
    page.qtbot.mouseClick(words.accept_button, Qt.MouseButton.LeftButton)
    assert words.isVisible()  # whoever keeps the words closes it
    words.close()
    shrunk = ShrunkPhoto(PHOTO, photos.SmallerPhoto(b"x" * 1024, (4000, 3000), (1600, 1200)))
    dialog = ShrinkDialog([shrunk], wizard.view)
    dialog.photos_accepted.connect(told.append)
    dialog.open()
    model = dialog.table.model()
    cells = [model.index(0, column).data() for column in range(3)]
    assert cells == ["现场照片.jpg", "4.0 MB（4000×3000）", "1 KB（1600×1200）"]
    page.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    dialog.close()
    assert told == [("新名称.jpg", "第二次"), (shrunk,)]
