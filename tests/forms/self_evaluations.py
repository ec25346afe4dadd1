"""Self-evaluations the tests stand on (测试用自评表): a good one after an approved target, and how it is altered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms import registry
from forms.answers import blank_answers, with_value
from forms.context import FormContext
from forms.findings import Place
from models.domain.background import ApprovedTarget
from models.domain.evidence import EvidenceFile
from models.domain.kit import ParameterKit
from tests.forms import cases
from tests.forms.cases import KIT_101, ROADS, Answers

FORM_ID = "self_evaluation"
APPROVED = ApprovedTarget(ROADS, "示财预〔2025〕1号", date(2025, 2, 18), 128_400_000)
EVIDENCE = tuple(
    EvidenceFile(f"indicators[r{number}]", f"佐证{number}.pdf", 1000, f"{number:064x}")
    for number in range(1, 9)
)
ACTUALS = {
    "r1": "9.1",
    "r2": "11.20",
    "r3": "38",
    "r4": "88.4",
    "r5": "97",
    "r6": "8950",
    "r7": "达成预期指标",
    "r8": "93",
}
REASON = "汛期两处塌方，0.8 公里未完成；今后汛前先行加固。"


def context(kit: ParameterKit = KIT_101, **changes: Any) -> FormContext:
    """The background of 农村公路养护 with its target approved, and evidence behind every row."""
    values: dict[str, Any] = {"project": cases.context().project, "approved": APPROVED, "evidence": EVIDENCE}
    return cases.context(kit, FORM_ID, **{**values, **changes})


def typed(given: FormContext, answers: Mapping[str, Any], path: tuple[str, ...], value: Any) -> Answers:
    """The answers after one value was typed in, everything computed anew."""
    return dict(registry.form(given.task.form_id).derive(given, with_value(answers, Place(*path), value)))


def begun(given: FormContext) -> Answers:
    """A new self-evaluation."""
    return blank_answers(registry.form(given.task.form_id), given)


def filled(given: FormContext | None = None) -> Answers:
    """A self-evaluation an official would pass: one indicator short, with its reason."""
    given = given or context()
    answers = begun(given)
    for row_id, actual in ACTUALS.items():
        answers = typed(given, answers, ("indicators", row_id, "actual_value"), actual)
    answers = typed(given, answers, ("indicators", "r2", "deviation_reason"), REASON)
    answers = typed(given, answers, ("funds", "fiscal", "spending_fen"), 118_000_000)
    answers = typed(given, answers, ("funds", "carryover", "spending_fen"), 0)
    answers = typed(given, answers, ("funds", "other", "spending_fen"), 8_400_000)
    texts = {
        "actual_result": "完成 11.2 公里村道养护，路况优良率 88.4%，群众出行条件改善。",
        "preparer_name": "张敏",
        "reviewer_name": "李强",
        "unit_head_name": "王建国",
        "contact_phone": "0379-6333 1234",
        "filled_on": given.task.opens_on.replace(month=3, day=10).isoformat(),
    }
    return {**answers, **texts}


def altered(answers: Mapping[str, Any], row_id: str, table: str = "indicators", **changes: Any) -> Answers:
    """The answers with cells of one row changed behind the program's back: nothing is computed anew."""
    rows = [{**row, **changes} if row["row_id"] == row_id else row for row in answers[table]]
    return {**answers, table: rows}


def changed(row_id: str, **changes: Any) -> Answers:
    """The good self-evaluation with cells of one row typed over."""
    answers = filled()
    for column, value in changes.items():
        answers = typed(context(), answers, ("indicators", row_id, column), value)
    return answers


def spent(fen: int, **changes: Any) -> Answers:
    """The good self-evaluation with other spending of fiscal money."""
    answers = typed(context(), filled(), ("funds", "fiscal", "spending_fen"), fen)
    return {**answers, **changes}
