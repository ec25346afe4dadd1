"""Checks of summaries (汇总表校验): C42 duplicates and filings left out, C54 register projects without the filing due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms import registry
from forms.checks.engine import CheckInput
from forms.checks.wording import clipped, money_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.kinds import is_amount
from forms.summary_rows import TABLE, filings_of, summary_rows
from forms.text_similarity import core_text
from models.domain.filing_status import FilingStatus
from models.domain.project import RegisterEntry

SOURCES = {"target_summary": "performance_target", "self_evaluation_summary": "self_evaluation"}
"""Which form a summary takes together."""
_SUMS = {
    "target_summary": {"total_sum_fen": "annual_total_fen", "fiscal_sum_fen": "annual_fiscal_fen"},
    "self_evaluation_summary": {"budget_sum_fen": "annual_fen", "spending_sum_fen": "spending_fen"},
}
_AGAIN = "请重新打开这份表，让程序重新汇总；汇总表已经报送的，先点“修改后重新报送”"
_WHY = "汇总表要一个不多、一个不少，合计数等于各行之和。"


def whole_list(given: CheckInput) -> Iterator[Finding]:
    """C42: a project code twice, a filing that is not in the list, a sum that does not add up."""
    rows = summary_rows(given.answers)
    if not rows:
        title = registry.head(SOURCES[given.form.form_id]).title
        yield _listed(Place(TABLE), "汇总表", f"还没有可以汇总的{title}", f"请先填报各项目的{title}")
        return
    codes = Counter(str(row.get("project_code")) for row in rows if row.get("project_code"))
    for code in sorted(code for code, times in codes.items() if times > 1):
        twice = [row for row in rows if row.get("project_code") == code]
        place = Place(TABLE, str(twice[1].get("row_id")), "project_code")
        names = "、".join(f"“{clipped(str(row.get('project_name') or ''))}”" for row in twice[:3])
        yield _listed(
            place, "项目代码", f"“{code}”用在 {len(twice)} 行：{names}", "请核对项目代码，一个项目只汇总一次"
        )
    listed = {row.get("row_id") for row in rows}
    for filing in filings_of(given.context, SOURCES[given.form.form_id]):
        if (filing.project_id or filing.unit_code) not in listed:
            state = "正在填报" if filing.status is FilingStatus.DRAFT else "已经填报"
            message = f"“{clipped(filing.project_name)}”{state}，没有列入汇总"
            yield _listed(Place(TABLE), "汇总表", message, _AGAIN)
    for total, column in _SUMS[given.form.form_id].items():
        found = sum(row[column] for row in rows if is_amount(row.get(column)))
        stated = given.answers.get(total)
        if is_amount(stated) and stated != found:
            unit = given.context.amount_unit
            message = f"写的是 {money_text(stated, unit)}，各行合计 {money_text(found, unit)}"
            yield _listed(Place(total), given.form.field(total).label, message, _AGAIN)


def _listed(place: Place, subject: str, message: str, remedy: str) -> Finding:
    return Finding("C42", Severity.BLOCKING, place, subject, message, remedy, _WHY)


def is_summary(context: FormContext) -> bool:
    """Whether the filing is a summary: it can always be looked at for itself."""
    return context.task.form_id in SOURCES


def has_register(context: FormContext) -> bool:
    """Whether the kit carries a project register of the budget year for the units that are summarised."""
    return any(True for _entry in _entries(context))


def _entries(context: FormContext) -> Iterator[RegisterEntry]:
    """Lines of the register of the unit, and of the units whose department it is."""
    unit = context.unit
    below = {one.code for one in context.kit.units if one.department_code == unit.code}
    for entry in context.kit.register:
        if entry.budget_year == context.budget_year and entry.unit_code in {unit.code, *below}:
            yield entry


def without_filing(given: CheckInput) -> Iterator[Finding]:
    """C54: projects of the register whose form is due and that are not in the list."""
    form_id = SOURCES[given.form.form_id]
    rows = summary_rows(given.answers)
    codes = {str(row.get("project_code") or "") for row in rows} - {""}
    names = {core_text(str(row.get("project_name") or "")) for row in rows}
    missing = [
        entry.project_name
        for entry in _entries(given.context)
        if _is_due(entry, form_id)
        and entry.project_code not in codes
        and core_text(entry.project_name) not in names
    ]
    if not missing:
        return
    shown = "、".join(f"“{clipped(name)}”" for name in missing[:5]) + ("等" if len(missing) > 5 else "")
    yield Finding(
        "C54",
        Severity.EXPLAIN,
        Place(TABLE),
        given.form.table(TABLE).label,
        f"名录里有 {len(missing)} 个项目应报未报，也没有不报的原因：{shown}",
        "请补报；确实不用填报的，请说明原因",
        "年度预算项目名录里的项目，应报的表都要报。",
        values=tuple(("名录项目", name) for name in missing),
    )


def _is_due(entry: RegisterEntry, form_id: str) -> bool:
    """A form that is listed is due; a line that lists none asks for all, unless it says why not."""
    return form_id in entry.forms_due or not (entry.forms_due or entry.exempt_reason)
