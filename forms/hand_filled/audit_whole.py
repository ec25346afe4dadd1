"""Findings of forms without rows of indicators (事前评估、调整、整改、审核、汇总表的核对): read by the form's own labels.

The very checks of the form filled in here run over what was read, and everything the form computes itself is
recomputed and compared with what is printed. What only the background shows (tasks, the register) stays silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from forms import kinds, registry
from forms.answers import is_blank
from forms.checks.catalog import CHECKS
from forms.checks.engine import CheckRunner
from forms.context import FormContext
from forms.ex_ante_scores import RATINGS
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import AuditBasis
from forms.hand_filled.audit_ex_ante import items_as_rows, score_findings
from forms.hand_filled.ex_ante_scores import ScoreTableReader
from forms.hand_filled.official_layout import tight
from forms.hand_filled.official_reading import OfficialReading, read_official
from forms.hand_filled.printed import NumberReader, Unreadable
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable, StatedTask
from forms.schema import FieldKind, FieldSpec, FormSpec, TableSpec
from forms.scoring.totals import grade_of
from forms.summary_rows import TABLE as SUMMARY_ROWS
from forms.summary_rows import share
from models.domain.kit import FormSetting
from models.domain.project import FilingTask, Project, Unit

_SUMMARIES = ("target_summary", "self_evaluation_summary")
_EX_ANTE = "ex_ante_evaluation"
_SOURCES = frozenset(["submitted_fiscal_fen", "submitted_other_fen"])
_LEVELS = ("first_level", "second_level")
_RATE_DECIMALS = 2
"""A share of 0.88 is printed 88%: whole percents at least."""
_EVIDENCE = "evidence_note"
_LEAST = 0.3
_LISTS = {
    "rectification": "problems",
    "target_summary": "summary_rows",
    "self_evaluation_summary": "summary_rows",
    "target_review": "review_items",
}
_BACKGROUND = ("C28", "C29", "C51", "C53", "C54")
_ASKED = ("C1", "C44")
"""Checks of heads a layout may simply not have: asked about."""
_CODES = {FieldKind.MONEY: "C3", FieldKind.RATE: "C30"}
_TOTALS = ("annual_total_fen", "submitted_fen", "total_sum_fen", "budget_sum_fen")


@dataclass(frozen=True)
class WholeForm:
    """A form read whole (整表读取): the table with what its own labels say, and what was found."""

    table: StatedTable
    findings: tuple[Finding, ...]


def read_whole(table: StatedTable, basis: AuditBasis) -> WholeForm:
    """Read and check a form by its own labels; a layout that is not the form's is said."""
    if table.source is None:
        return WholeForm(table, ())
    form, context = registry.form(table.form), _context(table, basis)
    reading = read_official(form, context, table.source, table.unit_of_amount, is_whole=True)
    if table.form == _EX_ANTE and RATINGS not in reading.answers:
        return _scored(table, form, context, basis, reading)
    if reading.share < _LEAST and not _is_list_read(table.form, reading):
        return WholeForm(table, () if table.indicators else (_other_layout(table, form),))
    answers = _numbered(form, context, reading.answers)
    derived = form.derive(context, {key: answers[key] for key in answers if not _is_computed(form, key)})
    runner = CheckRunner(form, context, [CHECKS[code] for code in form.checks if code not in _BACKGROUND])
    found = [
        _weighed(finding)
        for finding in runner.run({**answers, **derived}).findings
        if _has_place(finding, form, answers, reading) and not _is_settled(finding, answers, reading)
    ]
    shown = {finding.place for finding in found}
    found += [one for one in _recomputed(form, context, answers, derived) if one.place not in shown]
    return WholeForm(_stated(table, context, answers, reading), tuple(found))


def _scored(
    table: StatedTable, form: FormSpec, context: FormContext, basis: AuditBasis, reading: OfficialReading
) -> WholeForm:
    """An ex-ante evaluation in another layout: its score table, and what it says of the money asked for and given."""
    assert table.source is not None
    unread = Unreadable()
    scores = ScoreTableReader(
        table.source.area, table.source.words, NumberReader(table.source.words, unread)
    ).read()
    codes = ("C3", "C58") if reading.places >= _SOURCES else ("C58",)
    runner = CheckRunner(form, context, [CHECKS[code] for code in codes])
    tables = {spec.key for spec in form.tables()}
    answers = {key: value for key, value in reading.answers.items() if key not in tables}
    found = [one for one in runner.run(answers).findings if one.place.field in reading.places]
    if not scores.items:
        found += () if table.indicators else (_other_layout(table, form),)
        return WholeForm(table, tuple(found))
    found += score_findings(scores, basis, table.source.words)
    total = scores.total.score if scores.total else table.stated_total
    made = replace(
        _stated(table, context, answers, reading),
        project_name=table.project_name or str(answers.get("project_name") or ""),
        indicators=items_as_rows(scores),
        stated_total=total,
        stated_grade=scores.conclusion or table.stated_grade,
        unread=(*table.unread, *unread.found),
    )
    return WholeForm(made, tuple(found))


def _is_list_read(form_id: str, reading: OfficialReading) -> bool:
    """Whether a form that is one list has its list, whatever else of its layout is missing."""
    return _LISTS.get(form_id, "") in reading.answers


def _has_place(
    finding: Finding, form: FormSpec, answers: Mapping[str, Any], reading: OfficialReading
) -> bool:
    """Whether the sheet has a place for what a finding is about: what a layout does not ask for is not missing."""
    field, column = finding.place.field, finding.place.column
    tables = {spec.key for spec in form.tables()}
    if not column or field not in tables:
        is_blank_field = field not in tables and is_blank(answers.get(field))
        return not is_blank_field or field in reading.places
    rows: Iterable[Mapping[str, Any]] = answers.get(field) or ()
    row = next((row for row in rows if row["row_id"] == finding.place.row_id), {})
    return f"{field}.{column}" in reading.places or not is_blank(row.get(column))


def _is_settled(finding: Finding, answers: Mapping[str, Any], reading: OfficialReading) -> bool:
    """Whether a workbook cannot show what is asked for: it has no files, only the words that name them."""
    if finding.code != "C48" or finding.place.column != "state":
        return False
    row = next(row for row in answers[finding.place.field] if row["row_id"] == finding.place.row_id)
    return f"{finding.place.field}.{_EVIDENCE}" not in reading.places or not is_blank(row.get(_EVIDENCE))


def _context(table: StatedTable, basis: AuditBasis) -> FormContext:
    """The background such a filing would have, as far as the table and the kit tell."""
    kit = basis.kit
    year = table.fiscal_year or kit.working_year
    frame, scheme = basis.frame(table), basis.scheme(table)
    given = kit.form_setting(table.form, year)
    own = FormSetting(
        table.form,
        "",
        frame.frame_id,
        scheme.scheme_id,
        table.unit_of_amount,
        title=given.title if given else "",
    )
    task = FilingTask(table.form, table.form, table.form, year, kit.issued_on, kit.issued_on)
    project = Project(table.form, table.project_name, "", table.project_code) if table.project_name else None
    settings = tuple(one for one in kit.form_settings if one.form_id != table.form)
    return FormContext(
        replace(kit, form_settings=(*settings, own)), task, Unit("", table.implementing_unit), project
    )


def _numbered(form: FormSpec, context: FormContext, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with rows known by their number, where the form does not know them itself."""
    made = dict(answers)
    for table in form.tables():
        rows = made.get(table.key)
        if isinstance(rows, list):
            made[table.key] = [{"row_id": str(n), **row} for n, row in enumerate(rows)]
    return made


def _is_computed(form: FormSpec, key: str) -> bool:
    """Whether the form fills in a field itself."""
    return any(spec.key == key and spec.is_computed for spec in form.fields())


def _weighed(finding: Finding) -> Finding:
    """What was not read, or what only files could show, is asked about: a layout may not have it."""
    if finding.code in (*_ASKED, "C48", "C55") and finding.severity is Severity.BLOCKING:
        return replace(finding, severity=Severity.EXPLAIN)
    return finding


def _recomputed(
    form: FormSpec, context: FormContext, stated: Mapping[str, Any], derived: Mapping[str, Any]
) -> Iterator[Finding]:
    """Everything the form computes, where the sheet prints something else."""
    for item in form.items():
        if isinstance(item, TableSpec):
            yield from _recomputed_rows(form, context, item, stated, derived)
        elif item.is_computed and _differs(context, item, stated.get(item.key), derived.get(item.key)):
            yield _other_value(
                form, context, item, Place(item.key), "", (stated[item.key], derived[item.key])
            )


def _recomputed_rows(
    form: FormSpec,
    context: FormContext,
    table: TableSpec,
    stated: Mapping[str, Any],
    derived: Mapping[str, Any],
) -> Iterator[Finding]:
    """The computed columns of a table."""
    own = {row.get("row_id"): row for row in derived.get(table.key) or ()}
    for row in stated.get(table.key) or ():
        other = {**own.get(row["row_id"], {}), **(told := _of_result(context, row))}
        for spec in table.columns:
            pair = (row.get(spec.key), other.get(spec.key))
            if (
                spec.is_computed
                and (spec.key in told or _is_figure(pair[1]))
                and _differs(context, spec, *pair)
            ):
                place = Place(table.key, str(row["row_id"]), spec.key)
                yield _other_value(form, context, spec, place, f"{table.label}：", pair)


def _of_result(context: FormContext, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a line of results tells itself: the rate by its money, the grade by its points where it has a known one."""
    told: dict[str, Any] = {}
    if {"annual_fen", "spending_fen", "execution_rate"} <= row.keys():
        told["execution_rate"] = share(row["spending_fen"], row["annual_fen"])
    grades, total = context.scheme.grades, kinds.parse_number(str(row.get("total_score") or ""))
    if total is not None and row.get("grade") in {band.name for band in grades}:
        found = grade_of(grades, total)
        told["grade"] = found.name if found else None
    return told


def _is_figure(value: Any) -> bool:
    """Whether a value is a number: words of a row (修改、新增) depend on what only the background knows."""
    return kinds.parse_number(str(value)) is not None


def _differs(context: FormContext, spec: FieldSpec, stated: Any, derived: Any) -> bool:
    """Whether both say something, and not the same at the precision the sheet prints."""
    if is_blank(stated) or is_blank(derived) or spec.kind is FieldKind.LIGHT:
        return False
    one, other = (kinds.parse_number(str(value)) for value in (stated, derived))
    if one is None or other is None:
        return tight(str(stated)) != tight(str(derived))
    if spec.kind is FieldKind.MONEY:
        return abs(one - other) > Decimal(context.amount_unit.value) / 100
    least = _RATE_DECIMALS if spec.kind is FieldKind.RATE else 0
    printed = max(least, len(str(stated).partition(".")[2]))
    return abs(one - other) >= Decimal(1).scaleb(-printed)


def _other_value(
    form: FormSpec, context: FormContext, spec: FieldSpec, place: Place, where: str, pair: tuple[Any, Any]
) -> Finding:
    """One figure other than the form reckons it."""
    stated, derived = (kinds.shown(spec, value, context) for value in pair)
    code = "C42" if form.form_id in _SUMMARIES else _CODES.get(spec.kind, "C34")
    label = spec.label_in(context)
    return Finding(
        code,
        Severity.EXPLAIN,
        place,
        f"{where}{label}",
        f"填的是 {stated}，按表里的数字应为 {derived}",
        f"请核对{label}",
        "合计、得分和结论由表里的各项得出，前后应当一致。",
        values=(("填写", stated), ("复算", derived)),
    )


def _other_layout(table: StatedTable, form: FormSpec) -> Finding:
    """C55: a sheet whose labels are not the form's."""
    return Finding(
        "C55",
        Severity.EXPLAIN,
        Place(table.cells),
        "表格",
        f"像是{form.title}，但栏目与官方表样不同，没有逐项核对",
        "请按官方表样填写后再检查",
    )


def _stated(
    table: StatedTable, context: FormContext, answers: Mapping[str, Any], reading: OfficialReading
) -> StatedTable:
    """The table with the heads, the money and the rows its labels give."""
    total = next((answers[key] for key in _TOTALS if kinds.is_amount(answers.get(key))), None)
    fund = StatedFund("total", "资金总额", annual_budget_fen=total)
    return replace(
        table,
        project_name=str(answers.get("project_name") or ""),
        project_code=table.project_code or str(answers.get("project_code") or ""),
        supervising_department=table.supervising_department
        or str(answers.get("supervising_department") or ""),
        implementing_unit=table.implementing_unit
        or str(answers.get("implementing_unit") or answers.get("unit_name") or ""),
        funds=table.funds or ((fund,) if total is not None else ()),
        indicators=table.indicators or tuple(_indicators(table, context, answers)),
        tasks=tuple(_listed(answers)),
        unread=(*table.unread, *reading.notes),
    )


def _listed(answers: Mapping[str, Any]) -> Iterator[StatedTask]:
    """The projects of a summary, with their budgets."""
    for row in answers.get(SUMMARY_ROWS) or ():
        amount = row.get("annual_total_fen", row.get("annual_fen"))
        yield StatedTask(
            str(row.get("project_name") or ""), total_fen=amount if kinds.is_amount(amount) else None
        )


def _indicators(
    table: StatedTable, context: FormContext, answers: Mapping[str, Any]
) -> Iterator[StatedIndicator]:
    """The adjusted indicators of an adjustment, as every other table's rows."""
    if table.form != "target_adjustment":
        return
    columns = {column.key: column for column in registry.form(table.form).table("indicators").columns}
    for row in answers.get("indicators") or ():
        first, second = (kinds.shown(columns[key], row.get(key), context, row) for key in _LEVELS)
        value = str(row.get("planned_value") or "")
        yield StatedIndicator(
            first_level=first,
            second_level=second,
            third_level=str(row.get("third_level") or ""),
            planned_text=f"{row.get('comparator') or ''}{value}{row.get('measure_unit') or ''}",
            comparator=row.get("comparator"),
            planned_value=kinds.parse_number(value),
            measure_unit=str(row.get("measure_unit") or ""),
        )
