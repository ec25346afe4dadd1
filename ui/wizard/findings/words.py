"""Words of a finding (检查结果的文字): sentence, rule and figures, as list and card show them alike."""

from __future__ import annotations

from collections.abc import Mapping

from forms.checks.catalog import CHECKS
from forms.findings import Finding, Severity, is_explained


def rest_of(finding: Finding) -> str:
    """What stands behind the bold subject: message and remedy."""
    return f"{finding.message.rstrip('。')}。{finding.remedy.rstrip('。')}。"


def rule_of(finding: Finding) -> str:
    """The rule in plain words: the finding's own reason, else the check's."""
    check = CHECKS.get(finding.code)
    return finding.why or (check.rule if check else "")


def figures_of(finding: Finding) -> str:
    """The figures compared, one a line."""
    return "\n".join(f"{name}：{value}" for name, value in finding.values)


def may_explain(finding: Finding) -> bool:
    """Whether an explanation settles the finding."""
    return finding.severity is Severity.EXPLAIN


def is_settled(finding: Finding, explanations: Mapping[str, str]) -> bool:
    """Whether a finding that wants an explanation has one."""
    return may_explain(finding) and is_explained(finding, explanations)
