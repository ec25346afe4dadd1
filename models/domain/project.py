"""Units, projects, project years and filing tasks (单位、项目、项目年度、填报任务), domain §0."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


class DeclarationStage(enum.StrEnum):
    """Stage of the budget a declaration belongs to (申报阶段), glossary 94."""

    FIRST_ROUND = "first_round"
    SECOND_ROUND = "second_round"
    APPROVED = "approved"
    ADJUSTED = "adjusted"
    SUPPLEMENT = "supplement"

    @property
    def label(self) -> str:
        """一上, 二上, 批复, 调整, 年中追加."""
        return {
            "first_round": "一上",
            "second_round": "二上",
            "approved": "批复",
            "adjusted": "调整",
            "supplement": "年中追加",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Unit:
    """A budget unit (预算单位) with its department and bureau office; codes as in the unit register."""

    code: str
    name: str
    department_code: str = ""
    department_name: str = ""
    bureau_office: str = ""
    category: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    duties: str = ""

    @property
    def is_own_department(self) -> bool:
        """Whether the unit is unit and department at once, as town governments often are."""
        return not self.department_code or self.department_code == self.code


def find_unit(units: Iterable[Unit], code: str) -> Unit | None:
    """The unit of that code; also a department (主管部门) that has no line of its own in the register, by its units' lines."""
    led: Unit | None = None
    for unit in units:
        if unit.code == code:
            return unit
        if led is None and code and unit.department_code == code:
            led = unit
    if led is None:
        return None
    name = led.department_name or code
    return Unit(code, name, code, name, led.bureau_office)


def departments_of(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Every department of a register, by code: those with a line of their own and those their units name."""
    codes = {unit.department_code or unit.code for unit in units}
    found = (find_unit(units, code) for code in sorted(codes))
    return tuple(unit for unit in found if unit is not None)


@dataclass(frozen=True, slots=True)
class Project:
    """A project (项目) that lives across years; `project_id` never changes, the code may come later."""

    project_id: str
    name: str
    unit_code: str
    project_code: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class ProjectYear:
    """One budget year of a project (项目年度); `budget_fen` is None while no amount is known."""

    project_id: str
    budget_year: int
    budget_fen: int | None = None
    fund_type: str = ""
    bureau_office: str = ""
    from_register: bool = False


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A line of the project register of the year (年度预算项目名录): who must file what.

    `forms_due` holds form ids; `exempt_reason` (不报原因) says why none is due.
    """

    project_code: str
    project_name: str
    unit_code: str
    budget_year: int
    category: str = ""
    bureau_office: str = ""
    budget_fen: int | None = None
    fund_type: str = ""
    forms_due: tuple[str, ...] = ()
    exempt_reason: str = ""


class Filer(enum.StrEnum):
    """Who files a task (填报单位): every unit, or only units that are first-level departments themselves."""

    UNIT = "unit"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class FilingTask:
    """A filing task (填报任务): what a kit asks for, of whom, for which budget year, by when.

    `unit_categories` empty means every unit; `period` is the text of a monitoring period, else "";
    `period_month` its last month (1…12), 0 where there is none. `filer` narrows it to departments;
    `is_optional` is a task filed only where there is a cause (an adjustment), so nobody counts as missing; `is_repeatable`
    one that may be filed again in the same year once the last time was approved (models/domain/repeated_task.py).
    """

    task_id: str
    name: str
    form_id: str
    budget_year: int
    opens_on: date
    closes_on: date
    stage: DeclarationStage | None = None
    period: str = ""
    unit_categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    period_month: int = 0
    filer: Filer = Filer.UNIT
    is_optional: bool = False
    is_repeatable: bool = False

    def is_due_from(self, unit: Unit) -> bool:
        """Whether this unit files the task: always, or with a cause where it is optional."""
        if self.filer is Filer.DEPARTMENT and not unit.is_own_department:
            return False
        return not self.unit_categories or unit.category in self.unit_categories
