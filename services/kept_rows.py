"""What boards and figures are counted from, kept in memory (底册): after a change only what changed is read again.

Kept is what was asked for, budget year by budget year; `KeptRows` belongs to one unit of work and gives what stands in
it. The store's list of changes tells what to read again; where it cannot, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from services.figures import spending
from services.ports.store import FilingOverview, FilingQuery

if TYPE_CHECKING:
    from models.domain.project import Project, ProjectYear
    from models.domain.review import ReviewDecision
    from services.ports.changes import ChangeMark, Changes
    from services.ports.store import Store, UnitOfWork

_MOST_CHANGED = 2_000
"""With more changes than these everything is read anew."""
_Kept = TypeVar("_Kept")
Decisions = Mapping[str, tuple["ReviewDecision", ...]]
Amounts = Mapping[str, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept, as it stood at a mark; parts by what they are and their budget year. Never changed, only replaced."""

    mark: ChangeMark
    parts: Mapping[tuple[str, int], Mapping[Any, Any]]


_STATES: WeakKeyDictionary[Store, _State] = WeakKeyDictionary()
_FILINGS, _DECISIONS, _AMOUNTS, _PROJECTS, _YEARS = "filings", "decisions", "amounts", "projects", "years"


class KeptRows:
    """What stands in a unit of work (底册), read where it is not kept already."""

    def __init__(self, store: Store, work: UnitOfWork) -> None:
        self._store, self._work = store, work
        kept = _STATES.get(store)
        changes = work.changes.since(kept.mark) if kept is not None else None
        if kept is not None and changes is not None and _count(changes) <= _MOST_CHANGED:
            self._state: _State | None = _State(changes.mark, _brought_up(work, kept.parts, changes))
        else:
            mark = work.changes.mark()
            self._state = None if mark is None else _State(mark, {})
        self._keep()

    def filings(self, budget_year: int) -> tuple[FilingOverview, ...]:
        """Filings of a budget year in the order of `FilingRepository.overview`."""

        def read() -> Mapping[str, FilingOverview]:
            found = self._work.filings.overview(FilingQuery(budget_year=budget_year))
            return {one.filing_id: one for one in found}

        return tuple(sorted(self._part((_FILINGS, budget_year), read).values(), key=_in_order))

    def decisions(self, budget_year: int) -> Decisions:
        """Decisions on filings of a budget year by filing id, oldest first, those taken back among them."""
        return self._part(
            (_DECISIONS, budget_year), lambda: _by_filing(self._work.reviews.decisions_of_year(budget_year))
        )

    def amounts(self, budget_year: int) -> Amounts:
        """全年预算 and 执行 by filing id, of the forms that state them; None where one does not."""

        def read() -> Amounts:
            return {
                filing_id: spending.spending_of(form_id, funds)
                for form_id in spending.FORMS
                for filing_id, funds in self._work.filings.answer_parts(
                    FilingQuery(form_id=form_id, budget_year=budget_year), spending.ANSWER
                ).items()
            }

        return self._part((_AMOUNTS, budget_year), read)

    def projects(self) -> Mapping[str, Project]:
        """Projects by id, without those in the recycle bin."""
        return self._part((_PROJECTS, 0), lambda: {one.project_id: one for one in self._work.projects.list()})

    def years(self, budget_year: int) -> Mapping[str, ProjectYear]:
        """What is known of projects in a budget year, by project id."""
        years = self._work.projects.years
        return self._part(
            (_YEARS, budget_year), lambda: {one.project_id: one for one in years(budget_year=budget_year)}
        )

    def _part(self, key: tuple[str, int], read: Callable[[], Mapping[str, _Kept]]) -> Mapping[str, _Kept]:
        """A part as kept, or read now."""
        if self._state is not None and key in self._state.parts:
            return self._state.parts[key]
        made = read()
        if self._state is not None:
            self._state = replace(self._state, parts={**self._state.parts, key: made})
            self._keep()
        return made

    def _keep(self) -> None:
        if self._state is not None:
            _STATES[self._store] = self._state


def _count(changes: Changes) -> int:
    return len(changes.filings) + len(changes.projects)


def _in_order(filing: FilingOverview) -> tuple[str, str, str, str]:
    return filing.unit_code, filing.project_id, filing.task_id, filing.filing_id


def _by_filing(decisions: Iterable[ReviewDecision]) -> Decisions:
    found: dict[str, tuple[ReviewDecision, ...]] = {}
    for one in decisions:
        found[one.filing_id] = (*found.get(one.filing_id, ()), one)
    return found


def _brought_up(
    work: UnitOfWork, parts: Mapping[tuple[str, int], Mapping[Any, Any]], changes: Changes
) -> Mapping[tuple[str, int], Mapping[Any, Any]]:
    """Parts with what changed read again."""
    fresh: dict[str, Callable[[int], Mapping[Any, Any]]] = {}
    if parts and changes.filings:
        fresh |= _fresh_filings(work, changes.filings)
    if parts and changes.projects:
        found = {one.project_id: one for one in work.projects.some(changes.projects)}
        years = work.projects.years_of(changes.projects)
        fresh[_PROJECTS] = lambda _year: found
        fresh[_YEARS] = lambda year: {one.project_id: one for one in years if one.budget_year == year}
    brought_up = {}
    for (what, year), known in parts.items():
        if what not in fresh:
            brought_up[what, year] = known
            continue
        changed = dict(known)
        for key in changes.projects if what in (_PROJECTS, _YEARS) else changes.filings:
            changed.pop(key, None)
        changed.update(fresh[what](year))
        brought_up[what, year] = changed
    return brought_up


def _fresh_filings(
    work: UnitOfWork, filing_ids: Collection[str]
) -> dict[str, Callable[[int], Mapping[Any, Any]]]:
    """What stands of some filings now, by budget year."""
    filings = {one.filing_id: one for one in work.filings.overview_of(filing_ids)}
    decisions = _by_filing(work.reviews.decisions(list(filing_ids)))
    stating = [one.filing_id for one in filings.values() if one.form_id in spending.FORMS]
    funds = work.filings.answer_parts_of(stating, spending.ANSWER)

    def of(year: int) -> Iterable[str]:
        return (key for key, one in filings.items() if one.budget_year == year)

    return {
        _FILINGS: lambda year: {key: filings[key] for key in of(year)},
        _DECISIONS: lambda year: {key: decisions[key] for key in of(year) if key in decisions},
        _AMOUNTS: lambda year: {
            key: spending.spending_of(filings[key].form_id, funds[key]) for key in of(year) if key in funds
        },
    }
