"""Backgrounds to draw a refused filing anew (对照用的填报背景): the desk's own kits, or, without a desk, the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from forms.context import FormContext
from models.domain.kit import FormSetting, ParameterKit
from models.domain.project import FilingTask, Unit
from services.filing_places import context_of
from services.filing_reading import ReceivedFiling
from services.handed_out import HandedOut
from services.register_lines import project_year_of, register_entry
from services.tampering import Contexts
from services.tools import Tools

_MOST = 6
"""Shipped kits that are tried: each costs the drawing of a form."""


def desk_contexts(known: HandedOut) -> Contexts:
    """By the kit that handed the filing's task out; none for a task or unit not known here."""

    def contexts(filing: ReceivedFiling, _unit_name: str) -> Sequence[FormContext]:
        found = context_of(known, filing)
        return () if found is None or found.task.form_id != filing.form_id else (found,)

    return contexts


def shipped_contexts(tools: Tools) -> Contexts:
    """By every shipped kit that uses the form for the filing's budget year, those that draw alike taken once."""

    def contexts(filing: ReceivedFiling, unit_name: str) -> Sequence[FormContext]:
        found: dict[tuple[FormSetting, str], FormContext] = {}
        for kit in _kits(tools, filing.budget_year):
            setting = kit.form_setting(filing.form_id, filing.budget_year)
            if setting is not None:
                found.setdefault((setting, kit.kit_id), _context(kit, filing, unit_name))
        return tuple(found.values())[:_MOST]

    return contexts


def _kits(tools: Tools, budget_year: int) -> Iterator[ParameterKit]:
    """Kits of the working years in which something of a budget year is filed: the year before, itself, the year after."""
    for year in (budget_year - 1, budget_year, budget_year + 1):
        yield from tools.builtin_kits(year)
        yield from tools.place_kits(year)


def _context(kit: ParameterKit, filing: ReceivedFiling, unit_name: str) -> FormContext:
    """The background a kit gives, with what the filing says of itself."""
    day = date(filing.budget_year, 1, 1)
    task = kit.task(filing.task_id)
    if task is None or task.form_id != filing.form_id:
        task = FilingTask(filing.task_id, "", filing.form_id, filing.budget_year, day, day)
    entry = register_entry(kit, filing.project, filing.budget_year)
    year = project_year_of(entry, filing.project.project_id) if entry and filing.project else None
    unit = kit.unit(filing.unit_code) or Unit(filing.unit_code, unit_name)
    return FormContext(kit, task, unit, filing.project, year, entry, evidence=filing.evidence)
