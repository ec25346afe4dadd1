"""A form handed out (分发表): one filing as a plain workbook that a station or office fills in.

This is what is to stand in the workbook, drawn by `documents`: fields and tables with their texts, which cells
are open, choices, helps, and who it belongs to. What comes back is read by `forms.hand_back`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from forms import kinds
from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, FormSpec, Row, StepSpec, TableSpec
from models.domain.filing import Answers

IDENTITY_SHEET = "程序识别"
"""Name of the hidden worksheet that says which filing the workbook belongs to."""
PERSON = "person"
FIELD, COLUMNS, ROW, NEW_ROW = "field:", "columns:", "row:", "new:"
"""How the hidden first column marks a line: a field, the head of a table, a row of it, a blank line for a new row."""
SPARE_ROWS = 12
_MOST_CHOICES = 200
_LONG = (FieldKind.LONG_TEXT,)


@dataclass(frozen=True, slots=True)
class HandOutIdentity:
    """Which filing a workbook belongs to (分发表身份); nothing secret, and no harm when somebody reads it.

    `hand_out_id` names what was handed out, so that the answers of that moment can be found again.
    """

    filing_id: str
    revision: int
    hand_out_id: str
    form_id: str
    form_version: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandOutField:
    """A field or column as handed out (分发项): `text` is what stands in it, `help` what stands beside it."""

    key: str
    label: str
    kind: FieldKind
    text: str
    is_open: bool
    help: str = ""
    choices: tuple[str, ...] = ()
    width: int = 10
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class HandOutRow:
    """A row of a table as handed out (分发行): `row_id` "" for a blank one to be filled in."""

    row_id: str
    cells: tuple[HandOutField, ...]


@dataclass(frozen=True, slots=True)
class HandOutTable:
    """A table as handed out (分发表格): `columns` are its heads, `note` a line above them."""

    key: str
    title: str
    note: str
    columns: tuple[HandOutField, ...]
    rows: tuple[HandOutRow, ...]


@dataclass(frozen=True, slots=True)
class HandOutSection:
    """Fields under one heading (分组)."""

    title: str
    fields: tuple[HandOutField, ...]


@dataclass(frozen=True, slots=True)
class HandOutBook:
    """Everything of a workbook to be handed out (分发工作簿)."""

    title: str
    subject: str
    notes: tuple[str, ...]
    sections: tuple[HandOutSection, ...]
    tables: tuple[HandOutTable, ...]
    identity: HandOutIdentity
    person: str = ""


def hand_out_book(
    form: FormSpec, context: FormContext, answers: Answers, identity: HandOutIdentity, person: str, until: str
) -> HandOutBook:
    """The workbook of a filing; steps not named in the identity are shown but closed."""
    sections: list[HandOutSection] = []
    tables: list[HandOutTable] = []
    for step, title, item in _items(form, context):
        is_open = step.key in identity.steps
        if isinstance(item, TableSpec):
            tables.append(_table(item, context, answers, is_open=is_open))
            continue
        made = _field(item, context, answers.get(item.key), {}, is_open=is_open)
        if sections and sections[-1].title == title:
            sections[-1] = HandOutSection(title, (*sections[-1].fields, made))
        else:
            sections.append(HandOutSection(title, (made,)))
    subject = context.project.name if context.project else context.unit.name
    return HandOutBook(
        form.title,
        f"{subject}（{context.budget_year}年度）",
        _notes(context, until),
        tuple(sections),
        tuple(tables),
        identity,
        person,
    )


def steps_to_fill(form: FormSpec, context: FormContext) -> tuple[StepSpec, ...]:
    """The steps of a form in which somebody can fill in anything."""
    open_steps = {
        step.key
        for step, _title, item in _items(form, context)
        if isinstance(item, TableSpec) or not item.is_closed(context, {})
    }
    return tuple(step for step in form.steps if step.key in open_steps)


def open_places(form: FormSpec, context: FormContext, steps: Collection[str]) -> set[str]:
    """Keys of the fields and tables that stand on the steps handed out."""
    return {item.key for step, _title, item in _items(form, context) if step.key in steps}


def written_text(spec: FieldSpec, value: object, context: FormContext, row: Row) -> str:
    """The text a value has in the workbook."""
    return kinds.typed(spec, value, context, row)


def _items(form: FormSpec, context: FormContext) -> Iterator[tuple[StepSpec, str, FieldSpec | TableSpec]]:
    """Step, heading and item of everything that is shown and printed or typed."""
    for step in form.steps:
        for section in step.sections:
            for item in section.items:
                if item.is_visible(context):
                    yield step, section.title, item


def _table(table: TableSpec, context: FormContext, answers: Answers, *, is_open: bool) -> HandOutTable:
    """A table with its rows and, where rows can be added, blank ones."""
    columns = table.visible_columns(context)
    rows = [
        HandOutRow(
            str(row["row_id"]),
            tuple(_field(spec, context, row.get(spec.key), row, is_open=is_open) for spec in columns),
        )
        for row in answers.get(table.key) or ()
    ]
    is_fixed = table.has_fixed_rows(context)
    if is_open and not is_fixed:
        blank: Mapping[str, object] = {}
        cells = tuple(_field(spec, context, None, blank, is_open=True) for spec in columns)
        rows += [HandOutRow("", cells)] * SPARE_ROWS
    heads = tuple(_field(spec, context, None, {}, is_open=False) for spec in columns)
    note = table.fixed_note if is_fixed else "每项一行；不要的行把内容清空，新增的写在下面的空行里"
    return HandOutTable(
        table.key, table.label, note if is_open else "这张表不用填，供参考", heads, tuple(rows)
    )


def _field(spec: FieldSpec, context: FormContext, value: object, row: Row, *, is_open: bool) -> HandOutField:
    """One field, or one cell of a table."""
    options = spec.choices(context, row)[:_MOST_CHOICES] if spec.choices else ()
    labels = tuple(option.label for option in options)
    if spec.kind is FieldKind.TICK:
        labels = ("√",)
    return HandOutField(
        spec.key,
        _label(spec, context),
        spec.kind,
        written_text(spec, value, context, row),
        is_open and not spec.is_closed(context, row),
        _help(spec, context, row, is_open=is_open),
        () if spec.is_open_choice else labels,
        spec.width,
        spec.kind in _LONG or spec.max_length > 300,
    )


def _label(spec: FieldSpec, context: FormContext) -> str:
    """The label with its unit."""
    unit = f"（{context.amount_unit.label}）" if spec.kind is FieldKind.MONEY else ""
    return f"{spec.label_in(context)}{unit}"


def _help(spec: FieldSpec, context: FormContext, row: Row, *, is_open: bool) -> str:
    """What is to be filled in, with an example; for what is closed, why."""
    if not is_open or spec.is_closed(context, row):
        return spec.lock_note
    example = f"例：{spec.example}" if spec.example else ""
    must = "必填" if spec.is_required else ""
    return "；".join(part for part in (must, spec.help, example) if part)


def _notes(context: FormContext, until: str) -> tuple[str, ...]:
    """How to fill it in, in plain words (填写说明)."""
    back = f"请在 {until} 前" if until else "填好后"
    return (
        "白色的格子可以填写，灰色的格子不用填，也改不了。",
        f"金额只填数字，单位是{context.amount_unit.label}；有下拉箭头的请从中选择。",
        "点到格子上会显示填写要求和例子；不清楚的先空着，不要填“无”。",
        "请先在下面写上填写人姓名，" + back + "保存本文件并原样发回，不要改成别的格式，也不要填写涉密信息。",
    )
