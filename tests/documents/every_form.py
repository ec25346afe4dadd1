"""Every form's sheets as the golden records hold them (各表金样): workbook cells and PDF lines of full answers.

One small file a form: the record of each built-in kit, or the name of the kit whose sheet is the very same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from documents.pdf.font_book import FontBook
from documents.pdf.form_pages import form_pages
from documents.writer import OfficialDocumentWriter
from forms import registry
from forms.sheet import Sheet
from tests.documents.conftest import MARKS
from tests.documents.judges import text_of
from tests.documents.workbooks import opened, record
from tests.forms.cases import KIT_10, KIT_101, context
from tests.forms.full_answers import full_answers

GOLDEN = Path(__file__).parent / "golden" / "forms"
KITS = {"101": KIT_101, "10": KIT_10}


def sheets(form_id: str, kit_name: str) -> tuple[Sheet, ...]:
    """Every sheet of a form filled in whole."""
    form, given = registry.form(form_id), context(KITS[kit_name], form_id)
    return tuple(form.sheets(given, full_answers(form, given)))


def workbook_record(of: tuple[Sheet, ...]) -> list[dict[str, Any]]:
    """How each worksheet prints, and its cells a row a line: their places and what they hold."""
    book = opened(OfficialDocumentWriter().workbook(list(of), MARKS))
    return [_short(record(sheet)) for sheet in book.worksheets]


def pdf_record(of: tuple[Sheet, ...], folder: Path) -> dict[str, Any]:
    """Pages and their direction, and the lines of text as another program reads them off the paper."""
    path = folder / "form.pdf"
    path.write_bytes(OfficialDocumentWriter().pdf(list(of), MARKS))
    papers = [page.paper for sheet in of for page in form_pages(sheet, FontBook())]
    lines = [" ".join(line.split()) for line in text_of(path, "-layout").splitlines()]
    return {
        "pages": ["upright" if paper.height > paper.width else "across" for paper in papers],
        "lines": [line for line in lines if line],
    }


def golden(form_id: str, kit_name: str) -> Mapping[str, Any]:
    """What the golden file says of a form under a kit."""
    kept = json.loads((GOLDEN / f"{form_id}.json").read_text("utf-8"))
    said = kept[kit_name]
    return kept[said] if isinstance(said, str) else said


def write_golden(folder: Path) -> None:
    """Write the files anew; `folder` takes the PDFs."""
    GOLDEN.mkdir(exist_ok=True)
    for head in registry.heads():
        kept: dict[str, Any] = {}
        for name in KITS:
            of = sheets(head.form_id, name)
            made = {"workbook": workbook_record(of), "pdf": pdf_record(of, folder)}
            kept[name] = next((other for other, said in kept.items() if said == made), made)
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        (GOLDEN / f"{head.form_id}.json").write_text(text + "\n", "utf-8")


def _short(found: dict[str, Any]) -> dict[str, Any]:
    """A record without what follows from the rest."""
    rows: dict[str, list[str]] = {}
    for place, (kind, value) in found["cells"].items():
        number = "".join(filter(str.isdigit, place))
        rows.setdefault(number, []).append(f"{place} {'=' if kind == 'n' else ''}{value}")
    kept = {key: found[key] for key in ("name", "orientation", "fit", "print_title_rows", "breaks")}
    return kept | {"rows": [" | ".join(cells) for cells in rows.values()]}
