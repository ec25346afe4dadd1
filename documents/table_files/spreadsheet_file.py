"""A table out of an .xlsx (读取 .xlsx): the first visible sheet that holds anything."""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from documents.table_files.limits import MAX_PART_BYTES, MAX_PARTS, Budget
from documents.table_files.workbook_parts import (
    RelationPart,
    SheetEntry,
    StylePart,
    TextPart,
    WorkbookFrame,
    WorkbookPart,
)
from documents.table_files.worksheet_part import WorksheetPart
from documents.table_files.xml_part import DamagedPart, PartReader
from models.domain.errors import InputError

_WORKBOOK = "xl/workbook.xml"
DAMAGES = (BadZipFile, DamagedPart, EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error)
"""What a damaged, locked or foreign archive raises."""

Cells = dict[tuple[int, int], str]


def read_spreadsheet(content: bytes, file_name: str) -> tuple[str, Cells]:
    """Name and cells of the first visible sheet with content; InputError when there is none or it is damaged."""
    return _read(content, file_name, 1)[0]


def read_spreadsheets(content: bytes, file_name: str) -> list[tuple[str, Cells]]:
    """Name and cells of every visible sheet with content; InputError when there is none or it is damaged."""
    return _read(content, file_name, MAX_PARTS)


def _read(content: bytes, file_name: str, most: int) -> list[tuple[str, Cells]]:
    """The first visible sheets with content, at most so many."""
    budget = Budget(file_name)
    found: list[tuple[str, Cells]] = []
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            check_size(archive)
            frame = read_frame(archive, budget)
            for entry, part in sheet_parts(archive, frame):
                if not entry.is_visible:
                    continue
                worksheet = WorksheetPart(frame, budget)
                read_part(archive, part, worksheet)
                if worksheet.cells:
                    found.append((entry.name, worksheet.cells))
                if len(found) == most:
                    break
    except DAMAGES as error:
        raise InputError(
            "文件已损坏，或不是 Excel 工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入", file_name
        ) from error
    if found:
        return found
    raise InputError("表格是空的", "请确认选对了文件，名录要放在看得见的工作表里", file_name)


def check_size(archive: ZipFile) -> None:
    """Refuse bombs: zipfile reads no more of a part than the size declared here."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or any(part.file_size > MAX_PART_BYTES for part in parts):
        raise DamagedPart("too large")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise DamagedPart("compressed in a way no spreadsheet uses")


def read_part(archive: ZipFile, part: str, reader: PartReader) -> None:
    """Read one part of the file."""
    with archive.open(part) as stream:
        reader.read(stream)


def read_frame(archive: ZipFile, budget: Budget) -> WorkbookFrame:
    """Sheet list, relations, styles and shared texts; the last two may be missing."""
    frame = WorkbookFrame(WorkbookPart(), RelationPart())
    read_part(archive, _WORKBOOK, frame.workbook)
    read_part(archive, "xl/_rels/workbook.xml.rels", frame.relations)
    names = set(archive.namelist())
    if "xl/styles.xml" in names:
        frame.styles = StylePart()
        read_part(archive, "xl/styles.xml", frame.styles)
    if "xl/sharedStrings.xml" in names:
        texts = TextPart(budget)
        read_part(archive, "xl/sharedStrings.xml", texts)
        frame.texts = texts.texts
    return frame


def sheet_parts(archive: ZipFile, frame: WorkbookFrame) -> Iterator[tuple[SheetEntry, str]]:
    """Each worksheet of the book in order, with its part; charts and missing parts left out."""
    names = set(archive.namelist())
    for entry in frame.workbook.sheets:
        target = frame.relations.targets.get(entry.relation, "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part in names:
            yield entry, part
