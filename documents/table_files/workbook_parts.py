"""What surrounds a worksheet (工作簿结构): sheet list, relations, styles, shared texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.table_files.limits import Budget
from documents.table_files.xml_part import PartReader

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A spreadsheet's text with its escaped characters (_x000D_) as they are."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it (工作表条目)."""

    name: str
    relation: str
    is_visible: bool


class WorkbookPart(PartReader):
    """xl/workbook.xml: the sheets in their order, and which calendar dates count from."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[SheetEntry] = []
        self.is_1904 = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take sheets and the calendar."""
        if name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append(SheetEntry(attributes.get("name", ""), attributes.get("id", ""), visible))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


class RelationPart(PartReader):
    """A .rels part: target by id."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take relations inside the workbook."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class StylePart(PartReader):
    """xl/styles.xml: the number format of each cell style."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self._is_inside = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take formats and cell styles."""
        if name == "numFmt":
            self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_inside = True
        elif name == "xf" and self._is_inside:
            self.styles.append(_number(attributes.get("numFmtId")))

    def closed(self, name: str, text: str) -> None:
        """Leave the cell styles."""
        if name == "cellXfs":
            self._is_inside = False

    def format_of(self, style: int) -> tuple[int, str]:
        """Id and code of a style's number format."""
        format_id = self.styles[style] if 0 <= style < len(self.styles) else 0
        return format_id, self.codes.get(format_id, "")


class TextPart(PartReader):
    """xl/sharedStrings.xml: texts by number, their runs joined, readings (拼音) left out."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._reading = False
        self._budget = budget

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text, or a reading to be skipped."""
        if name == "si":
            self._runs = []
        elif name == "rPh":
            self._reading = True

    def closed(self, name: str, text: str) -> None:
        """Take a run; end a text."""
        if name == "t" and not self._reading:
            self._runs.append(text)
        elif name == "rPh":
            self._reading = False
        elif name == "si":
            whole = unescaped("".join(self._runs))
            self._budget.text(len(whole) + 1)
            self.texts.append(whole)


@dataclass(slots=True)
class WorkbookFrame:
    """All a worksheet needs to be read (工作簿背景)."""

    workbook: WorkbookPart
    relations: RelationPart
    styles: StylePart = field(default_factory=StylePart)
    texts: list[str] = field(default_factory=list)


def _number(text: str | None) -> int:
    """A small whole number of an attribute, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
