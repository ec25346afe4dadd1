"""What a hand-filled table states as answers of a form (手工表转为填报内容): the middle of 从 Excel 导入.

Only what the form has a place for becomes an answer; everything else the table states is named in `notes`
with its place, so that nothing is dropped or guessed silently. Answers are as the form keeps them: integer
分, codes of the kit's frame, texts. Rows of tables whose rows are fixed carry the row's id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.answers import is_blank
from forms.context import FormContext
from forms.hand_filled.head_words import plain_head
from forms.hand_filled.levels import placed
from forms.hand_filled.official_layout import WHOLE_FORMS
from forms.hand_filled.official_reading import read_official
from forms.hand_filled.printed import UNCALCULATED
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable, StatedTask, Unread
from forms.number_format import plain_number
from forms.schema import FieldKind, FieldSpec, FormSpec, TableSpec
from models.domain.indicator import Comparator
from models.domain.money import AmountUnit, format_amount, plain_text

_FACTS = ("project_name", "project_code", "supervising_department", "implementing_unit")
_SOURCES = {"total": "total", "fiscal_appropriation": "fiscal", "carryover": "carryover", "other": "other"}
"""Words forms use for a source of money, by the source a table states; no form asks for the others alone."""
_FUND_COLUMNS = {
    "initial_fen": "initial_budget_fen",
    "initial_budget_fen": "initial_budget_fen",
    "annual_fen": "annual_budget_fen",
    "annual_budget_fen": "annual_budget_fen",
    "spending_fen": "annual_spending_fen",
    "spending_to_date_fen": "spending_to_date_fen",
    "forecast_spending_fen": "forecast_spending_fen",
}
"""Columns forms have for money, by what a table states of a source."""
_DEPARTMENT_CODE = "supervising_department_code"
_CODED = re.compile(
    r"[\[(（【]?(?P<code>[0-9A-Z]{2,21})[\])）】]?(?:(?<=[\])）】])|[\s\-—:：]+)(?P<name>[^\d\s].*)",
    re.DOTALL,
)
"""A department printed behind its code: 219 示例县交通运输局, [312]示例县人社局."""
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_NO_PLACE = "请核对后手工填写"
_LEAST_OFFICIAL = 0.8
"""Share of a form's places a sheet must have to be read by its labels beyond the usual heads."""
_LEAST_OF_LABELS = 0.3
"""The same for forms that are read by their labels alone."""


@dataclass(frozen=True, slots=True)
class StatedAnswers:
    """Answers a table gives, and what it states that the form has no place for (转换结果)."""

    answers: Mapping[str, Any]
    notes: tuple[Unread, ...] = ()


def answers_of(form: FormSpec, context: FormContext, table: StatedTable) -> StatedAnswers:
    """The answers a table gives to a form of its own kind; fields the table leaves blank are left out."""
    made = _Conversion(form, context)
    made.put_official(table)
    if made.is_whole:
        return StatedAnswers(made.answers, tuple(made.notes))
    made.put_facts(table)
    made.put_funds(table.funds, "annual")
    made.put_funds(table.medium_funds, "medium")
    made.put_tasks(table.tasks)
    made.put_rows("indicators", table.indicators)
    made.put_rows("medium_term_indicators", table.medium_indicators)
    return StatedAnswers(made.answers, tuple(made.notes))


@dataclass
class _Conversion:
    """One table being turned into answers (转换过程)."""

    form: FormSpec
    context: FormContext
    answers: dict[str, Any] = field(default_factory=dict)
    notes: list[Unread] = field(default_factory=list)
    by_labels: frozenset[str] = frozenset()
    """Tables whose rows were read by the form's own labels and ids."""
    is_whole: bool = False
    """Whether the form's own labels say everything there is."""

    def put_facts(self, table: StatedTable) -> None:
        """The head of the form and its target texts."""
        for key in _FACTS:
            self._put(key, getattr(table, key), table.cells)
        if self._field(_DEPARTMENT_CODE) and (found := _CODED.fullmatch(table.supervising_department)):
            self._put(_DEPARTMENT_CODE, found["code"], table.cells)
            self._put("supervising_department", found["name"], table.cells)
        self._put("unit_name", table.implementing_unit, table.cells, is_noted=False)
        key = "expected_target" if self._field("expected_target") else "annual_target"
        self._put(key, table.targets[0], table.cells)
        key = "progress_summary" if self._field("progress_summary") else "actual_result"
        self._put(key, table.targets[1], table.cells)
        self._put("medium_term_target", table.medium_target, table.cells)

    def put_funds(self, funds: Sequence[StatedFund], prefix: str) -> None:
        """Money, as fields by source or as rows of a table."""
        if self._table("annual_tasks") is not None:
            return  # The table states only the sums of the tasks, which the form adds up itself.
        table = self._table("funds") if prefix == "annual" else None
        for fund in _together(funds):
            source = _SOURCES.get(fund.source, "")
            key = f"{prefix}_{source}_fen"
            if table is not None and source and table.key in self.by_labels:
                continue
            if table is not None and source and self._has_row(table, source):
                self._put_fund_row(table, source, fund)
            elif source and table is None and self._field(key):
                self._put(key, fund.annual_budget_fen, fund.where)
            elif _amounts(fund) and fund.source != "detail":
                self._note_fund(fund)

    def put_official(self, table: StatedTable) -> None:
        """What the form prints beyond heads, money and indicators, by its own labels.

        Only where the sheet is laid out as the form is: of another layout the labels mean something else.
        """
        if table.source is None:
            return
        official = read_official(self.form, self.context, table.source, table.unit_of_amount)
        is_labelled = self.form.form_id in WHOLE_FORMS
        if official.share >= (_LEAST_OF_LABELS if is_labelled else _LEAST_OFFICIAL):
            self.answers = dict(official.answers)
            self.by_labels = frozenset(filter(self._has_fixed_rows, self.answers))
            self.is_whole = is_labelled
            self.notes += official.notes if is_labelled else ()
        elif is_labelled and not table.indicators:
            message = "栏目与官方表样不同，只读出了一部分"
            self._note(table.cells, self.form.title, message, "请对照官方表样核对，没有读出的手工填写")

    def _has_fixed_rows(self, key: str) -> bool:
        """Whether a key is a table whose rows are known by the form itself."""
        table = self._table(key)
        return table is not None and table.has_fixed_rows(self.context) and not table.is_indicator_table

    def put_tasks(self, tasks: Iterable[StatedTask]) -> None:
        """Yearly tasks."""
        if self._table("annual_tasks") is None:
            return
        rows = [
            _given(
                {
                    "task_name": task.name,
                    "content": task.content,
                    "total_fen": task.total_fen,
                    "fiscal_fen": task.fiscal_fen,
                    "other_fen": task.other_fen,
                }
            )
            for task in tasks
        ]
        if rows:
            self.answers["annual_tasks"] = rows

    def put_rows(self, key: str, rows: Sequence[StatedIndicator]) -> None:
        """Indicator rows; those that only break down the one above are named, not added."""
        table = self._table(key)
        if table is None:
            if rows:
                self._note(
                    rows[0].where, f"共 {len(rows)} 行", "表里的中期指标在本表没有对应的栏目，没有带入"
                )
            return
        if key in self.by_labels:
            return
        found = [self._row(table, row) for row in rows if not self._is_breakdown(row)]
        if found:
            self.answers[key] = found

    def _is_breakdown(self, row: StatedIndicator) -> bool:
        """Whether a row only breaks down another one; then it is named."""
        if row.is_sub_row:
            self._note(row.where, row.third_level, "是上一行的分项，没有单独带入")
        return row.is_sub_row

    def _row(self, table: TableSpec, stated: StatedIndicator) -> dict[str, Any]:
        """One indicator row by the columns the form shows."""
        columns = {spec.key: spec for spec in table.visible_columns(self.context)}
        at = placed(self.context.frame, stated.first_level, stated.second_level)
        if not at.is_known:
            words = "／".join(part for part in (stated.first_level, stated.second_level) if part)
            self._note(stated.where, words, f"“{stated.third_level}”的一、二级指标不在指标框架里")
        elif at.moved_to:
            message = f"“{stated.third_level}”按指标框架放在“{at.moved_to}”下"
            self._note(stated.where, stated.first_level, message, "请核对所在的一级指标")
        ticks, reason = self._causes(stated.deviation_reason, columns)
        stated = _without_formulas(stated)
        values: dict[str, Any] = {
            **ticks,
            "first_level": at.first,
            "second_level": at.second,
            "third_level": stated.third_level,
            "weight": _plain(stated.full_score.value),
            "direction": stated.direction,
            "deviation_reason": reason,
            "reason": reason,
            "actual_value": _value(stated.actual_value, stated.actual_text),
            "value_to_date": _value(stated.actual_value, stated.actual_text),
            "forecast_value": _value(stated.forecast_value, stated.forecast_text),
            "score": _plain(stated.stated_score.value),
            **self._planned(stated, columns),
        }
        row = _given({key: value for key, value in values.items() if key in columns})
        if stated.likelihood and "likelihood" in columns:
            self._put_choice(row, columns["likelihood"], stated.likelihood, stated.where)
        if "score" in row and columns["score"].is_closed(self.context, row):
            del row["score"]
        return row

    def _causes(self, reason: str, columns: Mapping[str, FieldSpec]) -> tuple[dict[str, Any], str]:
        """The causes ticked in columns of their own, and what is left of the reason."""
        labels = {
            plain_head(spec.label_in(self.context)): key
            for key, spec in columns.items()
            if spec.kind is FieldKind.TICK
        }
        parts = reason.split("；") if labels else [reason]
        ticks: dict[str, Any] = {}
        while parts and plain_head(parts[0]) in labels:
            ticks[labels[plain_head(parts.pop(0))]] = kinds.TICKED
        return ticks, "；".join(parts)

    def _planned(self, stated: StatedIndicator, columns: Mapping[str, FieldSpec]) -> dict[str, Any]:
        """Sign, value and unit in columns of their own where the form has them, else as printed."""
        if "comparator" not in columns:
            return {"planned_value": stated.planned_text, "planned_text": stated.planned_text}
        sign = stated.comparator
        if stated.planned_value is None or stated.planned_upper is not None:
            if stated.planned_upper is not None:
                sign = Comparator.OTHER.value
            return {"comparator": sign, "planned_value": stated.planned_text}
        if sign is None:
            message = f"“{stated.third_level}”的指标值“{stated.planned_text}”没有写明≥、≤还是="
            self._note(stated.where, stated.planned_text, message, "带入后请选择符号")
        elif stated.sign_source == "wording":
            message = f"“{stated.third_level}”没有写符号，按名称判断为{sign}"
            self._note(stated.where, stated.planned_text, message, "请核对符号")
        unit = stated.measure_unit
        return {"comparator": sign, "planned_value": plain_number(stated.planned_value), "measure_unit": unit}

    def _put_choice(self, row: dict[str, Any], spec: FieldSpec, text: str, where: str) -> None:
        """A choice by its label; words that are none of the choices are named instead."""
        reading = kinds.read(spec, text, self.context, row)
        if reading.problem:
            self._note(where, text, f"{spec.label_in(self.context)}：{reading.problem}")
        else:
            row[spec.key] = reading.value

    def _put_fund_row(self, table: TableSpec, source: str, fund: StatedFund) -> None:
        """The amounts of one source into the row of the form."""
        keys = {column.key for column in table.visible_columns(self.context)}
        given = {key: getattr(fund, name) for key, name in _FUND_COLUMNS.items() if key in keys}
        row = _given(given)
        if row:
            rows = self.answers.setdefault(table.key, [])
            rows.append({"row_id": source, **row})

    def _has_row(self, table: TableSpec, row_id: str) -> bool:
        """Whether the form begins with a row of that id."""
        return table.prefill is not None and any(
            row.get("row_id") == row_id for row in table.prefill(self.context)
        )

    def _note_fund(self, fund: StatedFund) -> None:
        """Name money the form has no place for."""
        amounts = "、".join(format_amount(fen, AmountUnit.WAN_YUAN) for fen in _amounts(fund))
        self._note(fund.where, f"{fund.label} {amounts} 万元", "本表没有这一项资金，没有带入")

    def _put(self, key: str, value: Any, where: str, *, is_noted: bool = True) -> None:
        """A value of a field; one the form does not have is named where that matters."""
        if is_blank(value):
            return
        spec = self._field(key)
        if spec is None:
            if is_noted and key not in (*_FACTS, "medium_term_target"):
                self._note(where, str(value)[:30], "本表没有对应的填报项，没有带入")
            return
        if spec.kind is FieldKind.MONEY:
            self.answers[key] = value
            return
        self.answers[key] = kinds.read(spec, str(value), self.context).value

    def _field(self, key: str) -> FieldSpec | None:
        """A visible field of the form."""
        return next((f for f in self.form.fields() if f.key == key and f.is_visible(self.context)), None)

    def _table(self, key: str) -> TableSpec | None:
        """A visible table of the form."""
        return next((t for t in self.form.tables() if t.key == key and t.is_visible(self.context)), None)

    def _note(self, where: str, text: str, message: str, remedy: str = _NO_PLACE) -> None:
        self.notes.append(Unread(where, text, message, remedy))


def _amounts(fund: StatedFund) -> list[int]:
    """The amounts a row of money states."""
    found = (
        fund.initial_budget_fen,
        fund.annual_budget_fen,
        fund.annual_spending_fen,
        fund.spending_to_date_fen,
    )
    return [fen for fen in found if fen]


def _together(funds: Sequence[StatedFund]) -> list[StatedFund]:
    """Rows of one source added up (上级资金 and 本级资金 are both 财政拨款); what breaks one down stays apart."""
    summed: dict[str, StatedFund] = {}
    apart: list[StatedFund] = []
    for fund in funds:
        above = summed.get(fund.source)
        if fund.source not in _SOURCES or fund.source == "total":
            apart.append(fund)
        elif above is None:
            summed[fund.source] = fund
        else:
            pairs = {name: (getattr(above, name), getattr(fund, name)) for name in _FUND_COLUMNS.values()}
            sums: dict[str, Any] = {
                name: sum(part or 0 for part in pair) for name, pair in pairs.items() if pair != (None, None)
            }
            summed[fund.source] = replace(above, **sums)
    return [*apart, *summed.values()]


def _without_formulas(stated: StatedIndicator) -> StatedIndicator:
    """A row without the marks of formulas that have no result: they are named, never taken over."""
    texts = ("planned_text", "actual_text", "forecast_text")
    marked: dict[str, Any] = {name: "" for name in texts if getattr(stated, name) == UNCALCULATED}
    return replace(stated, **marked) if marked else stated


def _value(number: Decimal | None, text: str) -> str:
    """A value as forms keep it: the number alone, with the decimals it was written with, else the words."""
    if number is None:
        return text
    written = _NUMBER.search(plain_text(text))
    if written and kinds.parse_number(written.group()) == number:
        return written.group().replace(",", "")
    return plain_number(number)


def _plain(number: Decimal | None) -> str:
    return plain_number(number) if number is not None else ""


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if not is_blank(value)}
