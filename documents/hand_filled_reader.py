"""Hand-filled workbooks opened (读取手工填写的工作簿): every sheet as a plain grid, within limits.

Written on the part readers of `documents.table_files` instead of a spreadsheet library: those read the number
formats and merges in one pass, stop at document types and bombs, and cost a fraction of the time where a
bureau checks hundreds of files at once. Nothing is calculated and no link to another file is followed.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import resources
from documents.hand_filled_sheet import HandFilledBudget, HandFilledPart
from documents.table_files.opening import table_content
from documents.table_files.spreadsheet_file import DAMAGES, check_size, read_frame, read_part, sheet_parts
from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.head_words import HeadWords
from models.domain.errors import InputError

_SUFFIXES = (".xlsx", ".xlsm")
_THEN = "检查"


class WorkbookGrids:
    """Implements `services.ports.documents.HandFilledReader` (手工表读取)."""

    def read(self, path: Path, then: str = _THEN) -> tuple[SheetGrid, ...]:
        """Every sheet with content, in order; InputError with one sentence for what cannot be read."""
        return self.read_content(table_content(path, _SUFFIXES, then), path.name, then)

    def read_content(self, content: bytes, name: str, then: str = _THEN) -> tuple[SheetGrid, ...]:
        """The same of a workbook's bytes."""
        budget = HandFilledBudget(name)
        grids: list[SheetGrid] = []
        try:
            with ZipFile(io.BytesIO(content)) as archive:
                check_size(archive)
                frame = read_frame(archive, budget)
                for entry, part in sheet_parts(archive, frame):
                    worksheet = HandFilledPart(frame, budget)
                    read_part(archive, part, worksheet)
                    if worksheet.cells:
                        grids.append(worksheet.grid(name, entry.name, is_hidden=not entry.is_visible))
        except DAMAGES as error:
            remedy = f"请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再{then}"
            raise InputError("文件已损坏，或不是 Excel 工作簿", remedy, name) from error
        if not grids:
            raise InputError("表格是空的", "请确认选对了文件", name)
        return tuple(grids)

    def head_words(self) -> HeadWords:
        """The shipped dictionary of heads (表头词典)."""
        return shipped_head_words()


def shipped_head_words() -> HeadWords:
    """The dictionary of heads in `resources/hand_filled/heads.json` (表头词典)."""
    text = resources.path("hand_filled", "heads.json").read_text(encoding="utf-8")
    return HeadWords.from_json(json.loads(text))
