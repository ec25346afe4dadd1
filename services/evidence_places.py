"""Where a file is used (佐证材料使用处): rows and filings in words, and the same file met a second time (F30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms import registry
from forms.findings import place_of
from models.domain.evidence import EvidenceFile
from models.domain.filing import Filing
from services.ports.evidence import EvidenceUse
from services.ports.store import UnitOfWork


def row_words(answers: Mapping[str, Any], path: str) -> str:
    """A row as people know it: 指标“养护里程”, 材料“实施方案”, 第 3 行 without a name, "" for the filing as a whole."""
    if not path:
        return ""
    place = place_of(path)
    rows = answers.get(place.field)
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else (), 1):
        if row.get("row_id") == place.row_id:
            if material := str(row.get("material") or "").strip():
                return f"材料“{material}”"
            name = str(row.get("third_level") or row.get("name") or "").strip()
            return f"指标“{name}”" if name else f"第 {number} 行"
    return "已删除的一行"


def reuse_of(
    work: UnitOfWork, filing_id: str, files: Sequence[EvidenceFile]
) -> Mapping[str, tuple[str, ...]]:
    """For each file of a filing that is used elsewhere too: where, in words; by digest and place.

    Elsewhere is another row, project, year or unit; an earlier version of the same row is not.
    """
    uses = work.evidence.uses({file.sha256 for file in files})
    filings: dict[str, Filing | None] = {}
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        words = dict.fromkeys(
            _where(work, use, filings)
            for use in uses
            if use.file.sha256 == file.sha256 and (use.filing_id, use.file.place) != (filing_id, file.place)
        )
        if told := tuple(word for word in words if word):
            found[reuse_key(file)] = told
    return found


def reuse_key(file: EvidenceFile) -> str:
    """By what notes about a file are looked up: its digest at its place."""
    return f"{file.sha256}@{file.place}"


def _where(work: UnitOfWork, use: EvidenceUse, filings: dict[str, Filing | None]) -> str:
    """One use in words: 农村公路养护　绩效目标　2027年度　指标“养护里程”."""
    if use.filing_id not in filings:
        filings[use.filing_id] = work.filings.get(use.filing_id)
    filing = filings[use.filing_id]
    if filing is None:
        return ""
    project = work.projects.get(filing.project_id) if filing.project_id else None
    subject = project.name if project else _unit_words(work, filing.unit_code)
    title = registry.head(filing.form_id).short_title if registry.has(filing.form_id) else ""
    row = row_words(filing.answers, use.file.place)
    return "　".join(word for word in (subject, title, f"{filing.budget_year}年度", row) if word)


def _unit_words(work: UnitOfWork, code: str) -> str:
    """A unit's name where the register knows it."""
    return next((unit.name for unit in work.registers.units() if unit.code == code), code)
