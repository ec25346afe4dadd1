"""Payments and batches of the store in memory (内存里的支付进度与带入记录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.domain.payment import Payment
from models.domain.platform_batch import PlatformBatch
from models.store.values import fen_column
from tests.fakes.store_state import Session, as_kept, moment, unknown


class FakePayments:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, payments: Sequence[Payment]) -> None:
        for payment in payments:
            fen_column(payment.spending_fen)
            moment(payment.taken_at)
            self._session.changing.payments.append(payment)

    def latest(self, unit_code: str, project_code: str, budget_year: int) -> Payment | None:
        wanted = (unit_code, project_code, budget_year)
        return next((one for one in reversed(self._session.state.payments) if _key(one) == wanted), None)

    def of_year(self, budget_year: int, unit_code: str | None = None) -> Sequence[Payment]:
        last = {
            _key(one): one
            for one in self._session.state.payments
            if one.budget_year == budget_year and unit_code in (None, one.unit_code)
        }
        return [last[key] for key in sorted(last)]

    def remove(self, batch_id: str) -> int:
        kept = [one for one in self._session.changing.payments if one.batch_id != batch_id]
        gone = len(self._session.state.payments) - len(kept)
        self._session.changing.payments[:] = kept
        return gone


class FakeBatches:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, batch: PlatformBatch) -> None:
        moment(batch.taken_at)
        self._session.changing.batches.append(replace(batch, undo=as_kept(batch.undo)))

    def get(self, batch_id: str) -> PlatformBatch | None:
        return next((one for one in self._session.state.batches if one.batch_id == batch_id), None)

    def all(self) -> Sequence[PlatformBatch]:
        return list(reversed(self._session.state.batches))

    def take_back(self, batch_id: str, at: datetime) -> None:
        kept = self._session.changing.batches
        number = next((n for n, one in enumerate(kept) if one.batch_id == batch_id), None)
        if number is None:
            raise unknown("次带入")
        kept[number] = replace(kept[number], taken_back_at=moment(at))


def _key(payment: Payment) -> tuple[str, str, int]:
    return payment.unit_code, payment.project_code, payment.budget_year
