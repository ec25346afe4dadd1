"""Layout of 事前绩效评估报告: a report in full-width blocks, then conclusion, attachments, signatures and the scoring table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms import ex_ante_sources as sources
from forms import kinds
from forms.catalog.ex_ante_evaluation_texts import (
    CONCLUSION_TEXTS,
    FUND_TEXTS,
    OBJECT_TEXTS,
    OPINION_KEYS,
    WORK_TEXTS,
)
from forms.context import FormContext
from forms.ex_ante_scores import object_of, scheme_of
from forms.findings import Place
from forms.schema import FieldSpec, FormSpec, SectionSpec, TableSpec
from forms.sheet import CellRole, Sheet
from forms.sheet_blocks import SheetBuilder
from forms.signature_block import foot_line

Answers = Mapping[str, Any]
Span = tuple[str, int, int]
"""Key of a column, first grid column, columns taken."""

_WIDTHS = (20.0, 21.0, 52.0, 12.0, 12.0, 14.0, 27.0, 32.0)
_COLUMNS = len(_WIDTHS)
_LINE = 6.5
_SIGNING = 9.0
"""Height in mm of a row somebody signs in."""

_PAIRS = (
    ("object_kind", "project_attribute"),
    ("supervising_department", "implementing_unit"),
)
_FUNDS = (
    ("submitted_fen", "approved_fen"),
    ("submitted_fiscal_fen", "reduced_fen"),
    ("submitted_other_fen", "reduction_rate"),
)
_RATING_SPANS: tuple[Span, ...] = (
    ("dimension", 0, 1),
    ("block", 1, 1),
    ("item", 2, 1),
    ("points", 3, 1),
    ("rating", 4, 1),
    ("score", 5, 1),
    ("evidence_text", 6, 2),
)
_ATTACHMENT_SPANS: tuple[Span, ...] = (
    ("material", 0, 3),
    ("is_needed", 3, 1),
    ("provided", 4, 2),
    ("remark", 6, 2),
)
_EXPERT_SPANS: tuple[Span, ...] = (
    ("name", 0, 1),
    ("workplace", 1, 2),
    ("position", 3, 2),
    ("speciality", 5, 2),
)


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The report as a grid of eight columns."""
    build = SheetBuilder(context)
    _heading(build, "一、评估对象")
    _head_rows(build, form, answers)
    _texts(build, OBJECT_TEXTS, answers)
    _fund_rows(build, form, answers)
    _texts(build, FUND_TEXTS, answers)
    _heading(build, "二、评估工作开展情况")
    _texts(build, WORK_TEXTS, answers)
    _heading(build, "三、评估内容和结论")
    _opinions(build, form, answers)
    _conclusion_rows(build, form, answers)
    _texts(build, CONCLUSION_TEXTS, answers)
    _heading(build, "四、附件和评估人员签名")
    _plain_table(build, form.table("attachments"), answers, _ATTACHMENT_SPANS, _LINE)
    _experts(build, form.table("experts"), answers)
    _heading(build, "附：评分表")
    head_row = build.row
    _rating_rows(build, form.table("ratings"), answers)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=form.orientation,
        corner=f"金额单位：{context.amount_unit.label}",
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _heading(build: SheetBuilder, text: str) -> None:
    """A heading over the whole width."""
    build.label(0, text, (1, _COLUMNS), left=True)
    build.next_row(_LINE)


def _head_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """Name; kind and attribute; department and unit; period and code."""
    name = form.field("project_name")
    build.label(0, name.label, (1, 2))
    build.answer(2, name, answers.get(name.key), (1, _COLUMNS - 2))
    build.next_row(_LINE)
    for left, right in _PAIRS:
        _pair(build, form.field(left), form.field(right), answers)
    years = [str(answers.get(key) or "") for key in ("period_from", "period_to")]
    period = (
        "" if not any(years) else f"{years[0]}年" if years[0] == years[1] else f"{years[0]}年—{years[1]}年"
    )
    build.label(0, "项目期", (1, 2))
    build.text(2, period, "period_from", role=CellRole.CENTERED)
    code = form.field("project_code")
    build.label(3, code.label, (1, 2))
    build.answer(5, code, answers.get(code.key), (1, 3))
    build.next_row(_LINE)


def _pair(build: SheetBuilder, left: FieldSpec, right: FieldSpec, answers: Answers) -> None:
    """Two labelled answers in one row."""
    for spec, label_at, label_width, value_at, value_width in ((left, 0, 2, 2, 1), (right, 3, 2, 5, 3)):
        build.label(label_at, spec.label, (1, label_width))
        build.answer(value_at, spec, answers.get(spec.key), (1, value_width))
    build.next_row(_LINE)


def _fund_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """送审, 审定, 审减 and last year's budget."""
    for left, right in _FUNDS:
        _pair(build, form.field(left), form.field(right), answers)
    last = form.field("last_year_fen")
    build.label(0, last.label, (1, 2))
    build.answer(2, last, answers.get(last.key))
    build.label(3, "", (1, _COLUMNS - 3))
    build.next_row(_LINE)


def _texts(build: SheetBuilder, section: SectionSpec, answers: Answers) -> None:
    """The sections of one group as blocks over the whole width."""
    for spec in section.items:
        if isinstance(spec, FieldSpec):
            _block(build, spec.label, spec, answers)


def _block(build: SheetBuilder, title: str, spec: FieldSpec, answers: Answers) -> None:
    """Title and text in one cell, paragraphs set in by two characters as in a report."""
    text = kinds.shown(spec, answers.get(spec.key), build.context)
    paragraphs = [f"　　{line.strip()}" for line in text.splitlines() if line.strip()]
    build.text(0, "\n".join([f"{title}：", *paragraphs]), spec.key, (1, _COLUMNS))
    build.next_row(_LINE)


def _opinions(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """One opinion a dimension, under the name it has for what is evaluated."""
    kind = str(answers.get("object_kind") or "")
    for number, key in enumerate(OPINION_KEYS):
        spec = form.field(key)
        if spec.is_visible(build.context):
            names = sources.dimension_names(
                build.context, number, kind or sources.first_object(build.context)
            )
            _block(build, sources.dimension_title(number, names), spec, answers)


def _conclusion_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """Subtotals, total, what the ratings give, and the conclusion."""
    scores = form.field("dimension_scores")
    build.label(0, scores.label, (1, 2))
    build.answer(2, scores, answers.get(scores.key), (1, _COLUMNS - 2))
    build.next_row(_LINE)
    _pair(build, form.field("total_score"), form.field("suggested_conclusion"), answers)
    conclusion = form.field("assessment_conclusion")
    build.label(0, conclusion.label, (1, 2))
    build.answer(2, conclusion, answers.get(conclusion.key), (1, _COLUMNS - 2))
    build.next_row(_LINE)


def _plain_table(
    build: SheetBuilder, table: TableSpec, answers: Answers, spans: Sequence[Span], height: float
) -> None:
    """Heads and rows of a table; one blank row where nothing is listed."""
    for key, column, width in spans:
        build.label(column, table.column(key).label, (1, width))
    build.next_row(_LINE)
    for row in answers.get(table.key) or [{}]:
        _cells(build, table, row, spans)
        build.next_row(height if row else _LINE)


def _cells(build: SheetBuilder, table: TableSpec, row: Answers, spans: Sequence[Span]) -> None:
    """The cells of one row."""
    for key, column, width in spans:
        place = Place(table.key, str(row["row_id"]), key).path if row.get("row_id") else ""
        build.answer(column, table.column(key), row.get(key), (1, width), place)


def _experts(build: SheetBuilder, table: TableSpec, answers: Answers) -> None:
    """Who took part, each with room to sign."""
    top = build.row
    _plain_table(build, table, answers, _EXPERT_SPANS, _SIGNING)
    bottom, build.row = build.row, top
    build.label(_COLUMNS - 1, "签名")
    for row in range(top + 1, bottom):
        build.row = row
        build.label(_COLUMNS - 1, "")
    build.row = bottom


def _rating_rows(build: SheetBuilder, table: TableSpec, answers: Answers) -> None:
    """The rated items, dimension and point of attention merged over their rows; without items the dimensions alone."""
    for key, column, width in _RATING_SPANS:
        build.label(column, table.column(key).label, (1, width))
    build.next_row(_LINE)
    rows = list(answers.get(table.key) or ())
    if not rows:
        _blank_rows(build, answers)
    for number, row in enumerate(rows):
        for key, keys in (("dimension", ("dimension",)), ("block", ("dimension", "block"))):
            height = _run(rows, number, keys)
            if height:
                column = 0 if key == "dimension" else 1
                build.label(column, str(row.get(key) or ""), (height, 1))
        _cells(build, table, row, _RATING_SPANS[2:])
        build.next_row()
    build.label(0, "总分", (1, 3))
    build.label(3, _sum_of_points(build.context, answers))
    build.label(4, "")
    build.text(5, str(answers.get("total_score") or ""), "total_score", role=CellRole.CENTERED)
    build.label(6, "", (1, 2))
    build.next_row(_LINE)


def _run(rows: Sequence[Answers], number: int, keys: tuple[str, ...]) -> int:
    """How many rows from here agree in the keys; 0 where the row before agrees already."""

    def told(row: Answers) -> list[Any]:
        return [row.get(key) for key in keys]

    if number and told(rows[number - 1]) == told(rows[number]):
        return 0
    end = number
    while end < len(rows) and told(rows[end]) == told(rows[number]):
        end += 1
    return end - number


def _blank_rows(build: SheetBuilder, answers: Answers) -> None:
    """The dimensions by name, for a form nobody has filled in."""
    scheme = scheme_of(build.context)
    for dimension in object_of(scheme, answers).dimensions if scheme else ():
        build.label(0, dimension.name, (1, 2))
        for column in range(2, _COLUMNS - 1):
            build.label(column, "", (1, 1 if column < _COLUMNS - 2 else 2))
        build.next_row()


def _sum_of_points(context: FormContext, answers: Answers) -> str:
    """Full points of all items, as a rule 100."""
    scheme = scheme_of(context)
    return f"{object_of(scheme, answers).points.normalize():f}" if scheme else ""
