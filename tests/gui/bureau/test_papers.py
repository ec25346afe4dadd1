"""接收 Excel 表: proposed, corrected, previewed, taken in as unsigned; the stamped paper is noted when it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.pages.papers import PapersPage
from tests.services.test_excel_import import book_at
from tests.services.test_paper_intake import ROADS
from ui.bureau.paper_dialog import PaperDialog

pytestmark = pytest.mark.slow
OTHER = tuple(("项目名称", "集镇绿化", *line[2:]) if line[0] == "项目名称" else line for line in ROADS)


def test_two_tables_are_corrected_and_taken_in_and_their_papers_noted(desk, tmp_path: Path):
    papers = PapersPage(desk)
    assert not desk.intake.unsigned_button.isVisible()
    dialog = papers.choose(book_at(tmp_path / "柳林镇.xlsx", ROADS, OTHER))
    papers.previewed(dialog)
    assert dialog.fields.unit.currentText().startswith("820001")
    assert dialog.findings.records.rowCount()

    dialog.fields.unit.setCurrentIndex(0)
    assert not dialog.accept_button.isEnabled()
    desk.until(lambda: "没有选择填报单位" in dialog.problem())
    assert not dialog.accept_button.isEnabled()
    dialog.fields.unit.setCurrentIndex(dialog.fields.unit.findData("820001"))
    papers.previewed(dialog)
    dialog.day.edit.setText("不是日期")
    dialog.accept_button.click()
    assert "未签名" not in desk.told()
    dialog.day.edit.setText("2026年8月31日")
    papers.take(dialog)
    assert "农村公路养护" in desk.told()

    assert dialog.tables.currentIndex() == 1
    dialog.fields.project.setEditText("集镇绿化工程")
    dialog.day.edit.clear()
    assert not dialog.accept_button.isEnabled()
    papers.previewed(dialog)
    papers.take(dialog)
    desk.until(lambda: not desk.has_dialog(PaperDialog))

    assert desk.intake.unsigned_button.text() == "等纸质件（1）"
    unsigned = papers.unsigned()
    assert [(line[0], line[2]) for line in papers.papers(unsigned)] == [
        ("等纸质件", "集镇绿化工程"),
        ("2026年8月31日收到", "农村公路养护"),
    ]
    unsigned.table.selectRow(0)
    unsigned.day.edit.setText("2026年9月2日")
    unsigned.accept_button.click()
    desk.settle()
    assert "晚于今天" in unsigned.problem()
    unsigned.day.edit.setText("2026年9月1日")
    unsigned.accept_button.click()
    desk.settle()
    assert {line[0] for line in papers.papers(unsigned)} == {"2026年9月1日收到", "2026年8月31日收到"}
    assert desk.intake.unsigned_button.text() == "未签名的表（2）"


def test_a_workbook_dropped_on_the_page_is_looked_at(desk, tmp_path: Path):
    dialog = PapersPage(desk).drop(book_at(tmp_path / "目标.xlsx", ROADS))
    assert "目标.xlsx" in dialog.intro.text()
    assert not desk.desk.intake.is_running
    assert not desk.lines()


def test_every_workbook_that_cannot_be_read_is_told(desk, tmp_path: Path):
    old, empty = tmp_path / "旧表.xls", tmp_path / "空.xlsx"
    old.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512))
    empty.touch()
    PapersPage(desk).fall(old, empty)
    desk.until(lambda: "空.xlsx" in desk.told())
    assert "旧表.xls" in desk.told()
    assert not desk.lines()
