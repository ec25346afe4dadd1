"""What a refused file says of itself (文件自称): kept as short text, so that a person can tell it apart; never believed."""

from __future__ import annotations

from typing import Any

from models.domain.message import MessageType
from models.domain.verdict import Judgement
from services.handed_out import HandedOut
from services.intake_rows import IntakeRow
from services.one_line import one_line
from services.ports.store import FileClaims

LONGEST = 80
"""Characters kept of each claim; a line on the screen has no room for more."""

_MOST_TASKS = 20
"""So many filings are asked for their tasks; a package of a thousand needs no longer line."""


def claims_of(row: IntakeRow, judged: Judgement, known: HandedOut) -> FileClaims:
    """The claims of a judged file; all "" where its content could not be read at all."""
    if judged.payload is None:
        return FileClaims(message_type=_kind(judged.message_type))
    return FileClaims(
        unit_code=short(row.unit_code),
        unit_name=short(row.unit_name),
        message_type=_kind(judged.message_type),
        tasks=short("、".join(_tasks(judged.payload.get("filings"), known))),
        contents=short(row.contents),
        version=short(str(row.version)) if row.version else "",
        filing_count=str(row.filing_count) if row.filing_count else "",
    )


def short(text: str) -> str:
    """A foreign text on one line and no longer than a list has room for."""
    line = one_line(text[: LONGEST * 4])
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _kind(message_type: str | None) -> str:
    """The kind of message by its Chinese name, "" for one nobody knows."""
    kinds = {kind.value: kind.label for kind in MessageType}
    return kinds.get(message_type or "", "")


def _tasks(items: Any, known: HandedOut) -> list[str]:
    """Names of the tasks its filings belong to, as this desk handed them out."""
    found: dict[str, None] = {}
    for item in items[:_MOST_TASKS] if isinstance(items, list) else ():
        task_id = item.get("task_id") if isinstance(item, dict) else None
        if not isinstance(task_id, str):
            continue
        kit = known.kit_of(task_id)
        task = kit.task(task_id) if kit else None
        found[task.name if task else "没有下达过的任务"] = None
    return list(found)


def claimed_words(claims: FileClaims) -> str:
    """The claims in one line for people: 示例县甲镇（820001），报送文件，2027年…申报表 4 份，第 2 版；"" for none."""
    unit = claims.unit_name or claims.unit_code
    if claims.unit_name and claims.unit_code:
        unit = f"{claims.unit_name}（{claims.unit_code}）"
    parts = (
        unit,
        claims.message_type,
        claims.contents,
        f"第 {claims.version} 版" if claims.version else "",
        f"任务：{claims.tasks}" if claims.tasks else "",
    )
    return "，".join(part for part in parts if part)
