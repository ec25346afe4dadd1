"""C56 (评估报告内容完整) and C59 (与绩效目标申报一致): what the ex-ante report must say, and must not say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms import ex_ante_sources as sources
from forms import kinds
from forms.checks.engine import CheckInput
from forms.checks.ex_ante_settings import ReportTextSetting
from forms.checks.places import row_subject
from forms.checks.wording import clipped, money_text, unit_slip
from forms.context import FormContext
from forms.evidence import attached
from forms.ex_ante_scores import RATINGS, scheme_of
from forms.ex_ante_tables import FILE, NONE, PAPER
from forms.findings import Finding, Place, Severity
from forms.schema import FieldSpec
from forms.text_similarity import core_text

_WHY_TEXT = "评估报告要让没有到过现场的人看得明白：做了哪些工作、情况怎样、依据是什么。"
_WHY_EVIDENCE = "评级要有依据，没有依据的高分在复核时站不住。"
_WHY_ATTACHMENT = "必备材料是评估的依据，随报告一起报送。"


def report_contents(given: CheckInput) -> Iterator[Finding]:
    """C56: sections missing or too short, high ratings without evidence, required materials not there."""
    setting = given.settings.get(ReportTextSetting)
    for spec in given.form.fields():
        if spec.min_length and spec.is_visible(given.context):
            yield from _section(given, spec, setting)
    yield from _ratings(given, setting)
    yield from _attachments(given)


def _section(given: CheckInput, spec: FieldSpec, setting: ReportTextSetting) -> Iterator[Finding]:
    """One section: missing is 必改, too short 需说明."""
    text = given.text(spec.key)
    length = kinds.written_length(text)
    subject = spec.label_in(given.context)
    if given.is_blank(spec.key) or text.strip("。.") in setting.fillers:
        yield Finding(
            code="C56",
            severity=Severity.BLOCKING,
            place=Place(spec.key),
            subject=subject,
            message="还没有填写" if given.is_blank(spec.key) else f"只写了“{text}”，等于没有填写",
            remedy=f"请填写，至少 {spec.min_length} 个字；{spec.help_in(given.context)}",
            why=_WHY_TEXT,
        )
    elif text and length < spec.min_length:
        yield Finding(
            code="C56",
            severity=Severity.EXPLAIN,
            place=Place(spec.key),
            subject=subject,
            message=f"只有 {length} 个字，一般不少于 {spec.min_length} 个字",
            remedy=f"请补充，{spec.help_in(given.context)}；确实说清楚了的，请说明",
            why=_WHY_TEXT,
            values=(("字数", f"{length}，至少 {spec.min_length}"),),
        )


def _ratings(given: CheckInput, setting: ReportTextSetting) -> Iterator[Finding]:
    """Ratings that bring many points and say nothing of why; one finding for all of them."""
    scheme = scheme_of(given.context)
    high = (
        {one.name for one in scheme.ratings if one.share >= setting.evidence_from_share} if scheme else set()
    )
    rows = [
        (number, row)
        for number, row in enumerate(given.answers.get(RATINGS) or (), 1)
        if row.get("rating") in high and _says_nothing(row.get("evidence_text"), setting)
    ]
    if not rows:
        return
    number, first = rows[0]
    table = given.form.table(RATINGS)
    places = [Place(RATINGS, str(row.get("row_id") or ""), "evidence_text") for _, row in rows]
    names = "、".join(f"“{clipped(str(row.get('item') or ''), 12)}”" for _, row in rows[:3])
    more = f"等 {len(rows)} 条" if len(rows) > 3 else ""
    yield Finding(
        code="C56",
        severity=Severity.EXPLAIN,
        place=places[0],
        subject=row_subject(table, first, number) if len(rows) == 1 else table.label,
        message=f"{names}{more}评为“{first.get('rating')}”等高评级，没有写评分依据"
        if len(rows) > 1
        else f"评为“{first.get('rating')}”，没有写评分依据",
        remedy="请写明依据的文件、数据或现场情况",
        why=_WHY_EVIDENCE,
        also=tuple(places[1:]),
    )


def _says_nothing(text: Any, setting: ReportTextSetting) -> bool:
    words = str(text or "").strip().strip("。.")
    return not words or words in setting.fillers


def _attachments(given: CheckInput) -> Iterator[Finding]:
    """Required materials neither attached nor handed in on paper; files announced and not attached."""
    table = given.form.table("attachments")
    for number, row in enumerate(given.answers.get("attachments") or (), 1):
        place = Place("attachments", str(row.get("row_id") or ""), "provided")
        way, has_file = row.get("provided"), bool(attached(given.context, place))
        if way == FILE and not has_file:
            message, remedy = "写的是电子文件，没有附上", "请附上文件，或改为“另附纸质”"
        elif row.get("is_needed") == kinds.TICKED and way != PAPER and not has_file:
            if way == NONE and str(row.get("remark") or "").strip():
                continue
            message = "是必备材料，没有提供"
            remedy = "请附上文件或另附纸质材料；确实没有的，请选“没有”并写明原因"
        else:
            continue
        yield Finding(
            code="C56",
            severity=Severity.EXPLAIN,
            place=place,
            subject=row_subject(table, row, number),
            message=message,
            remedy=remedy,
            why=_WHY_ATTACHMENT,
        )


def has_target(context: FormContext) -> bool:
    """Whether there is a target declaration of the same project and budget year."""
    return bool(sources.target_answers(context))


_SAME_TEXTS = (
    ("project_name", "project_name", "项目名称"),
    ("project_attribute", "project_attribute", "项目属性"),
    ("period_from", "period_from", "项目期起始年"),
    ("period_to", "period_to", "项目期结束年"),
)


def agrees_with_target(given: CheckInput) -> Iterator[Finding]:
    """C59: the report says otherwise than the target declaration."""
    target = sources.target_answers(given.context)
    yield from _amount(given, target)
    for key, other, name in _SAME_TEXTS:
        mine, theirs = given.text(key), target.get(other)
        if mine and isinstance(theirs, str) and theirs.strip() and core_text(mine) != core_text(theirs):
            spec = given.form.field(key)
            shown = [kinds.shown(spec, kept, given.context) for kept in (mine, theirs.strip())]
            yield _differs(Place(key), name, clipped(shown[0]), clipped(shown[1]))
    text, declared = given.text("target_text"), target.get("annual_target")
    if text and isinstance(declared, str) and core_text(declared) not in core_text(text):
        yield Finding(
            code="C59",
            severity=Severity.EXPLAIN,
            place=Place("target_text"),
            subject="绩效目标",
            message="与绩效目标申报表的年度目标不一致",
            remedy="请与绩效目标申报表核对，两处写成一样；确实不同的，请说明",
            why=_WHY_SAME,
            values=(("申报表", clipped(declared, 60)), ("本报告", clipped(text, 60))),
        )


_WHY_SAME = "事前绩效评估的就是申报的这个项目，名称、金额、期限和目标要与绩效目标申报表一致。"


def _amount(given: CheckInput, target: Mapping[str, Any]) -> Iterator[Finding]:
    """The amount submitted against the declared total."""
    mine, theirs = given.amount("submitted_fen"), target.get("annual_total_fen")
    if mine is not None and kinds.is_amount(theirs) and mine != theirs:
        unit = given.context.amount_unit
        figures = (money_text(mine, unit), money_text(theirs, unit))
        yield _differs(Place("submitted_fen"), "送审金额", *figures, unit_slip(mine, theirs, unit))


def _differs(place: Place, name: str, mine: str, theirs: str, slip: str = "") -> Finding:
    """One thing told in two ways; `slip` says how that may have come."""
    return Finding(
        code="C59",
        severity=Severity.EXPLAIN,
        place=place,
        subject=name,
        message=f"这里是“{mine}”，绩效目标申报表是“{theirs}”{slip}",
        remedy="请核对，两处写成一样；申报表以后改过的，请说明",
        why=_WHY_SAME,
        values=(("本报告", mine), ("申报表", theirs)),
    )
