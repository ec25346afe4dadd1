"""Generated pages: what stands in docs/ is what the declarations and checks say today."""

from __future__ import annotations

import pytest

from docs.regenerate import DOCS, pages
from forms import registry
from forms.checks.catalog import CHECKS
from forms.schema import TableSpec, never

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_page_on_disk_is_the_one_generated(path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "python -m docs.regenerate"


def test_no_page_is_left_over() -> None:
    assert {path for path in PAGES if path.parent.name == "handbook"} == set((DOCS / "handbook").iterdir())


@pytest.mark.parametrize("form", registry.all_forms(), ids=lambda form: form.form_id)
def test_a_handbook_page_names_every_field_and_rule(form) -> None:
    page = PAGES[DOCS / "handbook" / f"{form.form_id}.md"]
    for item in form.items():
        for spec in item.columns if isinstance(item, TableSpec) else (item,):
            if spec.is_visible is never:
                assert f"| {spec.label}" not in page
                continue
            assert f"| {spec.label}" in page
            assert spec.help in page
    for code in form.checks:
        assert CHECKS[code].rule in page
        assert f"{code} " not in page


def test_the_catalogue_page_names_every_check_and_setting() -> None:
    page = PAGES[DOCS / "checks.md"]
    for code, check in CHECKS.items():
        assert f"| {code} | {check.title} |" in page
        for record in check.records:
            assert f"### `{record.KEY}` {record.LABEL}" in page
