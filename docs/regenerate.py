"""Writes the generated pages of docs/ anew: `python -m docs.regenerate` from the repository root.

The texts come from `forms.handbook`; tests/forms/test_pages.py compares the files with them.
"""

from __future__ import annotations

from pathlib import Path

from forms.checks.catalog import CHECKS
from forms.checks.received_catalog import RECEIVED_CHECKS
from forms.handbook import checks_page, handbook_page
from forms.registry import all_forms
from resources.builtin_kits import base_check_settings

DOCS = Path(__file__).resolve().parent


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    page = checks_page(CHECKS, all_forms(), base_check_settings(), RECEIVED_CHECKS)
    found = {DOCS / "checks.md": page}
    for form in all_forms():
        found[DOCS / "handbook" / f"{form.form_id}.md"] = handbook_page(form, CHECKS)
    return found


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
