"""Checking packages beside workbooks (检查报送文件): each filing inside by its form's own checks.

No trust is asked for here: whether a signature counts is `verify`'s business. What was explained by the
unit is not listed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from forms import registry
from forms.checks.catalog import CHECKS
from forms.checks.engine import CheckRunner
from forms.context import FormContext
from forms.findings import Finding, is_explained
from forms.hand_filled.audit_json import finding_object, plain, score, yuan
from forms.kinds import is_amount, parse_number
from forms.schema import FormSpec
from models.domain.errors import InputError
from models.domain.kit import FormSetting, ParameterKit
from models.domain.message import MessageType
from models.domain.project import FilingTask, Unit
from services.answers_shape import answers_fit
from services.filing_reading import MalformedFiling, ReceivedFiling, read_filings
from services.ports.exchange import TrustMaterial
from services.register_lines import project_year_of, register_entry
from services.tools import Tools

PACKAGE = ".asice"
_OF_TASKS = ("C53",)
"""Checks that need the kit the task was handed out with."""
_FUNDS = (
    ("total", "annual_total_fen"),
    ("fiscal_appropriation", "annual_fiscal_fen"),
    ("other", "annual_other_fen"),
)
_ROWS = "indicators"


def package_objects(
    tools: Tools, path: Path, kits: Sequence[ParameterKit], given: ParameterKit | None
) -> list[dict[str, Any]]:
    """One object per filing of a submission; InputError when the file holds none that can be read."""
    judged = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False)
    payload = judged.payload
    if payload is None:
        wrong = judged.verdict.reasons[0].message if judged.verdict.reasons else "这个文件读不出来"
        raise InputError(wrong.rstrip("。"), "请让报送单位重新生成报送文件")
    if judged.message_type != MessageType.SUBMISSION.value:
        label = _label(judged.message_type)
        raise InputError(f"这是{label}，里面没有填报的表", "请选择单位的报送文件或填好的表格")
    try:
        received = read_filings(payload)
    except MalformedFiling as error:
        raise InputError("报送文件的内容结构不对", "请让报送单位用新版本程序重新生成") from error
    unit_name = str(payload.get("unit_name", ""))
    return [_filing_object(filing, unit_name, kits, given) for filing in received]


def _label(message_type: str | None) -> str:
    """What a package is, in words."""
    known = {kind.value: kind.label for kind in MessageType}
    return known.get(message_type or "", "其他文件")


def _filing_object(
    filing: ReceivedFiling, unit_name: str, kits: Sequence[ParameterKit], given: ParameterKit | None
) -> dict[str, Any]:
    """One filing's object; a form of another version is said to be so."""
    head: dict[str, Any] = {
        "sheet": None,
        "range": None,
        "form": filing.form_id,
        "form_version": filing.form_version,
    }
    if not registry.knows(filing.form_id, filing.form_version):
        return {**head, "form": None, "findings": [_unknown(filing)]}
    form = registry.form(filing.form_id)
    if not answers_fit(form, filing.answers):
        return {**head, "form": None, "findings": [_misshapen()]}
    context = _context(form, filing, unit_name, kits, given)
    return {
        **head,
        "unit_of_amount": context.amount_unit.label,
        "answers": _answers(form, filing, context),
        "scores": None,
        "findings": [finding_object(finding) for finding in _findings(form, filing, context, given)],
    }


def _unknown(filing: ReceivedFiling) -> dict[str, str]:
    """The finding of a form this program cannot read."""
    what = registry.head(filing.form_id).title if registry.has(filing.form_id) else "这种表"
    return {
        "code": "C44",
        "severity": "blocking",
        "where": "form_version",
        "message": f"{what}：第 {filing.form_version} 版，本程序不认识",
        "remedy": "请安装新版本程序后再检查",
    }


def _misshapen() -> dict[str, str]:
    """The finding of answers that are not built as the form says."""
    return {
        "code": "C55",
        "severity": "blocking",
        "where": "",
        "message": "填报内容：与这种表的结构不符",
        "remedy": "请让报送单位用新版本程序重新生成",
    }


def _findings(
    form: FormSpec, filing: ReceivedFiling, context: FormContext, given: ParameterKit | None
) -> list[Finding]:
    """What the form's checks say, places by row number; what the unit has explained is left out."""
    has_task = given is not None and given.task(filing.task_id) is not None
    checks = [CHECKS[code] for code in form.checks if has_task or code not in _OF_TASKS]
    found = CheckRunner(form, context, checks).run(filing.answers).findings
    return [
        _by_number(finding, filing.answers)
        for finding in found
        if not is_explained(finding, filing.explanations)
    ]


def _by_number(finding: Finding, answers: Mapping[str, Any]) -> Finding:
    """The finding with its row's number in place of the row's id, as the answers are printed here."""
    place = finding.place
    for number, row in enumerate(answers.get(place.field) or () if place.row_id else ()):
        if row.get("row_id") == place.row_id:
            return replace(finding, place=replace(place, row_id=str(number)))
    return finding


def _context(
    form: FormSpec,
    filing: ReceivedFiling,
    unit_name: str,
    kits: Sequence[ParameterKit],
    given: ParameterKit | None,
) -> FormContext:
    """The background of a filing: the kit given, else the built-in kit whose frame knows most of its levels."""
    kit = given or max(kits, key=lambda one: _known_levels(one, filing.answers))
    if kit.form_setting(form.form_id, filing.budget_year) is None:
        kit = _with_setting(kit, form, kits)
    day = date(filing.budget_year, 1, 1)
    task = kit.task(filing.task_id) or FilingTask(
        filing.task_id, form.title, form.form_id, filing.budget_year, day, day
    )
    if task.form_id != form.form_id:
        task = replace(task, form_id=form.form_id, budget_year=filing.budget_year)
    unit = kit.unit(filing.unit_code) or Unit(filing.unit_code, unit_name)
    entry = register_entry(kit, filing.project, filing.budget_year)
    year = project_year_of(entry, filing.project.project_id) if entry and filing.project else None
    return FormContext(kit, task, unit, filing.project, year, entry)


def _with_setting(kit: ParameterKit, form: FormSpec, kits: Sequence[ParameterKit]) -> ParameterKit:
    """The kit with a setting for a form it does not name: its first frame and scheme, else the default kit."""
    if not kit.frames or not kit.schemes:
        return kits[0]
    unit = kit.form_settings[0].amount_unit if kit.form_settings else kits[0].form_settings[0].amount_unit
    setting = FormSetting(form.form_id, form.version, kit.frames[0].frame_id, kit.schemes[0].scheme_id, unit)
    return replace(kit, form_settings=(*kit.form_settings, setting))


def _known_levels(kit: ParameterKit, answers: Mapping[str, Any]) -> int:
    """How many of a filing's levels a kit's frames know."""
    used = {(row.get("first_level"), row.get("second_level")) for row in answers.get(_ROWS) or ()}
    return max(
        (
            sum((first.code, second.code) in used for first in frame.firsts for second in first.seconds)
            for frame in kit.frames
        ),
        default=0,
    )


def _answers(form: FormSpec, filing: ReceivedFiling, context: FormContext) -> dict[str, Any]:
    """The filing's answers in the keys of a checked table, as far as the form has them."""
    answers = filing.answers
    project = filing.project
    return {
        "project_name": answers.get("project_name") or (project.name if project else None),
        "supervising_department": answers.get("supervising_department"),
        "implementing_unit": answers.get("implementing_unit") or context.unit.name or None,
        "fiscal_year": filing.budget_year,
        "funds": [_fund(source, answers[key]) for source, key in _FUNDS if is_amount(answers.get(key))]
        or _total(form, answers),
        "indicators": [_indicator(row, context) for row in answers.get(_ROWS) or ()],
        "stated_total": None,
    }


def _total(form: FormSpec, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The amount that stands for a filing without fields of its own for it."""
    amount = form.amount_of(answers)
    return [_fund("total", amount)] if amount is not None else []


def _fund(source: str, fen: int) -> dict[str, Any]:
    """A source and its amount."""
    blank = dict.fromkeys(("annual_spending", "full_score", "stated_rate", "stated_score"))
    return {"source": source, "initial_budget": None, "annual_budget": yuan(fen), **blank}


def _indicator(row: Mapping[str, Any], context: FormContext) -> dict[str, Any]:
    """One indicator row, levels by their printed names."""
    first_code, second_code = str(row.get("first_level") or ""), str(row.get("second_level") or "")
    first = context.frame.first(first_code)
    second = context.frame.second(first_code, second_code)
    value = row.get("planned_value")
    return {
        "first_level": first.label if first else first_code or None,
        "second_level": second.label if second else second_code or None,
        "third_level": row.get("third_level"),
        "planned_text": value,
        "comparator": row.get("comparator"),
        "planned_value": plain(parse_number(value)) if isinstance(value, str) else None,
        "measure_unit": row.get("measure_unit"),
        "actual_text": row.get("actual_value"),
        "actual_value": plain(parse_number(str(row.get("actual_value") or ""))),
        "full_score": score(parse_number(str(row.get("weight") or ""))),
        "stated_score": score(parse_number(str(row.get("score") or ""))),
        "deviation_reason": row.get("deviation_reason"),
    }
