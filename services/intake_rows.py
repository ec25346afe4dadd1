"""Lines of an intake (接收清单): one per package, with verdict, unit, contents and what happened."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forms import registry
from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason, SignerInfo, VerdictWord
from services.exemptions import KEY as EXEMPTIONS
from services.exemptions import contents_words
from services.ports.store import PackageRecord
from services.received import signer_of


class IntakeOutcome(enum.StrEnum):
    """What happened to a package (接收结果)."""

    RECEIVED = "received"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DECLINED = "declined"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """已接收, 已接收（替换旧版）, 以前已接收, 以前已核实，未采用, 未接收（待核实）."""
        return {
            "received": "已接收",
            "replaced": "已接收，替换旧版",
            "unchanged": "以前已接收",
            "declined": "以前已核实，未采用",
            "refused": "未接收（待核实）",
        }[self.value]


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One package's line (接收行)."""

    path: Path
    outcome: IntakeOutcome
    word: VerdictWord
    reasons: tuple[Reason, ...]
    unit_code: str
    unit_name: str
    contents: str
    version: int
    signer: SignerInfo | None
    manifest_sha256: str
    filing_count: int
    size: int
    message_type: str = ""

    @property
    def remark(self) -> str:
        """Why, or what happened, in one sentence."""
        return self.reasons[0].message if self.reasons else self.outcome.label


@dataclass
class IntakeReport:
    """What an intake did (接收报告), counted as it goes."""

    rows: list[IntakeRow] = field(default_factory=list)

    def add(self, row: IntakeRow) -> None:
        """One more line."""
        self.rows.append(row)

    def count(self, outcome: IntakeOutcome) -> int:
        """Packages with that outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def filings(self) -> int:
        """Filings written."""
        written = (IntakeOutcome.RECEIVED, IntakeOutcome.REPLACED)
        return sum(row.filing_count for row in self.rows if row.outcome in written)


def row_of(
    path: Path,
    judged: Judgement,
    outcome: IntakeOutcome,
    word: VerdictWord | None = None,
    reasons: tuple[Reason, ...] | None = None,
    *,
    kit: ParameterKit | None = None,
) -> IntakeRow:
    """The line of a judged file; forms are called as the kit calls them."""
    payload = judged.payload or {}
    # A receipt and other messages of a bureau name filings too, but hold none.
    holds_forms = payload.get("message_type") == MessageType.SUBMISSION.value
    items = [item for item in _list(payload.get("filings")) if holds_forms and isinstance(item, dict)]
    return IntakeRow(
        path=path,
        outcome=outcome,
        word=word or judged.verdict.word,
        reasons=judged.verdict.reasons if reasons is None else reasons,
        unit_code=judged.unit_code or "",
        unit_name=str(payload.get("unit_name", "")),
        contents=_carried(payload) or contents_of(items, kit) or _exempted(payload),
        version=max((v for item in items if type(v := item.get("version")) is int and v > 0), default=0),
        signer=judged.signers[0] if judged.signers else None,
        manifest_sha256=judged.manifest_sha256 or "",
        filing_count=len(items),
        size=judged.size,
        message_type=judged.message_type or "",
    )


def row_of_record(path: Path, record: PackageRecord, outcome: IntakeOutcome) -> IntakeRow:
    """The line of a file whose package is here already, out of the desk's own record of it."""
    return IntakeRow(
        path=path,
        outcome=outcome,
        word=VerdictWord(record.verdict.get("word", VerdictWord.VALID.value)),
        reasons=(),
        unit_code=record.unit_code,
        unit_name=record.unit_name,
        contents=f"{len(record.filing_versions)} 份表",
        version=max((version for _, version in record.filing_versions), default=0),
        signer=signer_of(record.signer),
        manifest_sha256=record.manifest_sha256,
        filing_count=len(record.filing_versions),
        size=record.size,
        message_type=record.message_type,
    )


def _carried(payload: Mapping[str, Any]) -> str:
    """What a department's package brings, "" for any other message."""
    if payload.get("message_type") != MessageType.DEPARTMENT_SUBMISSION.value:
        return ""
    return f"{MessageType.DEPARTMENT_SUBMISSION.label}，下级单位报送文件 {len(_list(payload.get('packages')))} 份"


def _exempted(payload: Mapping[str, Any]) -> str:
    """What a submission without forms says, "" where it says nothing."""
    count = len(_list(payload.get(EXEMPTIONS)))
    return contents_words(count) if count else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def contents_of(items: Sequence[Mapping[str, Any]], kit: ParameterKit | None = None) -> str:
    """What is inside, in a phrase: 2027年项目支出绩效目标申报表 4 份; forms by the kit's own names."""
    counts: dict[str, int] = {}
    for item in items:
        form_id, year = str(item.get("form_id")), item.get("budget_year")
        title = registry.head(form_id).title if registry.has(form_id) else "未知表"
        if type(year) is int:
            title = kit.form_title(form_id, year, title) if kit else title
            what = f"{year}年{title}"
        else:
            what = title
        counts[what] = counts.get(what, 0) + 1
    return "、".join(f"{what} {count} 份" for what, count in counts.items())
