"""Every form filled in, in both built-in kits, beside its golden record: workbook and PDF."""

from __future__ import annotations

import pytest

from forms import registry
from tests.documents import every_form

FORM_IDS = [head.form_id for head in registry.heads()]
every = pytest.mark.parametrize(
    ("form_id", "kit_name"), [(form_id, kit_name) for form_id in FORM_IDS for kit_name in every_form.KITS]
)


@pytest.mark.wide
@every
def test_the_workbook_is_as_recorded(form_id, kit_name):
    made = every_form.workbook_record(every_form.sheets(form_id, kit_name))
    assert made == every_form.golden(form_id, kit_name)["workbook"]


@pytest.mark.wide
@pytest.mark.judge
@every
def test_the_pdf_reads_as_recorded(form_id, kit_name, tmp_path):
    made = every_form.pdf_record(every_form.sheets(form_id, kit_name), tmp_path)
    assert made == every_form.golden(form_id, kit_name)["pdf"]


def test_every_form_has_its_record_and_no_record_is_left_over():
    assert sorted(path.stem for path in every_form.GOLDEN.iterdir()) == sorted(FORM_IDS)
