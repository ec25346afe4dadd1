"""Writes the golden records anew: `python -m tests.documents.golden_records`, then read the difference."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from documents.writer import OfficialDocumentWriter
from tests.documents.conftest import MARKS
from tests.documents.every_form import write_golden
from tests.documents.ex_ante_samples import EX_ANTE_SAMPLES
from tests.documents.form_samples import FORM_SAMPLES
from tests.documents.monitoring_samples import MONITORING_SAMPLES
from tests.documents.samples import SAMPLES
from tests.documents.self_evaluation_samples import SELF_EVALUATION_SAMPLES
from tests.documents.workbooks import opened, record

if __name__ == "__main__":
    for name, make in {
        **SAMPLES,
        **MONITORING_SAMPLES,
        **SELF_EVALUATION_SAMPLES,
        **EX_ANTE_SAMPLES,
        **FORM_SAMPLES,
    }.items():
        book = opened(OfficialDocumentWriter().workbook([make()], MARKS))
        text = json.dumps(record(book.worksheets[0]), ensure_ascii=False, indent=1)
        (Path(__file__).parent / "golden" / f"{name}.json").write_text(text + "\n", "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        write_golden(Path(folder))
