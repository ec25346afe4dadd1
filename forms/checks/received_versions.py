"""C43 to C45 (接收核对): one number with two contents, unit, year, form and people, days and attachments."""

from __future__ import annotations

from collections.abc import Iterator

from forms.answers import is_blank
from forms.checks.received_facts import ReceivedFacts, Submission
from forms.checks.wording import clipped
from forms.findings import Finding, Place, Severity
from forms.kinds import show_date
from forms.schema import FieldSpec
from forms.signature_block import CONTACT_PHONE, PREPARER, REVIEWER, UNIT_HEAD

NO_PLACE = Place("")
"""Of the filing as a whole: who follows it comes to the list of versions."""
_PEOPLE = (PREPARER.key, REVIEWER.key, UNIT_HEAD.key, CONTACT_PHONE.key)


def two_contents(facts: ReceivedFacts) -> Iterator[Finding]:
    """C43: one version number with two contents, or two filings of the same project for one task."""
    why = "同一单位、项目、任务、版本只能有一份内容，两份都留存，由财政部门决定以哪一份为准。"
    seen: dict[int, Submission] = {}
    for item in facts.submissions:
        before = seen.setdefault(item.version, item)
        if before.content != item.content and not (before.is_decided or item.is_decided):
            yield Finding(
                "C43",
                Severity.BLOCKING,
                NO_PLACE,
                f"第 {item.version} 版",
                f"收到过两份内容不同的：{_words(before)}和{_words(item)}",
                "请对照两份的不同，与单位核实后决定以哪一份为准",
                why,
                values=((f"第 {item.version} 版（先收到）", _words(before)), ("后收到", _words(item))),
            )
    own = facts.submissions[-1] if facts.submissions else None
    for rival in facts.rivals:
        if own is None or rival.content == own.content:
            continue
        yield Finding(
            "C43",
            Severity.BLOCKING,
            NO_PLACE,
            "同一项目的两份表",
            f"这项任务另有一份不同的：{_words(rival)}，这一份是{_words(own)}",
            "请与单位核实，不用的一份退回或不予通过",
            why,
            values=(("这一份", _words(own)), ("另一份", _words(rival))),
        )


def known_and_signed(facts: ReceivedFacts) -> Iterator[Finding]:
    """C44: unit, budget year or form unknown; the people who answer for it not named."""
    context = facts.context
    if not facts.is_unit_listed:
        said = f"“{clipped(context.unit.name)}”（{context.unit.code}）不在现在的单位名录里"
        yield _unknown("报送单位", said, "请核对单位名录，或请单位换用正确的单位代码报送")
    years = sorted({task.budget_year for task in context.kit.tasks})
    if context.budget_year not in years:
        known = "、".join(f"{year} 年" for year in years) or "没有"
        said = f"这份表是 {context.budget_year} 年的，任务参数包下达的是 {known}"
        yield _unknown("预算年度", said, "请核对填报任务")
    if not facts.is_form_known:
        said = f"是第 {facts.form_version} 版，本程序认识的是第 {facts.form.version} 版"
        yield _unknown("表的版本", said, "请安装新版本程序，或请单位用新版本程序重新报送")
    fields = {item.key: item for item in facts.form.items() if isinstance(item, FieldSpec)}
    for key in _PEOPLE:
        spec = fields.get(key)
        if spec is None or not spec.is_visible(context) or not is_blank(facts.answers.get(key)):
            continue
        yield Finding(
            "C44",
            Severity.EXPLAIN,
            Place(key),
            spec.label,
            "没有填写",
            "请与单位联系补上，或请其重新报送",
            "填报人、审核人、单位负责人和联系电话要写全，有问题时找得到人。",
            values=((spec.label, "（空）"),),
        )


def in_time_and_whole(facts: ReceivedFacts) -> Iterator[Finding]:
    """C45: the first submission came after the closing date; an attachment is named and not there."""
    task = facts.context.task
    first = min((item.received_on for item in facts.submissions), default=None)
    if first is not None and first > task.closes_on:
        days = (first - task.closes_on).days
        yield Finding(
            "C45",
            Severity.EXPLAIN,
            NO_PLACE,
            "报送时间",
            f"截止 {show_date(task.closes_on)}，首次收到是 {show_date(first)}，逾期 {days} 天",
            "请了解逾期原因，记入审核意见",
            f"“{task.name}”的截止日期由任务参数包规定，逾期报送的要记录。",
            values=(("截止日期", show_date(task.closes_on)), ("首次收到", show_date(first))),
        )
    for words in facts.absent:
        yield Finding(
            "C45",
            Severity.EXPLAIN,
            NO_PLACE,
            "佐证材料",
            f"填报内容写到“{clipped(words)}”，报送文件里没有这份附件",
            "请向单位索取，或请其添加后重新报送",
            "写到的附件要随报送文件一起报来，审核时才能核对。",
            values=(("填报内容写到", clipped(words)), ("报送文件里", "没有")),
        )


def _unknown(subject: str, message: str, remedy: str) -> Finding:
    why = "单位、预算年度和表的版本要与财政部门下达的一致。"
    return Finding("C44", Severity.BLOCKING, NO_PLACE, subject, message, remedy, why)


def _words(item: Submission) -> str:
    """第 2 版（2026年9月3日收到，柳林镇….asice）."""
    return f"第 {item.version} 版（{show_date(item.received_on)}收到，{clipped(item.source)}）"
