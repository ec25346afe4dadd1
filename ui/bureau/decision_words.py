"""Decisions between versions in words (接收决定的说法): who, when, which one, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.widgets.dates import full_date

if TYPE_CHECKING:
    from services.ports.store import IntakeDecision


def decision_words(decision: IntakeDecision) -> str:
    """2026年9月3日，王新核实：采用后来的第 1 版，原来的第 2 版留存。理由：单位来函说明。"""
    if decision.is_adopted:
        what = f"采用后来的第 {decision.came_version} 版，原来的第 {decision.kept_version} 版留存"
    else:
        what = f"保留原来的第 {decision.kept_version} 版，后来的第 {decision.came_version} 版不采用，留存备查"
    reason = decision.reason.rstrip("。")
    return f"{full_date(decision.at)}，{decision.decided_by}核实：{what}。理由：{reason}。"
