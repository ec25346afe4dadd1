"""汇总报送清单 (the list of a department's package): every form of every unit with what the department said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.sheet import FOOT_LINE
from models.domain.review import ReviewOutcome
from services import messages
from services.covers import SIGNATURE_NOTE
from services.form_titles import FormTitles
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.ports.store import PackageRecord
from services.workspaces import Workspace

LIST = "documents/department_submission.pdf"
"""The list's place in the package."""


def list_page(workspace: Workspace, records: Sequence[PackageRecord], payload: Mapping[str, Any]) -> bytes:
    """The list as PDF, not signed yet."""
    said = {(item["filing_id"], item["version"]): item for item in payload["decisions"]}
    titles, rows = FormTitles(workspace), list[tuple[str, ...]]()
    with workspace.store.reading() as work:
        for record in records:
            for filing_id, version in record.filing_versions:
                filing = work.filings.get(filing_id)
                if filing is None:
                    continue
                project = work.projects.get(filing.project_id) if filing.project_id else None
                title = titles.of(filing.form_id, filing.budget_year)
                subject = f"{title}　{project.name}" if project else title
                words = _words(said.get((filing_id, version)))
                rows.append((str(len(rows) + 1), record.unit_name, subject, f"第 {version} 版", words))
    unit = workspace.profile.unit
    cover = Cover(
        title="主管部门汇总报送清单",
        facts=(
            CoverLine("主管部门", f"{unit.name}（{unit.code}）"),
            CoverLine("工作年度", f"{payload['working_year']}年"),
            CoverLine("下级单位报送文件", f"{len(records)} 份"),
        ),
        contents_head=("序号", "单位", "表名和项目", "版本", "主管部门意见"),
        contents=tuple(rows),
        notes=("各单位的报送文件原样随附，由财政部门逐份核对签名后接收。", SIGNATURE_NOTE),
        foot=FOOT_LINE,
    )
    mark = PageMark.PRACTICE if payload["is_practice"] else PageMark.NONE
    return workspace.tools.documents.cover(cover, PageMarks(mark, messages.payload_code(payload)))


def _words(decision: Mapping[str, Any] | None) -> str:
    """审核通过：情况属实; — where this level does not look at the form."""
    if decision is None:
        return "—"
    outcome = ReviewOutcome(decision["outcome"]).label
    return f"{outcome}：{decision['opinion']}" if decision["opinion"] else outcome
