"""Payments and batches of the platform in the store (支付进度与带入记录的存取)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.domain.payment import Payment
    from models.domain.platform_batch import PlatformBatch


class PaymentRepository(Protocol):
    """The payment ledger (支付进度): list after list, the one taken in last counts."""

    def add(self, payments: Sequence[Payment]) -> None:
        """Keep the lines of a list."""
        ...

    def latest(self, unit_code: str, project_code: str, budget_year: int) -> Payment | None:
        """What the list taken in last says of a project and budget year."""
        ...

    def of_year(self, budget_year: int, unit_code: str | None = None) -> Sequence[Payment]:
        """The latest line of every project of a budget year, of one unit or all, by unit and code."""
        ...

    def remove(self, batch_id: str) -> int:
        """Take the lines of a batch out; how many. What an earlier list said counts again."""
        ...


class BatchRepository(Protocol):
    """Files taken over from the platform (带入记录)."""

    def add(self, batch: PlatformBatch) -> None:
        """Keep a batch."""
        ...

    def get(self, batch_id: str) -> PlatformBatch | None:
        """One batch."""
        ...

    def all(self) -> Sequence[PlatformBatch]:
        """Every batch, newest first."""
        ...

    def take_back(self, batch_id: str, at: datetime) -> None:
        """Note that a batch was taken back. StorageProblem when it is not there."""
        ...
