"""What the treasury has paid (支付进度): lines of a payment progress list, kept list by list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.domain.background import LedgerLine


@dataclass(frozen=True, slots=True)
class Payment:
    """What a list says was paid for a project in a budget year (累计支付数), in 分.

    `as_of` is the day the list counts to, None where it names none; `source` its file and table; `batch_id` the
    taking over it came with, which can be taken back as a whole; `taken_at` is timezone-aware.
    """

    unit_code: str
    project_code: str
    budget_year: int
    spending_fen: int
    as_of: date | None
    source: str
    taken_at: datetime
    batch_id: str

    @property
    def line(self) -> LedgerLine:
        """As forms see it."""
        return LedgerLine(self.spending_fen, self.as_of, self.source)
