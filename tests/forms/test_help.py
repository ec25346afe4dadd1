"""Help for every field (填写帮助): whoever has to fill something in finds a line of guidance and an example."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from forms import registry
from forms.schema import FieldKind, FieldSpec, FormSpec, TableSpec, always, never

NOT_TYPED = (FieldKind.TICK, FieldKind.LIGHT)


def fields_to_fill(form: FormSpec) -> Iterator[tuple[str, FieldSpec]]:
    """Name and declaration of everything a person can write into."""
    for item in form.items():
        for spec in item.columns if isinstance(item, TableSpec) else (item,):
            is_shown = spec.is_visible is not never and spec.is_locked is not always
            if is_shown and not spec.is_computed and spec.kind not in NOT_TYPED:
                yield f"{item.key}.{spec.key}", spec


@pytest.mark.parametrize("form_id", [head.form_id for head in registry.heads()])
def test_every_field_has_a_line_of_help(form_id: str) -> None:
    assert [name for name, spec in fields_to_fill(registry.form(form_id)) if not spec.help.strip()] == []


@pytest.mark.parametrize("form_id", [head.form_id for head in registry.heads()])
def test_every_field_that_is_typed_has_an_example(form_id: str) -> None:
    found = fields_to_fill(registry.form(form_id))
    assert [name for name, spec in found if not spec.example and spec.choices is None] == []
