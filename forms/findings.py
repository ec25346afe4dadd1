"""Findings (校验结果): what a check has to say, where, why, and what to do."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class Severity(enum.StrEnum):
    """Severity of a finding (校验级别): 必改 stops sealing, 需说明 wants an explanation, 提示 is advice."""

    BLOCKING = "blocking"
    EXPLAIN = "explain"
    HINT = "hint"

    @property
    def label(self) -> str:
        """必改, 需说明, 提示."""
        return {"blocking": "必改", "explain": "需说明", "hint": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the answers (位置): a field, or a column of a table's row by `row_id`."""

    field: str
    row_id: str = ""
    column: str = ""

    @property
    def path(self) -> str:
        """One text for the place: `annual_total_fen` or `indicators[r3].planned_value`."""
        if not self.row_id:
            return self.field
        return f"{self.field}[{self.row_id}]" + (f".{self.column}" if self.column else "")


def place_of(path: str) -> Place:
    """The place a path spells, the inverse of `Place.path`."""
    field, bracket, rest = path.partition("[")
    if not bracket:
        return Place(field)
    row_id, _, column = rest.partition("]")
    return Place(field, row_id, column.removeprefix("."))


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding (校验结果).

    `subject` names the place for people (绩效指标“养护里程”的指标值); `message` says what is wrong with
    the values on both sides; `why` the rule in plain words; `remedy` what to do; `also` the other
    places involved; `values` the labelled figures compared.
    """

    code: str
    severity: Severity
    place: Place
    subject: str
    message: str
    remedy: str
    why: str = ""
    also: tuple[Place, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @property
    def explanation_key(self) -> str:
        """Under which a filing keeps the explanation of this finding: code and place."""
        return f"{self.code}@{self.place.path}"

    @property
    def sentence(self) -> str:
        """Subject, message and remedy as one line for lists and reports."""
        return f"{self.subject}：{self.message.rstrip('。')}。{self.remedy.rstrip('。')}。"

    def to_json(self, explanations: Mapping[str, str]) -> dict[str, Any]:
        """The finding as it travels in a package, with the explanation given."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "where": self.place.path,
            "message": self.sentence,
            "remedy": self.remedy,
            "explanation": explanations.get(self.explanation_key, ""),
        }


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings of each severity are open (未处理数)."""

    blocking: int = 0
    to_explain: int = 0
    hints: int = 0

    @property
    def allows_sealing(self) -> bool:
        """必改 none, and every 需说明 explained."""
        return self.blocking == 0 and self.to_explain == 0


def is_explained(finding: Finding, explanations: Mapping[str, str]) -> bool:
    """Whether a 需说明 finding has an explanation."""
    return bool(explanations.get(finding.explanation_key, "").strip())


def count_findings(findings: Sequence[Finding], explanations: Mapping[str, str]) -> FindingCounts:
    """Open findings by severity; explained 需说明 no longer count."""
    if not findings:
        return FindingCounts()
    return FindingCounts(
        blocking=sum(f.severity is Severity.BLOCKING for f in findings),
        to_explain=sum(
            f.severity is Severity.EXPLAIN and not is_explained(f, explanations) for f in findings
        ),
        hints=sum(f.severity is Severity.HINT for f in findings),
    )
