"""The list of who has not sent what, as a workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from documents.writer import OfficialDocumentWriter
from services.reminders import write_reminders
from services.reporting_status import DueState, reporting_status
from tests.services.county import County


def test_one_line_for_everything_that_is_missing(county: County, tmp_path: Path):
    county.tools.documents = OfficialDocumentWriter()  # type: ignore[assignment]
    board = reporting_status(county.bureau)
    first = write_reminders(county.bureau, board, tmp_path)
    second = write_reminders(county.bureau, board, tmp_path)
    assert (first.name, second.name) == ("催报名单_20260901.xlsx", "催报名单_20260901（2）.xlsx")
    rows = list(load_workbook(first).active.iter_rows(values_only=True))
    missing = sum(status.count(DueState.MISSING) for status in board)
    assert len(rows) == missing + 1
    assert rows[0][:3] == ("主管部门", "单位代码", "单位名称")
    assert all(isinstance(row[1], str) and row[6] and row[7] for row in rows[1:])
