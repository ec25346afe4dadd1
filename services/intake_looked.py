"""A file that was looked at and waits to be written (已验待写)."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from models.domain.verdict import Judgement, Reason
from services.filing_reading import ReceivedFiling
from services.inspection import Inspection
from services.ports.exchange import CertificateInfo
from services.ports.store import PackageRecord


@dataclass
class Looked:
    """What was found (验看结果).

    `known` where the very same file is here already; otherwise it was judged. `reasons` why it is not taken in, ()
    while nothing speaks against it; `filings` count for the files after it as if they were kept; `copy` is its own copy
    under way, which tells whether no such copy was there before.
    """

    path: Path
    carrier: PackageRecord | None
    known: PackageRecord | None = None
    judged: Judgement | None = None
    inspection: Inspection | None = None
    own_key: CertificateInfo | None = None
    reasons: tuple[Reason, ...] = ()
    filings: tuple[ReceivedFiling, ...] = ()
    copy: Future[bool] | None = None

    @property
    def is_copied_anew(self) -> bool:
        """Whether its copy, which is waited for, was not here before."""
        return self.copy is not None and self.copy.result()
