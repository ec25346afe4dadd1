"""Handbook pages (填报手册): written from the declarations and the check catalogue, never by hand.

A page in docs/handbook says how one form is filled in; docs/checks.md lists every check for
maintainers, with the settings the kits give it. Both are compared with this module in a test, so a
changed label or rule shows in the pages or the build is red.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forms.checks.engine import Check
from forms.checks.received_facts import ReceivedCheck
from forms.checks.settings import SettingRecord, SharedWords
from forms.schema import FieldKind, FieldSpec, FormSpec, SectionSpec, TableSpec, always, never

_KINDS = {
    FieldKind.TEXT: "文字",
    FieldKind.LONG_TEXT: "多行文字",
    FieldKind.MONEY: "金额",
    FieldKind.WEIGHT: "分值",
    FieldKind.PLANNED_VALUE: "数字或文字",
    FieldKind.CHOICE: "选择",
    FieldKind.YEAR: "年份",
    FieldKind.DATE: "日期",
    FieldKind.PHONE: "电话",
    FieldKind.CODE: "代码",
    FieldKind.RATE: "百分数",
    FieldKind.TICK: "打√",
    FieldKind.LIGHT: "预警灯",
}


def handbook_page(form: FormSpec, checks: Mapping[str, Check]) -> str:
    """The handbook page of a form, as Markdown."""
    lines = [f"# {form.title}", "", f"依据：{form.source}。", ""]
    lines += ["带 * 的必须填写。“按参数包”表示由本地任务参数包决定是否出现。", ""]
    shown: dict[tuple[FieldSpec, ...], str] = {}
    for number, step in enumerate(form.steps, 1):
        lines += [f"## {number} {step.title}", ""]
        for section in step.sections:
            lines += _section(section, shown)
    lines += ["## 检查", "", "填写时随时检查，生成报送文件前要把“必改”改完，“需说明”写明原因。", ""]
    lines += ["| 检查 | 级别 | 规则 |", "|---|---|---|"]
    for check in (checks[code] for code in form.checks):
        lines.append(f"| {check.title} | {_levels(check)} | {check.rule} |")
    return "\n".join(lines) + "\n"


def checks_page(
    checks: Mapping[str, Check],
    forms: Sequence[FormSpec],
    settings: Mapping[str, Any],
    received: Mapping[str, ReceivedCheck],
) -> str:
    """The catalogue of checks for maintainers, as Markdown; `settings` are the built-in kits' own."""
    lines = [
        "# Checks (校验)",
        "",
        "Generated from `forms/checks/catalog.py` by `python -m docs.regenerate`; a test compares.",
        "E 必改 stops sealing, W 需说明 wants an explanation, I 提示 is advice. Numbers follow the trade's list;",
        "C55 is our own. Thresholds and word lists are the kit's `check_settings`; those printed here are the",
        "built-in kits' (`resources/kits/check_settings.json`), an issued kit carries its own.",
        "",
        "| code | check | level | rule | forms | settings | silent without |",
        "|---|---|---|---|---|---|---|",
    ]
    for code, check in checks.items():
        used = "、".join(form.short_title for form in forms if code in form.checks)
        records = ", ".join(f"`{record.KEY}`" for record in check.records)
        lines.append(
            f"| {code} | {check.title} | {_letters(check)} | {check.rule} | {used} | {records} | {check.needs} |"
        )
    lines += _received(received)
    lines += ["", "## Settings of the built-in kits", ""]
    of_received = [record for check in received.values() for record in check.records]
    for record in (*_records(checks), *of_received):
        lines += _setting(record, settings[record.KEY])
    return "\n".join(lines).rstrip() + "\n"


def _received(checks: Mapping[str, ReceivedCheck]) -> Iterator[str]:
    """The checks of a receiving desk: where each is shown instead of the forms it belongs to."""
    yield from ("", "## Checks at the receiving desk", "")
    yield "From `forms/checks/received_catalog.py`; they stop nothing, the reviewer reads and decides."
    yield from ("", "| code | check | level | rule | shown at | settings | silent without |")
    yield "|---|---|---|---|---|---|---|"
    for code, check in checks.items():
        records = ", ".join(f"`{record.KEY}`" for record in check.records)
        levels = _letters(check)
        yield f"| {code} | {check.title} | {levels} | {check.rule} | {check.shown_at} | {records} | {check.needs} |"
    yield ""
    yield "C51 of a second round is asked again at intake, C54 on the board 报送情况 and in the bureau's 汇总表."


def _section(section: SectionSpec, shown: dict[tuple[FieldSpec, ...], str]) -> Iterator[str]:
    """A section's fields as one table, its tables each as one; `shown` remembers columns said already."""
    fields = [item for item in section.items if isinstance(item, FieldSpec)]
    if fields:
        yield from (f"### {section.title}", "")
        if section.help:
            yield from (f"{section.help}。", "")
        yield from _field_table(fields)
    for table in (item for item in section.items if isinstance(item, TableSpec)):
        yield from (f"### {table.label}{'（按参数包）' if table.is_visible is not always else ''}", "")
        if table.columns in shown:
            yield from (f"各栏与“{shown[table.columns]}”相同。", "")
            continue
        shown[table.columns] = table.label
        if table.help:
            yield from (f"{table.help}。", "")
        yield from _field_table(table.columns)


def _field_table(fields: Sequence[FieldSpec]) -> Iterator[str]:
    """Fields or columns as a Markdown table."""
    yield "| 名称 | 填什么 | 说明 | 示例 |"
    yield "|---|---|---|---|"
    for spec in fields:
        if spec.is_visible is never:
            continue
        star = " *" if spec.is_required else ""
        yield f"| {spec.label}{star} | {_what(spec)} | {_notes(spec)} | {spec.example} |"
    yield ""


def _what(spec: FieldSpec) -> str:
    """The kind of a field, with its length where that can be felt."""
    limit = f"，最多 {spec.max_length} 个字" if spec.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) else ""
    return f"{_KINDS[spec.kind]}{'或文字' if spec.is_open_choice else ''}{limit}"


def _notes(spec: FieldSpec) -> str:
    """Help, and what the program does by itself."""
    notes = [spec.help] if spec.help else []
    if spec.prefill is not None:
        notes.append("自动带入，可以修改")
    if spec.is_locked is not never:
        notes.append(f"{spec.lock_note}的不能改")
    if spec.is_visible is not always:
        notes.append("按参数包")
    return "；".join(notes)


def _levels(check: Check) -> str:
    return "、".join(severity.label for severity in check.severities)


def _letters(check: Check | ReceivedCheck) -> str:
    return " ".join({"blocking": "E", "explain": "W", "hint": "I"}[s.value] for s in check.severities)


def _records(checks: Mapping[str, Check]) -> list[type[SettingRecord]]:
    """Every settings record the checks use, the shared words last."""
    records = dict.fromkeys(record for check in checks.values() for record in check.records)
    return [record for record in records if record is not SharedWords] + [SharedWords]


def _setting(record: type[SettingRecord], values: Mapping[str, Any]) -> Iterator[str]:
    """One record's values."""
    yield from (f"### `{record.KEY}` {record.LABEL}", "")
    yield (record.__doc__ or "").strip().splitlines()[0]
    yield ""
    for key, value in values.items():
        yield f"- `{key}`: {json.dumps(value, ensure_ascii=False)}"
    yield ""
