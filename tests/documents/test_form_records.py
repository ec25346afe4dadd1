"""Forms of the year's end in the workbook: every cell beside its golden record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.documents.conftest import MARKS
from tests.documents.form_samples import FORM_SAMPLES
from tests.documents.workbooks import opened, record

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", FORM_SAMPLES)
def test_the_cells_are_those_of_the_golden_record(name, writer):
    book = opened(writer.workbook([FORM_SAMPLES[name]()], MARKS))
    assert record(book.worksheets[0]) == json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
