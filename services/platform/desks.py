"""What of a platform's file is new to a desk (带入比对): the unit's projects, or the bureau's register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from forms.kinds import show_date
from models.domain.background import ApprovedTarget
from models.domain.filing import Answers
from models.domain.money import AmountUnit, format_amount
from models.domain.platform_mapping import PlatformKind
from models.domain.project import Project, ProjectYear, RegisterEntry, Unit
from services.approvals import approved_target, target_form_of
from services.platform.records import (
    Change,
    EntryChange,
    LineState,
    PaymentChange,
    PreviewLine,
    ProjectChange,
    ReadProject,
    TargetChange,
)
from services.ports.store import FilingQuery, UnitOfWork

_SPENDING_KEYS = {
    "self_evaluation": ("spending_fen", "自评表"),
    "monitoring": ("spending_to_date_fen", "监控表"),
}


class PlatformDesk(Protocol):
    """A desk a file is compared with (比对对象)."""

    def owner(self, one: ReadProject) -> tuple[Unit | None, str]:
        """Whose project it is and, where it is nobody's, why; "" for another unit's that is passed over."""
        ...

    def project_line(self, one: ReadProject, unit: Unit) -> PreviewLine:
        """A line of a project list or budget list."""
        ...


def compared(work: UnitOfWork, desk: PlatformDesk, one: ReadProject) -> PreviewLine | None:
    """A project's line of the preview; None for another unit's project."""
    unit, why = desk.owner(one)
    if unit is None and not why:
        return None
    if one.faults or unit is None:
        return line_of(one, unit, LineState.UNREADABLE, note="；".join(one.faults[:3]) or why)
    if one.kind is PlatformKind.PAYMENT_LEDGER:
        return _payment_line(work, one, unit)
    if one.kind is PlatformKind.APPROVED_TARGETS:
        return _target_line(work, one, unit)
    return desk.project_line(one, unit)


def line_of(
    one: ReadProject,
    unit: Unit | None,
    state: LineState,
    before: str = "",
    after: str = "",
    note: str = "",
    change: Change | None = None,
) -> PreviewLine:
    """A line of the preview; what is the same offers nothing to take."""
    offered = change if state in (LineState.NEW, LineState.CHANGED) else None
    told = "；".join(filter(None, (note, *one.notes)))
    name = unit.name if unit else one.unit_name or one.unit_code
    subject = one.name or one.code or "（没有名称）"
    return PreviewLine(one.kind, state, subject, one.code, name, before, after, told, one.where, offered)


class UnitDesk:
    """A unit's desk (单位端): its own projects; everybody else's are passed over."""

    def __init__(self, work: UnitOfWork, unit: Unit) -> None:
        self._work, self._unit = work, unit
        self._projects = (*work.projects.list(unit.code), *work.projects.list(unit.code, in_bin=True))

    def owner(self, one: ReadProject) -> tuple[Unit | None, str]:
        """The unit itself, met by code, else by name; a line without any unit is taken for its own."""
        if one.unit_code:
            return (self._unit, "") if one.unit_code == self._unit.code else (None, "")
        return (self._unit, "") if one.unit_name in ("", self._unit.name) else (None, "")

    def project_line(self, one: ReadProject, unit: Unit) -> PreviewLine:
        """Project and project year beside what the desk has."""
        known = known_project(self._projects, one)
        change = project_change(self._work, known, one, unit)
        if change is None:
            return line_of(one, unit, LineState.UNREADABLE, note="没有项目名称，本机也没有这个项目")
        old_year = _year_of(self._work, known, one.budget_year)
        before, after = _differences(
            _facts(known, old_year) if known else {}, _facts(change.project, change.year)
        )
        is_binned = known is not None and known not in self._work.projects.list(unit.code)
        state = LineState.NEW if known is None or old_year is None else LineState.CHANGED
        if known is not None and old_year is not None and not after and not is_binned:
            state = LineState.SAME
        note = "在回收站里，带入后恢复" if is_binned else ""
        return line_of(one, unit, state, before, after, note, change)


class BureauDesk:
    """The bureau's desk (财政端): the project register of a budget year, units met in the unit register."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._units = {unit.code: unit for unit in work.registers.units()}
        self._by_name = {unit.name: unit for unit in self._units.values()}
        self._entries: dict[int, Mapping[str, RegisterEntry]] = {}

    def owner(self, one: ReadProject) -> tuple[Unit | None, str]:
        """The unit of the register by code, by name, or by the project code in the register of projects."""
        unit = self._units.get(one.unit_code) or self._by_name.get(one.unit_name)
        if unit is None and not one.unit_code and (entry := self._entry(one)):
            unit = self._units.get(entry.unit_code)
        named = one.unit_code or one.unit_name
        return unit, "" if unit else f"单位“{named}”不在单位名录里" if named else "没有写明是哪个单位的"

    def project_line(self, one: ReadProject, unit: Unit) -> PreviewLine:
        """A register line beside the one the desk has."""
        known = self._entry(one)
        if known is None and not one.name:
            return line_of(one, unit, LineState.UNREADABLE, note="没有项目名称，名录里也没有这个项目")
        old = known or RegisterEntry(one.code, one.name, unit.code, one.budget_year)
        entry = replace(
            old,
            unit_code=unit.code,
            project_name=one.name or old.project_name,
            category=one.category or old.category,
            bureau_office=one.bureau_office or old.bureau_office or unit.bureau_office,
            budget_fen=old.budget_fen if one.budget_fen is None else one.budget_fen,
            fund_type=one.fund_type or old.fund_type,
        )
        before, after = _differences(_entry_facts(known) if known else {}, _entry_facts(entry))
        state = LineState.NEW if known is None else LineState.CHANGED if after else LineState.SAME
        return line_of(one, unit, state, before, after, change=EntryChange(entry))

    def _entry(self, one: ReadProject) -> RegisterEntry | None:
        """The register's line of a project code."""
        year = one.budget_year
        if year not in self._entries:
            self._entries[year] = {
                e.project_code: e for e in self._work.registers.entries(year) if e.project_code
            }
        return self._entries[year].get(one.code)


def known_project(projects: Sequence[Project], one: ReadProject) -> Project | None:
    """The desk's project a line speaks of: by code, else one of that name that has no code yet."""
    by_code = next((project for project in projects if project.project_code == one.code), None)
    named = (p for p in projects if one.name and p.name == one.name and not p.project_code)
    return by_code or next(named, None)


def project_change(
    work: UnitOfWork, known: Project | None, one: ReadProject, unit: Unit
) -> ProjectChange | None:
    """Project and year as they would stand; None where neither file nor desk has a name."""
    name = one.name or (known.name if known else "")
    if not name:
        return None
    project = Project(
        known.project_id if known else _free_id(work, one.code, unit),
        name,
        unit.code,
        one.code,
        one.category or (known.category if known else ""),
    )
    old = _year_of(work, known, one.budget_year) or ProjectYear(project.project_id, one.budget_year)
    year = replace(
        old,
        budget_fen=old.budget_fen if one.budget_fen is None else one.budget_fen,
        fund_type=one.fund_type or old.fund_type,
        bureau_office=one.bureau_office or old.bureau_office,
    )
    return ProjectChange(project, year)


def _free_id(work: UnitOfWork, code: str, unit: Unit) -> str:
    """An id for a new project: its code, unless another unit's project bears that id here."""
    taken = work.projects.get(code)
    return code if taken is None or taken.unit_code == unit.code else f"{unit.code}:{code}"


def _payment_line(work: UnitOfWork, one: ReadProject, unit: Unit) -> PreviewLine:
    """Spending beside what the list before said and what was filed."""
    assert one.spending_fen is not None
    known = work.payments.latest(unit.code, one.code, one.budget_year)
    before = _money(known.spending_fen) if known else ""
    state = LineState.NEW
    if known is not None:
        is_same = (known.spending_fen, known.as_of) == (one.spending_fen, one.as_of)
        state = LineState.SAME if is_same else LineState.CHANGED
    after = _money(one.spending_fen) + (f"（截至{show_date(one.as_of)}）" if one.as_of else "")
    projects = (*work.projects.list(unit.code), *work.projects.list(unit.code, in_bin=True))
    project = known_project(projects, one)
    note = _filed_difference(work, one, unit, project) if project else "本机没有这个项目"
    change = PaymentChange(unit.code, one.code, one.budget_year, one.spending_fen, one.as_of)
    return line_of(one, unit, state, before, after, note, change)


def _filed_difference(work: UnitOfWork, one: ReadProject, unit: Unit, project: Project) -> str:
    """How far what was filed is from the treasury's figure, form by form; "" where they agree."""
    query = FilingQuery(unit_code=unit.code, budget_year=one.budget_year, project_id=project.project_id)
    told = []
    for filing in work.filings.find(query):
        key, form = _SPENDING_KEYS.get(filing.form_id, ("", ""))
        filed = _filed_spending(filing.answers, key) if key else None
        if filed is not None and one.spending_fen is not None and filed != one.spending_fen:
            gap = _money(abs(filed - one.spending_fen))
            told.append(f"{form}填 {_money(filed)}，相差 {gap}")
    return "；".join(told)


def _filed_spending(answers: Answers, key: str) -> int | None:
    """The total row's spending of a money table in 分."""
    rows = answers.get("funds")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and row.get("row_id") == "total":
            value = row.get(key)
            return value if type(value) is int else None
    return None


def _target_line(work: UnitOfWork, one: ReadProject, unit: Unit) -> PreviewLine:
    """An approved target beside the one in force."""
    projects = (*work.projects.list(unit.code), *work.projects.list(unit.code, in_bin=True))
    known = known_project(projects, one)
    created = project_change(work, known, one, unit)
    if created is None:
        return line_of(one, unit, LineState.UNREADABLE, note="没有项目名称，本机也没有这个项目")
    project_id = created.project.project_id
    old = approved_target(work, unit.code, project_id, one.budget_year)
    base = old.answers if old else _declared(work, unit.code, project_id, one.budget_year)
    target = ApprovedTarget(
        _answers(base, one, created.project, unit), one.document_number, one.approved_on, one.budget_fen
    )
    if old is not None and target.amount_fen is None:
        target = replace(target, amount_fen=old.amount_fen)
    before, after = (_target_words(old) if old else ""), _target_words(target)
    state = LineState.NEW if old is None else LineState.CHANGED
    if old is not None and _binding(old) == _binding(target):
        state = LineState.SAME
    missing = known is None or _year_of(work, known, one.budget_year) is None
    note = "本机还没有这个项目年度，一并新建" if missing else ""
    change = TargetChange(unit.code, project_id, one.budget_year, target, created if missing else None)
    return line_of(one, unit, state, before, after, note, change)


def _declared(work: UnitOfWork, unit_code: str, project_id: str, budget_year: int) -> Answers:
    """The target as declared here, nothing where there is none."""
    form_id = target_form_of(project_id)
    query = FilingQuery(unit_code=unit_code, form_id=form_id, budget_year=budget_year, project_id=project_id)
    found = work.filings.find(query)
    return found[-1].answers if found else {}


def _answers(base: Answers, one: ReadProject, project: Project, unit: Unit) -> dict[str, Any]:
    """The declaration as approved: what the file says over what is known here; rows keep their ids by name."""
    known = {str(row.get("third_level")): str(row.get("row_id")) for row in base.get("indicators") or ()}
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    for row in one.indicators:
        row_id = known.get(str(row["third_level"]), "")
        number = len(rows) + 1
        while not row_id or row_id in taken:
            row_id, number = f"p{number}", number + 1
        taken.add(row_id)
        rows.append({**row, "row_id": row_id})
    answers: dict[str, Any] = {
        "project_name": project.name,
        "project_code": project.project_code,
        "implementing_unit": unit.name,
        "supervising_department": unit.department_name or unit.name,
        **base,
        "indicators": rows,
    }
    if one.annual_target:
        answers["annual_target"] = one.annual_target
    if one.budget_fen is not None:
        answers["annual_total_fen"] = one.budget_fen
    return answers


def _binding(target: ApprovedTarget) -> tuple[Any, ...]:
    """What of a target binds: text, amount, and each indicator without its row id."""
    rows = target.answers.get("indicators") or ()
    plain = [{k: v for k, v in row.items() if k not in ("row_id", "library_code")} for row in rows]
    return target.answers.get("annual_target"), target.amount_fen, plain


def _target_words(target: ApprovedTarget) -> str:
    """A target in a few words: how many indicators, the budget, the document."""
    money = _money(target.amount_fen) if target.amount_fen is not None else ""
    count = f"{len(target.answers.get('indicators') or ())} 条指标"
    return "，".join(filter(None, (count, money, target.document_number)))


def _year_of(work: UnitOfWork, project: Project | None, budget_year: int) -> ProjectYear | None:
    """A project's budget year at this desk."""
    if project is None:
        return None
    years = work.projects.years(project.project_id)
    return next((year for year in years if year.budget_year == budget_year), None)


def _facts(project: Project, year: ProjectYear | None) -> dict[str, str]:
    """What a person compares of a project."""
    return {
        "名称": project.name,
        "编码": project.project_code,
        "类别": project.category,
        "预算数": _money(year.budget_fen) if year and year.budget_fen is not None else "",
        "资金性质": year.fund_type if year else "",
    }


def _entry_facts(entry: RegisterEntry) -> dict[str, str]:
    """What a person compares of a register line."""
    return {
        "名称": entry.project_name,
        "单位": entry.unit_code,
        "类别": entry.category,
        "股室": entry.bureau_office,
        "预算数": _money(entry.budget_fen) if entry.budget_fen is not None else "",
        "资金性质": entry.fund_type,
    }


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, str]:
    """Both values of what differs; of something new its amount and category alone."""
    if not old:
        shown = {key: new[key] for key in ("预算数", "类别") if new.get(key)}
        return "", "；".join(f"{key} {value}" for key, value in shown.items()) or "新项目"
    changed = [key for key, value in new.items() if value != old.get(key, "")]
    before = "；".join(f"{key} {old.get(key) or '（空）'}" for key in changed)
    return before, "；".join(f"{key} {new[key] or '（空）'}" for key in changed)


def _money(fen: int) -> str:
    """万元 with its unit."""
    return f"{format_amount(fen, AmountUnit.WAN_YUAN)} 万元"
