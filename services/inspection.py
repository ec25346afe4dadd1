"""Looking into a payload's filings (报送内容审查): known forms, sound structure, the same checks as at the clerk's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms import registry
from forms.checks import catalog
from forms.context import FormContext
from forms.findings import Severity, is_explained
from forms.schema import FormSpec, TableSpec
from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from models.domain.project import Project, ProjectYear
from models.domain.verdict import Reason
from services.contexts import register_entry
from services.ports.exchange import ReasonCatalogue


@dataclass(frozen=True)
class ReceivedFiling:
    """One filing of a payload, read strictly (收到的填报件)."""

    filing_id: str
    task_id: str
    form_id: str
    form_version: str
    budget_year: int
    unit_code: str
    project: Project | None
    version: int
    answers: Mapping[str, Any]
    explanations: Mapping[str, str]
    findings: Sequence[Mapping[str, Any]]


class MalformedFiling(Exception):
    """A filing in a payload that is not built as the format says (报送内容结构不符)."""


def read_filings(payload: Mapping[str, Any]) -> list[ReceivedFiling]:
    """The filings of a submission; MalformedFiling when one is not built as the format says."""
    items = payload.get("filings")
    if not isinstance(items, list) or not items:
        raise MalformedFiling("没有填报件")
    filings = [_read_filing(item) for item in items]
    if len({f.filing_id for f in filings}) != len(filings):
        raise MalformedFiling("同一份填报件出现两次")
    return filings


def _typed(item: Mapping[str, Any], key: str, kind: type) -> Any:
    """A value of exactly that type."""
    value = item.get(key)
    if type(value) is not kind:
        raise MalformedFiling(key)
    return value


def _read_filing(item: Any) -> ReceivedFiling:
    """One filing, every part of the right type."""
    if not isinstance(item, dict):
        raise MalformedFiling("filings")
    texts = {
        key: _typed(item, key, str)
        for key in ("filing_id", "task_id", "form_id", "form_version", "unit_code")
    }
    if not texts["filing_id"] or len(texts["filing_id"]) > 64:
        raise MalformedFiling("filing_id")
    version = _typed(item, "version", int)
    if version < 1:
        raise MalformedFiling("version")
    explanations = _typed(item, "explanations", dict)
    if not all(isinstance(text, str) for text in explanations.values()):
        raise MalformedFiling("explanations")
    findings = _typed(item, "findings", list)
    if not all(isinstance(finding, dict) for finding in findings):
        raise MalformedFiling("findings")
    return ReceivedFiling(
        **texts,
        budget_year=_typed(item, "budget_year", int),
        project=_read_project(item.get("project"), texts["unit_code"]),
        version=version,
        answers=_typed(item, "answers", dict),
        explanations=explanations,
        findings=findings,
    )


def _read_project(item: Any, unit_code: str) -> Project | None:
    """The project a filing is about, None for a form of the unit as a whole."""
    if item is None:
        return None
    if not isinstance(item, dict):
        raise MalformedFiling("project")
    texts = {key: _typed(item, key, str) for key in ("project_id", "name", "project_code", "category")}
    if not texts["project_id"] or len(texts["project_id"]) > 64:
        raise MalformedFiling("project_id")
    return Project(unit_code=unit_code, **texts)


def answers_fit(form: FormSpec, answers: Mapping[str, Any]) -> bool:
    """Whether answers have the declared shape: known keys, tables of rows with ids, money whole 分."""
    items = {item.key: item for item in form.items()}
    for key, value in answers.items():
        item = items.get(key)
        if item is None:
            return False
        if isinstance(item, TableSpec):
            if not _rows_fit(item, value):
                return False
        elif not _value_fits(item.key, value):
            return False
    return True


def _rows_fit(table: TableSpec, rows: Any) -> bool:
    """Rows are objects with an own `row_id` and declared columns."""
    if not isinstance(rows, list):
        return False
    columns = {column.key for column in table.columns} | {"row_id"}
    ids = []
    for row in rows:
        if not isinstance(row, dict) or not set(row) <= columns or not isinstance(row.get("row_id"), str):
            return False
        ids.append(row["row_id"])
        if not all(_value_fits(key, value) for key, value in row.items()):
            return False
    return len(set(ids)) == len(ids)


def _value_fits(key: str, value: Any) -> bool:
    """Money is a whole number, everything else text; None stands for blank."""
    if value is None:
        return True
    return type(value) is int if key.endswith("_fen") else isinstance(value, str)


def context_of(kit: ParameterKit, filing: ReceivedFiling) -> FormContext | None:
    """The background of a received filing by the kit; None when task or unit is not the kit's."""
    task, unit = kit.task(filing.task_id), kit.unit(filing.unit_code)
    if task is None or unit is None:
        return None
    entry = register_entry(kit, filing.project, filing.budget_year)
    year = None
    if filing.project is not None:
        amount = entry.budget_fen if entry else None
        year = ProjectYear(
            filing.project.project_id, filing.budget_year, amount, from_register=entry is not None
        )
    return FormContext(kit, task, unit, filing.project, year, entry)


def inspector(
    kit: ParameterKit | None, reasons: ReasonCatalogue
) -> Callable[[Mapping[str, Any]], Sequence[Reason]]:
    """What the strict reader asks about a payload's filings: forms known, shape sound, nothing left that blocks.

    Without a kit (command line `verify`) only forms and shapes are judged.
    """

    def inspect(payload: Mapping[str, Any]) -> Sequence[Reason]:
        if payload.get("message_type") != MessageType.SUBMISSION.value:
            return ()
        try:
            filings = read_filings(payload)
        except MalformedFiling:
            return (reasons.reason("payload_type"),)
        return _first_of([r for filing in filings for r in _reasons(kit, filing, payload, reasons)])

    return inspect


def _first_of(found: Sequence[Reason]) -> Sequence[Reason]:
    """Each code once, in order."""
    return tuple({r.code: r for r in reversed(found)}.values())[::-1]


def _reasons(
    kit: ParameterKit | None, filing: ReceivedFiling, payload: Mapping[str, Any], reasons: ReasonCatalogue
) -> Sequence[Reason]:
    """Reasons against one filing."""
    if filing.unit_code != payload.get("unit_code"):
        return (reasons.reason("unit_mismatch"),)
    if not registry.has(filing.form_id):
        return (reasons.reason("unknown_form"),)
    if not registry.knows(filing.form_id, filing.form_version):
        return (reasons.reason("unknown_form_version"),)
    form = registry.form(filing.form_id)
    if not answers_fit(form, filing.answers):
        return (reasons.reason("payload_type"),)
    if (filing.project is None) != (form.subject.value == "unit"):
        return (reasons.reason("payload_type"),)
    context = context_of(kit, filing) if kit is not None else None
    if context is None or context.task.form_id != filing.form_id:
        return ()
    findings = catalog.runner(form, context).run(filing.answers).findings
    open_ones = [
        f
        for f in findings
        if f.severity is Severity.BLOCKING
        or (f.severity is Severity.EXPLAIN and not is_explained(f, filing.explanations))
    ]
    return (reasons.reason("blocking_findings"),) if open_ones else ()
