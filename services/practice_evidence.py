"""Evidence of the practice desks (演示佐证材料): a page of a made-up calculation, attached as people attach files."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from forms.findings import Place
from models.domain.filing import Filing
from services import evidence
from services.job import JobContext
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.workspaces import Workspace

FILE_NAME = "指标值测算说明（演示）.pdf"
_ROWS_SHOWN = 5


def attach_calculation(workspace: Workspace, filing_ids: Sequence[str]) -> str:
    """Attach the page to the first indicator of the first project among filings; its filing's id, "" for none."""
    with workspace.store.reading() as work:
        found = [filing for id_ in filing_ids if (filing := work.filings.get(id_)) is not None]
    filing = next((one for one in found if one.project_id and one.answers.get("indicators")), None)
    if filing is None:
        return ""
    rows: Sequence[Mapping[str, Any]] = filing.answers["indicators"]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / FILE_NAME
        workspace.tools.files.write(path, _page(workspace, filing, rows))
        place = Place("indicators", str(rows[0]["row_id"])).path
        evidence.attach(workspace, filing.filing_id, place, [path], JobContext())
    return filing.filing_id


def _page(workspace: Workspace, filing: Filing, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The page as PDF, marked 演示数据."""
    unit = workspace.profile.unit
    cover = Cover(
        title="指标值测算说明",
        facts=(
            CoverLine("项目名称", str(filing.answers.get("project_name") or "")),
            CoverLine("实施单位", unit.name),
            CoverLine("预算年度", f"{filing.budget_year}年"),
        ),
        contents_head=("序号", "绩效指标", "指标值", "测算依据"),
        contents=tuple(
            (str(number), *_words(row), "本单位台账和上年完成情况")
            for number, row in enumerate(rows[:_ROWS_SHOWN], 1)
        ),
        notes=("本页是演示用的佐证材料，内容均为虚构。",),
    )
    return workspace.tools.documents.cover(cover, PageMarks(PageMark.PRACTICE))


def _words(row: Mapping[str, Any]) -> tuple[str, str]:
    """An indicator's name and its value with sign and unit."""
    texts = [str(row.get(key) or "") for key in ("comparator", "planned_value", "measure_unit")]
    return str(row.get("third_level") or ""), "".join(texts)
