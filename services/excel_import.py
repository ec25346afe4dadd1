"""From Excel (从 Excel 导入): a workbook people filled in by hand, read into a form that is open.

The columns are proposed, corrected by the person and kept for the next file with the same heads; what would
be taken over comes as offers, each of which is chosen or left. Nothing is written here but kept mappings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from forms.checks.settings import CheckSettings, SharedWords
from forms.context import FormContext
from forms.hand_filled.mapping import ColumnMapping, mapping_from_json, mapping_to_json
from forms.hand_filled.reading import FoundTable, TableFinder
from forms.hand_filled.stated import StatedTable, Unread
from forms.hand_filled.to_answers import answers_of
from forms.offers import Offer, difference_offers
from forms.schema import FormSpec
from models.domain.errors import InputError, KitProblem
from models.domain.filing import Answers
from models.domain.money import AmountUnit
from services.job import JobContext
from services.workspaces import Workspace

_KEPT = "excel_mappings"
"""Setting that keeps corrected mappings by the fingerprint of the heads they were made for."""
_MOST_KEPT = 60


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table as read (读出的一张表): `number` is the found table it comes from; a list gives several."""

    number: int
    stated: StatedTable


@dataclass(frozen=True)
class WorkbookImport:
    """A workbook being taken over (导入过程): its tables with the columns in force; corrections give a new one."""

    path: Path
    finder: TableFinder
    found: tuple[FoundTable, ...]
    corrected: frozenset[int] = frozenset()

    @cached_property
    def tables(self) -> tuple[ReadTable, ...]:
        """Every table, read with its columns as they are."""
        return tuple(
            ReadTable(number, stated)
            for number, found in enumerate(self.found)
            for stated in self.finder.read_with(found, found.mapping)
        )

    def mapping(self, number: int) -> ColumnMapping:
        """The columns of a found table."""
        return self.found[number].mapping

    def with_role(self, number: int, block: str, column: int, role: str) -> WorkbookImport:
        """The import with one column taken for something else."""
        return self._with(number, self.mapping(number).corrected(block, column, role))

    def with_unit(self, number: int, unit: AmountUnit) -> WorkbookImport:
        """The import with the unit of amounts the person named."""
        return self._with(number, self.mapping(number).with_amount_unit(unit))

    def _with(self, number: int, mapping: ColumnMapping) -> WorkbookImport:
        found = list(self.found)
        found[number] = replace(found[number], mapping=mapping)
        return WorkbookImport(self.path, self.finder, tuple(found), self.corrected | {number})


@dataclass(frozen=True, slots=True)
class TakingOver:
    """What of a table could be taken over (可带入的内容), and what it states beyond."""

    offers: tuple[Offer, ...]
    notes: tuple[Unread, ...]


def open_workbook(workspace: Workspace, path: Path, ctx: JobContext) -> WorkbookImport:
    """Read a workbook and propose its columns. InputError for what cannot be read or holds no known table."""
    ctx.step(0, 2, path.name)
    grids = workspace.tools.hand_filled.read(path, "导入")
    ctx.step(1, 2, path.name)
    finder = TableFinder(workspace.tools.hand_filled.head_words(), _words(workspace))
    kept = kept_mappings(workspace)
    found = tuple(table for grid in grids for table in finder.propose(grid, kept))
    if not any(table.form for table in found):
        nothing = finder.read_file(path.name, grids)[0].unread
        problem = nothing[0] if nothing else None
        raise InputError(
            problem.message if problem else "没有找到绩效表",
            problem.remedy if problem else "请确认选对了文件",
            path.name,
        )
    ctx.step(2, 2, path.name)
    return WorkbookImport(path, finder, found)


def taking_over(form: FormSpec, context: FormContext, now: Answers, table: StatedTable) -> TakingOver:
    """What a table would change in the open form. InputError when it is another form."""
    if table.form != form.form_id:
        raise InputError(
            "这张表不是现在打开的表", f"请选择“{form.title}”，或打开对应的表后再导入", table.cells
        )
    made = answers_of(form, context, table)
    return TakingOver(difference_offers(form, context, now, made.answers), (*table.unread, *made.notes))


def kept_mappings(workspace: Workspace) -> Mapping[str, ColumnMapping]:
    """Corrected mappings by fingerprint; one that can no longer be read is passed over."""
    with workspace.store.reading() as work:
        kept = work.settings.get(_KEPT)
    found: dict[str, ColumnMapping] = {}
    for data in kept if isinstance(kept, list) else ():
        try:
            mapping = mapping_from_json(data)
        except KitProblem:
            continue
        found[mapping.fingerprint] = mapping
    return found


def keep_mappings(workspace: Workspace, imported: WorkbookImport) -> int:
    """Keep the mappings that were corrected, newest last; how many."""
    mappings: Sequence[ColumnMapping] = [imported.mapping(number) for number in sorted(imported.corrected)]
    if not mappings:
        return 0
    new = {mapping.fingerprint: mapping_to_json(mapping) for mapping in mappings}
    with workspace.store.writing() as work:
        kept: Any = work.settings.get(_KEPT)
        before = [one for one in kept if one.get("fingerprint") not in new] if isinstance(kept, list) else []
        work.settings.put(_KEPT, [*before, *new.values()][-_MOST_KEPT:])
        work.commit()
    return len(new)


def _words(workspace: Workspace) -> SharedWords:
    """The kit's words, the program's where an older kit has none."""
    own = workspace.current_kit().kit
    for kit in (own, *workspace.tools.builtin_kits(own.working_year)):
        words = CheckSettings(kit).find(SharedWords)
        if words is not None:
            return words
    raise KitProblem("任务参数包里没有公用词表", "请换用完整的任务参数包")
