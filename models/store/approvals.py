"""Approvals of targets (批复登记的存取): appended only, the last one of a place is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from models.domain.approval import Approval
from models.store.content_tables import approvals
from models.store.values import fen_column, json_column, moment_column, read_json, read_moment
from services.ports.approvals import ApprovalPlace


class SqlApprovals:
    """Approvals of targets (绩效目标批复)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, approval: Approval) -> None:
        """Keep an approval; it is in force for its place from now on."""
        self._connection.execute(insert(approvals).values(_row_of(approval)))

    def of(self, place: ApprovalPlace) -> Sequence[Approval]:
        """Every approval of a place, the one in force first."""
        columns = approvals.c
        wanted = select(approvals).where(
            columns.unit_code == place.unit_code,
            columns.project_id == place.project_id,
            columns.budget_year == place.budget_year,
            columns.form_id == place.form_id,
            columns.withdrawn_at.is_(None),
        )
        found = self._connection.execute(wanted.order_by(columns.approval_number.desc()))
        return [_approval(row) for row in found]

    def in_force(self, budget_year: int, unit_code: str | None = None) -> Sequence[Approval]:
        """The approval in force of every place of a budget year, of one unit or all, by unit and project."""
        columns = approvals.c
        last = select(func.max(columns.approval_number)).where(
            columns.budget_year == budget_year, columns.withdrawn_at.is_(None)
        )
        if unit_code is not None:
            last = last.where(columns.unit_code == unit_code)
        last = last.group_by(columns.unit_code, columns.project_id, columns.form_id)
        wanted = select(approvals).where(columns.approval_number.in_(last))
        order = (columns.unit_code, columns.project_id, columns.form_id)
        return [_approval(row) for row in self._connection.execute(wanted.order_by(*order))]

    def withdraw(self, approval: Approval, at: datetime) -> bool:
        """Take an approval out of force, if it is the one in force; whether it was. It stays on record."""
        place = ApprovalPlace(approval.unit_code, approval.project_id, approval.budget_year, approval.form_id)
        found = self.of(place)
        if not found or found[0] != approval:
            return False
        columns = approvals.c
        number = select(func.max(columns.approval_number)).where(
            columns.unit_code == place.unit_code,
            columns.project_id == place.project_id,
            columns.budget_year == place.budget_year,
            columns.form_id == place.form_id,
            columns.withdrawn_at.is_(None),
        )
        statement = update(approvals).where(columns.approval_number == number.scalar_subquery())
        self._connection.execute(statement.values(withdrawn_at=moment_column(at)))
        return True


def _row_of(approval: Approval) -> dict[str, Any]:
    """An approval as a row."""
    return {
        "unit_code": approval.unit_code,
        "project_id": approval.project_id,
        "budget_year": approval.budget_year,
        "form_id": approval.form_id,
        "document_number": approval.document_number,
        "approved_on": approval.approved_on.isoformat() if approval.approved_on else None,
        "amount_fen": fen_column(approval.amount_fen),
        "answers": json_column(approval.answers),
        "adjustments": approval.adjustments,
        "is_by_hand": int(approval.is_by_hand),
        "noted_at": moment_column(approval.noted_at),
        "noted_by": approval.noted_by,
    }


def _approval(row: Row[Any]) -> Approval:
    """A row as an approval."""
    return Approval(
        unit_code=row.unit_code,
        project_id=row.project_id,
        budget_year=row.budget_year,
        form_id=row.form_id,
        document_number=row.document_number,
        approved_on=date.fromisoformat(row.approved_on) if row.approved_on else None,
        amount_fen=row.amount_fen,
        answers=read_json(row.answers),
        noted_at=read_moment(row.noted_at),
        noted_by=row.noted_by,
        adjustments=row.adjustments,
        is_by_hand=bool(row.is_by_hand),
    )
