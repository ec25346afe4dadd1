"""A writer, and the marks a sealed practice filing carries."""

from __future__ import annotations

import pytest

from documents.writer import OfficialDocumentWriter
from services.ports.documents import PageMark, PageMarks

CODE = "ABCDEFGHIJKLMNOP"
SPACED_CODE = "ABCD EFGH IJKL MNOP"
MARKS = PageMarks(PageMark.PRACTICE_DRAFT, CODE)


@pytest.fixture
def writer() -> OfficialDocumentWriter:
    return OfficialDocumentWriter()
