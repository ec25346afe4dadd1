"""The payload's common head (填报数据共同部分): which keys every message has and of which type.

The writer holds what it seals against the same list, so nothing is sealed that its reader refuses.
Keys beyond the list belong to the message types. A `bool` is never an integer here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exchange.evidence import is_evidence_list
from exchange.nested import department_fault
from exchange.reasons import reason
from models.domain.message import FORMAT_VERSION, WORKBOOKS_SIGNED, MessageType
from models.domain.verdict import Reason

_HEAD = {
    "format": int,
    "message_type": str,
    "unit_code": str,
    "unit_name": str,
    "working_year": int,
    "number": int,
    "created_at": str,
}
_KIT = {"kit_id": str, "name": str, "version": int, "digest": str}
_FILING = {
    "filing_id": str,
    "task_id": str,
    "form_id": str,
    "form_version": str,
    "budget_year": int,
    "unit_code": str,
    "version": int,
    "answers": dict,
    "explanations": (dict, list),
    "findings": (dict, list),
}
_YEARS = range(1949, 2200)
_TYPES = frozenset(MessageType)
_MAX_TEXT = 200
_LABELS = {
    "format": "格式版本",
    "message_type": "文件类型",
    "unit_code": "单位代码",
    "unit_name": "单位名称",
    "working_year": "工作年度",
    "number": "发文顺序号",
    "created_at": "生成时间",
    "kit": "任务参数包",
    "kit_id": "任务参数包编号",
    "name": "任务参数包名称",
    "version": "版本号",
    "digest": "任务参数包摘要",
    "filings": "填报件",
    "filing_id": "填报件编号",
    "task_id": "任务编号",
    "form_id": "表的编号",
    "form_version": "表的版本",
    "budget_year": "预算年度",
    "project": "项目",
    "evidence": "佐证材料",
    "answers": "填报内容",
    "explanations": "说明",
    "findings": "校验结果",
    WORKBOOKS_SIGNED: "工作簿签名标记",
}


def head_fault(payload: Any) -> str | None:
    """What is wrong with the head, as the item it concerns; None when it can be read.

    Of a newer format only the number is looked at: what else it holds is for a newer program to say.
    """
    if not isinstance(payload, dict):
        return "整体"
    if is_newer(payload):
        return None
    fault = _types_fault(payload, _HEAD)
    if fault is None and payload.get("kit", "") is not None:
        fault = _types_fault(payload.get("kit"), _KIT, "kit")
    if fault is None and not isinstance(payload.get(WORKBOOKS_SIGNED, False), bool):
        fault = _LABELS[WORKBOOKS_SIGNED]
    if fault is None and payload["message_type"] == MessageType.SUBMISSION:
        fault = _filings_fault(payload)
    if fault is None and payload["message_type"] == MessageType.DEPARTMENT_SUBMISSION:
        fault = department_fault(payload)
    return fault


def is_newer(payload: Mapping[str, Any]) -> bool:
    """Whether the payload says it is of a format this program does not know yet."""
    number = payload.get("format")
    return isinstance(number, int) and not isinstance(number, bool) and number > FORMAT_VERSION


def _types_fault(value: Any, expected: Mapping[str, Any], whole: str = "") -> str | None:
    """The first item that is missing, of another type, or outside what its meaning allows."""
    if not isinstance(value, dict):
        return _LABELS[whole]
    for key, kind in expected.items():
        if not _fits(key, value.get(key), kind):
            return _LABELS[key]
    return None


def _fits(key: str, value: Any, kind: Any) -> bool:
    if not isinstance(value, kind) or isinstance(value, bool):
        return False
    if isinstance(value, int):
        if key.endswith("_year"):
            return value in _YEARS
        return value >= (0 if key == "number" else 1)
    if isinstance(value, str):
        is_plain = value.isprintable() and len(value) <= _MAX_TEXT
        return is_plain and (_is_moment(value) if key == "created_at" else bool(value))
    return True


def _is_moment(text: str) -> bool:
    """An ISO moment with its time zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _filings_fault(payload: Mapping[str, Any]) -> str | None:
    filings = payload.get("filings")
    said = payload.get("exemptions")
    if not isinstance(filings, list) or not (filings or (isinstance(said, list) and said)):
        return _LABELS["filings"]
    for position, filing in enumerate(filings, 1):
        fault = _types_fault(filing, _FILING, "filings")
        if fault is None and not isinstance(filing.get("project", ""), dict | None):
            fault = _LABELS["project"]
        if fault is None and not is_evidence_list(filing.get("evidence", [])):
            fault = _LABELS["evidence"]
        if fault is not None:
            return f"第{position}份填报件的{fault}"
    ids = {filing["filing_id"] for filing in filings}
    return None if len(ids) == len(filings) else _LABELS["filing_id"]


def support_reasons(payload: Mapping[str, Any]) -> list[Reason]:
    """Reasons why this program cannot read a well-formed payload: newer format, unknown message type."""
    if is_newer(payload):
        return [reason("newer_format")]
    if payload["message_type"] not in _TYPES:
        return [reason("unknown_message_type")]
    return []
