"""Parts of an .xlsx read as a stream (工作簿部件): no tree in memory, no document types, no entities.

Written on expat instead of a library's reader because registers come from many programs: libraries stop
at an odd style, and none gives the number formats without loading the whole book.
"""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from documents.table_files.limits import MAX_CELL_TEXT

_READ = 64 * 1024


class DamagedPart(Exception):
    """A part that cannot be read (部件损坏); the caller says it in the user's words."""


class PartReader:
    """Reads one part; a subclass gets `opened` and `closed` for each element (部件读取)."""

    def __init__(self) -> None:
        self._texts: list[list[str]] = []
        self._lengths = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `name` without its prefix."""

    def closed(self, name: str, text: str) -> None:
        """An element ends; `text` is its own character data."""

    def read(self, stream: IO[bytes]) -> None:
        """Read the whole part; DamagedPart for broken XML, document types, or endless text."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            while block := stream.read(_READ):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, ValueError) as error:
            raise DamagedPart(str(error)) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._texts.append([])
        self._lengths = 0
        if ":" in "".join(attributes):
            attributes = {_local(key): value for key, value in attributes.items()}
        self.opened(_local(name), attributes)

    def _end(self, name: str) -> None:
        self.closed(_local(name), "".join(self._texts.pop()))

    def _data(self, data: str) -> None:
        self._lengths += len(data)
        if self._lengths > 2 * MAX_CELL_TEXT:
            raise DamagedPart("text without end")
        if self._texts:
            self._texts[-1].append(data)

    @staticmethod
    def _refuse_doctype(*_: object) -> None:
        raise DamagedPart("document type")


def _local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2] if ":" in name else name
