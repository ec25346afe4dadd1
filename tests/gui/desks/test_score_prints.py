"""得分说明 out of the window: printed, saved as PDF and workbook where the clerk chose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from forms.findings import Place
from tests.gui.desks.test_forms import READY
from tests.gui.pages.desk_program import choose_in_file_dialog, press

SELF_EVALUATION = 5
"""Column of 绩效自评 in the matrix."""


def test_reasons_are_printed_and_saved_as_they_stand_in_the_window(clerk, tmp_path, monkeypatch):
    import openpyxl

    opened = []
    monkeypatch.setattr("ui.desks.score_prints.open_outside", lambda path: opened.append(path) or True)
    form = clerk.open_form(READY, SELF_EVALUATION)
    view = form.view
    assert view.session.form.form_id == "self_evaluation"
    view.session.set_value(Place("funds", "fiscal", "annual_fen"), 100_000_000)
    view.session.set_value(Place("funds", "fiscal", "spending_fen"), 86_000_000)
    clerk.settle()
    QTest.keyClick(view, Qt.Key.Key_F9)
    clerk.settle()
    panel = view.frame.scores.panel
    assert panel.isVisible()
    panel.print_button.click()
    clerk.settle()
    (printed,) = opened
    assert printed.name.endswith("_得分说明.pdf")
    assert printed.is_relative_to(clerk.workspace.folder)
    assert "得分说明已生成" in clerk.notice()
    target = tmp_path / "另存"
    target.mkdir()
    press(clerk.qtbot, view, "另存 PDF 和 Excel…")
    choose_in_file_dialog(target)
    clerk.settle()
    assert sorted(path.suffix for path in target.iterdir()) == [".pdf", ".xlsx"]
    assert all("得分说明" in path.name for path in target.iterdir())
    assert opened[1] == target
    sheet = openpyxl.load_workbook(next(target.glob("*.xlsx"))).active
    cells = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell]
    assert any("10 × 86 ÷ 100 = 8.60" in cell for cell in cells)
    assert any("不是报送表样" in cell for cell in cells)
