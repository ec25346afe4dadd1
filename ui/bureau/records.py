"""What the bureau's views are told (财政端界面数据), where services have no record of their own for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.domain.verdict import VerdictWord
from services.intake_rows import IntakeOutcome, IntakeRow


@dataclass
class RunTotals:
    """What an intake has done so far (接收进度), counted as lines come."""

    received: int = 0
    replaced: int = 0
    unchanged: int = 0
    declined: int = 0
    refused: int = 0
    with_notes: int = 0

    def add(self, row: IntakeRow) -> None:
        """Count one more package."""
        self.received += row.outcome is IntakeOutcome.RECEIVED
        self.replaced += row.outcome is IntakeOutcome.REPLACED
        self.unchanged += row.outcome is IntakeOutcome.UNCHANGED
        self.declined += row.outcome is IntakeOutcome.DECLINED
        self.refused += row.outcome is IntakeOutcome.REFUSED
        self.with_notes += row.word is VerdictWord.VALID_WITH_NOTES and row.outcome not in (
            IntakeOutcome.REFUSED,
            IntakeOutcome.DECLINED,
        )

    @property
    def valid(self) -> int:
        """Accepted without notes, earlier runs included."""
        return self.received + self.replaced + self.unchanged - self.with_notes

    @property
    def sentence(self) -> str:
        """The run in one sentence."""
        parts = [f"新接收 {self.received + self.replaced} 份"]
        if self.replaced:
            parts[0] += f"（其中替换旧版 {self.replaced} 份）"
        if self.unchanged:
            parts.append(f"以前已接收 {self.unchanged} 份")
        if self.declined:
            parts.append(f"以前已核实、未采用 {self.declined} 份")
        if self.refused:
            parts.append(f"未接收（待核实）{self.refused} 份（这些没有写入任何数据）")
        return "，".join(parts)


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """Files a job has written (已写入的文件), for the dialog that tells so."""

    title: str
    sentence: str
    folder: Path
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BureauSheet:
    """All the bureau's settings page shows (财政端设置)."""

    unit_name: str
    unit_code: str
    person_name: str
    working_year: int
    text_scale: float
    folder: Path
    version: str
    is_unlocked: bool
    token_label: str = ""
