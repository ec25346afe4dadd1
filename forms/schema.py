"""The words a form is declared in (表单声明): fields, tables, sections, steps, forms.

A declaration is frozen data. What depends on the kit (a column the place does not use, the choices
of an indicator level) is a named function of the FormContext, so wizard, checks, workbook, PDF and
handbook all ask the same declaration.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.context import FormContext
from forms.form_head import FormSubject as FormSubject  # noqa: PLC0414 (a word of the declaration: told here as well)
from forms.form_scoring import FormScoring
from forms.sheet import Orientation, Sheet
from models.domain.filing import Answers

if TYPE_CHECKING:
    from forms.score_explainer import ScoreExplainer


class FieldKind(enum.StrEnum):
    """Kind of a field (填报项类型); `forms.kinds` parses, shows and checks each."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    WEIGHT = "weight"
    PLANNED_VALUE = "planned_value"
    CHOICE = "choice"
    YEAR = "year"
    DATE = "date"
    PHONE = "phone"
    CODE = "code"
    RATE = "rate"
    """A share (比率), kept as text 0…1 or more ("0.8620"), shown in percent (86.20%)."""
    TICK = "tick"
    """A box to tick (勾选), kept as "yes" or None, printed √."""
    LIGHT = "light"
    """A light of monitoring (预警灯), kept by colour, shown by icon and word; always computed, never printed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice (选项): the value kept and the label shown."""

    value: str
    label: str


Row = Mapping[str, Any]
Condition = Callable[[FormContext], bool]
RowCondition = Callable[[FormContext, Row], bool]
Choices = Callable[[FormContext, Row], tuple[Choice, ...]]
Prefill = Callable[[FormContext], Any]
PrefilledRows = Callable[[FormContext], Sequence[Row]]
LabelOf = Callable[[FormContext], str]
Derive = Callable[[FormContext, Answers], Answers]
Draft = Callable[["FormSpec", FormContext, Answers], Mapping[str, str]]
Annexes = Callable[["FormSpec", FormContext, Answers], tuple[Sheet, ...]]


def always(_context: FormContext) -> bool:
    """A condition that holds for every filing."""
    return True


def never(_context: FormContext) -> bool:
    """A condition that holds for no filing."""
    return False


def no_row(_context: FormContext, _row: Row) -> bool:
    """A condition that holds for no row."""
    return False


def nothing_derived(_context: FormContext, answers: Answers) -> Answers:
    """A form without computed fields: the answers as they are."""
    return answers


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field (填报项), or a column of a table.

    `help` is one line of guidance, `example` a filled example; `choices` gives the options of a
    CHOICE by context and row; `prefill` the value a new filing begins with; `is_locked` tells when the value is not
    the clerk's to change, `lock_note` why. `width` is the column's share of a table on screen.
    `min_length` is the least a long text should say, in characters without blanks (0: no least).
    `is_open_choice` lets other text be typed beside the choices. `is_locked_in_row` locks a column in
    some rows only. `is_computed` says that the form's `derive` fills it in: nobody types there.
    `label_of` gives the label where it depends on the task or kit (1—7月执行数); `label` then stands for
    it in general; `help_of` alike for the guidance. `is_printed` False leaves a field out of the official form: it is shown on screen only.
    """

    key: str
    label: str
    kind: FieldKind
    help: str = ""
    example: str = ""
    is_required: bool = False
    max_length: int = 200
    min_length: int = 0
    choices: Choices | None = None
    is_open_choice: bool = False
    prefill: Prefill | None = None
    is_visible: Condition = always
    is_locked: Condition = never
    lock_note: str = ""
    width: int = 10
    is_locked_in_row: RowCondition = no_row
    is_computed: bool = False
    label_of: LabelOf | None = None
    is_printed: bool = True
    help_of: LabelOf | None = None

    def label_in(self, context: FormContext) -> str:
        """The label in this filing."""
        return self.label_of(context) if self.label_of else self.label

    def help_in(self, context: FormContext) -> str:
        """The line of guidance in this filing."""
        return (self.help_of(context) if self.help_of else "") or self.help

    def is_closed(self, context: FormContext, row: Row) -> bool:
        """Whether the clerk may not write here: computed, locked, or locked in this row."""
        return self.is_computed or self.is_locked(context) or self.is_locked_in_row(context, row)


class _View:
    """Which of some fields a filing shows (可见项): a tuple for every outcome of the conditions that are met so far.

    Thousands of filings share a handful of outcomes, and what is made of a tuple is met again by its identity.
    """

    def __init__(self, specs: tuple[FieldSpec, ...]) -> None:
        self._specs = tuple(spec for spec in specs if spec.is_visible is not never)
        self._conditions = tuple(spec.is_visible for spec in self._specs if spec.is_visible is not always)
        self._known: dict[tuple[bool, ...], tuple[FieldSpec, ...]] = {}

    def shown(self, context: FormContext) -> tuple[FieldSpec, ...]:
        """The fields shown, in their order."""
        held = tuple([condition(context) for condition in self._conditions])
        found = self._known.get(held)
        if found is None:
            left = iter(held)
            found = self._known[held] = tuple(
                spec for spec in self._specs if spec.is_visible is always or next(left)
            )
        return found


@dataclass(frozen=True, slots=True)
class SumRule:
    """A money field that must equal the sum of others (勾稽关系), by key; columns when it stands on a table."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class TableSpec:
    """A table of rows (填报表格); `is_indicator_table` rows hang in the kit's indicator frame.

    `total_columns` are money columns whose sum is shown and printed below the rows; `sum_rules` hold
    within each row, `row_sums` between whole rows, named by row id. `prefill` gives the rows a new filing
    begins with; `has_fixed_rows` tells when rows cannot be added, taken away, moved or pasted, `fixed_note`
    why. `note` says in one sentence where the rows come from, in place of `help` where it says anything.
    """

    key: str
    label: str
    columns: tuple[FieldSpec, ...]
    help: str = ""
    is_indicator_table: bool = False
    is_visible: Condition = always
    total_columns: tuple[str, ...] = ()
    sum_rules: tuple[SumRule, ...] = ()
    blank_row: Callable[[FormContext], Mapping[str, Any]] | None = None
    row_sums: tuple[SumRule, ...] = ()
    prefill: PrefilledRows | None = None
    has_fixed_rows: Condition = never
    fixed_note: str = ""
    note: Callable[[FormContext], str] | None = None

    def note_in(self, context: FormContext) -> str:
        """The line above the table: where its rows come from, else its help."""
        return (self.note(context) if self.note else "") or self.help

    @cached_property
    def _view(self) -> _View:
        return _View(self.columns)

    @cached_property
    def _column_by_key(self) -> dict[str, FieldSpec]:
        return {column.key: column for column in reversed(self.columns)}

    def visible_columns(self, context: FormContext) -> tuple[FieldSpec, ...]:
        """The columns this kit uses: the very same tuple for all filings that use the same ones."""
        return self._view.shown(context)

    def column(self, key: str) -> FieldSpec:
        """The column of that key; KeyError when the table has none."""
        return self._column_by_key[key]


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A titled group of fields and tables on one page (分组); `is_drafted` when the form's `draft` proposes its texts."""

    title: str
    items: tuple[FieldSpec | TableSpec, ...]
    help: str = ""
    is_drafted: bool = False


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A page of the wizard (步骤)."""

    key: str
    title: str
    sections: tuple[SectionSpec, ...]

    def is_used(self, context: FormContext) -> bool:
        """Whether anything on the page is visible in this kit."""
        return any(item.is_visible(context) for section in self.sections for item in section.items)


@dataclass(frozen=True)
class FormSpec:
    """A form declared once (表单).

    `version` changes with every change of fields; `checks` are the codes that apply, in order;
    `build_sheet` lays the answers out as the official form; `amount_of` gives the amount that stands
    for the filing in lists; `source` is the document the layout follows; `sum_rules` hold between
    money fields. `derive` fills in what is computed, and what comes from earlier filings, anew after
    every change and at every opening: a pure function that gives the same answers back when applied
    twice. `scoring` says how it is scored, None for forms without a score scheme; `explainer` makes what tells why its
    points are what they are, None for forms without points. `draft` proposes texts of fields
    from the answers; `annexes` are sheets printed behind the form.
    """

    form_id: str
    version: str
    title: str
    short_title: str
    subject: FormSubject
    orientation: Orientation
    steps: tuple[StepSpec, ...]
    checks: tuple[str, ...]
    build_sheet: Callable[[FormSpec, FormContext, Answers], Sheet]
    amount_of: Callable[[Answers], int | None]
    source: str
    sum_rules: tuple[SumRule, ...] = ()
    derive: Derive = nothing_derived
    scoring: FormScoring | None = None
    explainer: Callable[[FormSpec, FormContext], ScoreExplainer | None] | None = None
    draft: Draft | None = None
    annexes: Annexes | None = None

    def steps_in(self, context: FormContext) -> tuple[StepSpec, ...]:
        """The pages this kit uses."""
        return tuple(step for step in self.steps if step.is_used(context))

    def sheets(self, context: FormContext, answers: Answers) -> tuple[Sheet, ...]:
        """The official form, and what is printed behind it."""
        annexes = self.annexes(self, context, answers) if self.annexes else ()
        return (self.build_sheet(self, context, answers), *annexes)

    @cached_property
    def _items(self) -> tuple[FieldSpec | TableSpec, ...]:
        return tuple(item for step in self.steps for section in step.sections for item in section.items)

    @cached_property
    def _fields(self) -> tuple[FieldSpec, ...]:
        return tuple(item for item in self._items if isinstance(item, FieldSpec))

    @cached_property
    def _tables(self) -> tuple[TableSpec, ...]:
        return tuple(item for item in self._items if isinstance(item, TableSpec))

    @cached_property
    def _view(self) -> _View:
        return _View(self._fields)

    @cached_property
    def _field_by_key(self) -> dict[str, FieldSpec]:
        return {item.key: item for item in reversed(self._fields)}

    @cached_property
    def _table_by_key(self) -> dict[str, TableSpec]:
        return {item.key: item for item in reversed(self._tables)}

    def items(self) -> Iterator[FieldSpec | TableSpec]:
        """Every field and table, in page order."""
        return iter(self._items)

    def fields(self) -> Iterator[FieldSpec]:
        """Every field outside tables."""
        return iter(self._fields)

    def visible_fields(self, context: FormContext) -> tuple[FieldSpec, ...]:
        """The fields outside tables that this filing shows: the very same tuple wherever the same ones are shown."""
        return self._view.shown(context)

    def tables(self) -> Iterator[TableSpec]:
        """Every table."""
        return iter(self._tables)

    def field(self, key: str) -> FieldSpec:
        """The field of that key; KeyError when the form has none."""
        return self._field_by_key[key]

    def table(self, key: str) -> TableSpec:
        """The table of that key; KeyError when the form has none."""
        return self._table_by_key[key]

    def step_of(self, key: str) -> StepSpec:
        """The step a field or table stands on."""
        for step in self.steps:
            if any(item.key == key for section in step.sections for item in section.items):
                return step
        raise KeyError(key)
