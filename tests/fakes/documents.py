"""Documents, tables and files without libraries (不带排版的文书与表格), for tests of services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from forms.sheet import Sheet
from models.domain.errors import DeskError, InputError
from services.ports.documents import Cover, DataSheet, PageMarks, ReadTable
from services.ports.figure_books import FigureSheet
from services.ports.letters import Letter


@dataclass
class FakeDocuments:
    """Writes what stands outside the frame and the sheets' titles; remembers covers."""

    covers: list[tuple[Cover, PageMarks]] = field(default_factory=list)
    data_sheets: list[tuple[DataSheet, ...]] = field(default_factory=list)
    figure_sheets: list[tuple[FigureSheet, ...]] = field(default_factory=list)
    written_letters: list[tuple[Letter, ...]] = field(default_factory=list)

    def workbook(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        return _spelled("xlsx", sheets, marks)

    def pdf(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        return _spelled("pdf", sheets, marks)

    def data_workbook(self, sheets: Sequence[DataSheet]) -> bytes:
        self.data_sheets.append(tuple(sheets))
        return f"data|{len(sheets)}".encode()

    def figure_workbook(self, sheets: Sequence[FigureSheet], marks: PageMarks) -> bytes:
        self.figure_sheets.append(tuple(sheets))
        return f"figures|{len(sheets)}|{marks.mark}".encode()

    def cover(self, cover: Cover, marks: PageMarks) -> bytes:
        self.covers.append((cover, marks))
        return f"cover|{cover.title}|{marks.mark}|{marks.check_code}".encode()

    def letters(self, letters: Sequence[Letter], marks: PageMarks) -> bytes:
        self.written_letters.append(tuple(letters))
        return f"letters|{len(letters)}|{marks.mark}".encode()


def _spelled(kind: str, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
    cells = "|".join(str(cell.value) for sheet in sheets for cell in sheet.cells)
    return f"{kind}|{len(sheets)}|{marks.mark}|{marks.check_code}|{cells}".encode()


@dataclass
class FakeTables:
    """Tables put in by a test, by file name."""

    tables: dict[str, ReadTable] = field(default_factory=dict)
    more: dict[str, list[ReadTable]] = field(default_factory=dict)

    def put(self, name: str, *rows: Sequence[str], first_row: int = 1, titles: Sequence[str] = ()) -> Path:
        table = ReadTable(name, "", tuple(tuple(row) for row in rows), first_row, tuple(titles))
        self.tables[name] = table
        return Path(name)

    def read(self, path: Path) -> ReadTable:
        if path.name not in self.tables:
            raise InputError("找不到这个文件", "请确认文件还在原处", path.name)
        return self.tables[path.name]

    def sheets(self, path: Path) -> Sequence[ReadTable]:
        return (self.read(path), *self.more.get(path.name, ()))


@dataclass
class FakeFiles:
    """Plain files; `failure` stands for a full disk at the next write, `fails_in` for one folder's disk."""

    failure: DeskError | None = None
    fails_in: Path | None = None
    unsettled: set[Path] = field(default_factory=set)
    """Copies whose names a power cut would take."""

    def write(self, path: Path, content: bytes) -> None:
        if self.failure is not None and (self.fails_in is None or path.parent == self.fails_in):
            failure, self.failure = self.failure, None
            raise failure
        path.write_bytes(content)

    def read_back(self, path: Path) -> bytes:
        return path.read_bytes()

    def copy(self, source: Path, target: Path, *, settled: bool = True) -> None:
        self.write(target, self.read_back(source))
        if not settled:
            self.unsettled.add(target)

    def settle(self, folder: Path) -> None:
        self.unsettled = {path for path in self.unsettled if path.parent != folder}

    def carrier(self, folder: Path) -> str:
        return folder.name

    def free_bytes(self, folder: Path) -> int:
        return 1 << 30
