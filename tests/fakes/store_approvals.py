"""Approvals of the store in memory (内存里的批复登记)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.domain.approval import Approval
from services.ports.approvals import ApprovalPlace
from tests.fakes.store_state import Session, as_kept, moment


class FakeApprovals:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, approval: Approval) -> None:
        moment(approval.noted_at)
        kept = replace(approval, answers=as_kept(approval.answers))
        self._session.changing.approvals.append(kept)

    def of(self, place: ApprovalPlace) -> Sequence[Approval]:
        return [item for item in reversed(self._session.state.approvals) if _place(item) == place]

    def withdraw(self, approval: Approval, at: datetime) -> bool:
        moment(at)
        found = self.of(_place(approval))
        if not found or found[0] != approval:
            return False
        kept = self._session.changing.approvals
        kept.pop(max(n for n, item in enumerate(kept) if item == approval))
        return True

    def in_force(self, budget_year: int, unit_code: str | None = None) -> Sequence[Approval]:
        last = {
            _place(item): item
            for item in self._session.state.approvals
            if item.budget_year == budget_year and unit_code in (None, item.unit_code)
        }
        return [last[key] for key in sorted(last, key=lambda p: (p.unit_code, p.project_id, p.form_id))]


def _place(item: Approval) -> ApprovalPlace:
    return ApprovalPlace(item.unit_code, item.project_id, item.budget_year, item.form_id)
