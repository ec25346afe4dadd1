"""A filing that came as a plain workbook (未签名填报件): from a unit without the program, F45 and domain §0.5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PaperFiling:
    """One version taken in from a workbook (未签名，以盖章纸质件为准).

    `sha256` is that of the file, whose copy lies under that name in the workspace's `workbooks` folder;
    `paper_came_on` the day the stamped paper came, None while it has not; `could_not_read` counts cells
    nobody could read.
    """

    filing_id: str
    version: int
    file_name: str
    sha256: str
    taken_by: str
    taken_at: datetime
    paper_came_on: date | None = None
    could_not_read: int = 0
