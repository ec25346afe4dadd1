"""The payment ledger (支付进度的存取): list after list, the line taken in last counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from models.domain.payment import Payment
from models.store.content_tables import payment_ledger
from models.store.values import fen_column, moment_column, read_moment

_COLUMNS = payment_ledger.c


class SqlPayments:
    """Payments by project and budget year (支付进度)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, payments: Sequence[Payment]) -> None:
        """Keep the lines of a list."""
        rows = [_row_of(payment) for payment in payments]
        if rows:
            self._connection.execute(insert(payment_ledger), rows)

    def latest(self, unit_code: str, project_code: str, budget_year: int) -> Payment | None:
        """What the list taken in last says of a project and budget year."""
        wanted = select(payment_ledger).where(
            _COLUMNS.unit_code == unit_code,
            _COLUMNS.project_code == project_code,
            _COLUMNS.budget_year == budget_year,
        )
        found = self._connection.execute(wanted.order_by(_COLUMNS.line_number.desc()).limit(1)).first()
        return None if found is None else _payment(found)

    def of_year(self, budget_year: int, unit_code: str | None = None) -> Sequence[Payment]:
        """The latest line of every project of a budget year, of one unit or all, by unit and code."""
        last = select(func.max(_COLUMNS.line_number)).where(_COLUMNS.budget_year == budget_year)
        if unit_code is not None:
            last = last.where(_COLUMNS.unit_code == unit_code)
        last = last.group_by(_COLUMNS.unit_code, _COLUMNS.project_code)
        wanted = select(payment_ledger).where(_COLUMNS.line_number.in_(last))
        order = (_COLUMNS.unit_code, _COLUMNS.project_code)
        return [_payment(row) for row in self._connection.execute(wanted.order_by(*order))]

    def remove(self, batch_id: str) -> int:
        """Take the lines of a batch out; how many. What an earlier list said counts again."""
        gone = self._connection.execute(delete(payment_ledger).where(_COLUMNS.batch_id == batch_id))
        return gone.rowcount


def _row_of(payment: Payment) -> dict[str, Any]:
    """A payment as a row."""
    return {
        "unit_code": payment.unit_code,
        "project_code": payment.project_code,
        "budget_year": payment.budget_year,
        "spending_fen": fen_column(payment.spending_fen),
        "as_of": payment.as_of.isoformat() if payment.as_of else None,
        "source": payment.source,
        "taken_at": moment_column(payment.taken_at),
        "batch_id": payment.batch_id,
    }


def _payment(row: Row[Any]) -> Payment:
    """A row as a payment."""
    return Payment(
        unit_code=row.unit_code,
        project_code=row.project_code,
        budget_year=row.budget_year,
        spending_fen=row.spending_fen,
        as_of=date.fromisoformat(row.as_of) if row.as_of else None,
        source=row.source,
        taken_at=read_moment(row.taken_at),
        batch_id=row.batch_id,
    )
