"""Columns and lines of the matrix (总表的栏和行): a stage of the year is one column, whoever files it.

The form of the unit as a whole stands in the column of the projects' form it belongs to, in a line of
its own; where a stage asks the unit for more than one form (a summary beside the overall form), there
is one more line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from forms import registry
from services.matrix import MatrixCell, Tone
from ui.filer.matrix_words import task_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.domain.project import FilingTask
    from services.matrix import Matrix, MatrixRow, TaskCard


class MatrixColumn(NamedTuple):
    """One stage for one budget year and period (环节栏): positions of its tasks, the leading one first."""

    tasks: tuple[FilingTask, ...]
    positions: tuple[int, ...]

    @property
    def head(self) -> tuple[str, str]:
        """Name and year of the leading task."""
        return task_head(self.tasks[0])


class MatrixLine(NamedTuple):
    """One line of the table (总表行): the project or unit, what it is called, and a cell per column."""

    row: MatrixRow
    name: str
    cells: tuple[MatrixCell, ...]


def columns_of(matrix: Matrix) -> tuple[MatrixColumn, ...]:
    """The columns, in the order their leading tasks stand in the kit."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for position, task in enumerate(matrix.tasks):
        groups.setdefault(_stage_of(task), []).append(position)
    columns = []
    for positions in groups.values():
        ordered = sorted(positions, key=lambda at: bool(registry.stands_beside(matrix.tasks[at].form_id)))
        columns.append(MatrixColumn(tuple(matrix.tasks[at] for at in ordered), tuple(ordered)))
    return tuple(columns)


def lines_of(matrix: Matrix, columns: Sequence[MatrixColumn]) -> list[MatrixLine]:
    """The lines: one per project, as many for the unit as a whole as a stage asks of it."""
    return [line for row in matrix.rows for line in _lines(row, columns)]


def stage_cards(matrix: Matrix, columns: Sequence[MatrixColumn]) -> list[TaskCard]:
    """A card per column: done and total of all its tasks, until the first that is not finished closes."""
    cards = {card.task.task_id: card for card in matrix.cards}
    found = []
    for column in columns:
        own = [cards[task.task_id] for task in column.tasks if task.task_id in cards]
        if own:
            open_ones = [card for card in own if card.done < card.total] or own
            near = min(open_ones, key=lambda card: card.days_left)
            done, total = sum(card.done for card in own), sum(card.total for card in own)
            found.append(near._replace(task=_shown_task(column, near), done=done, total=total))
    return found


def _shown_task(column: MatrixColumn, near: TaskCard) -> FilingTask:
    """The leading task, with the closing date that comes first."""
    leading = column.tasks[0]
    return leading if leading is near.task else replace(leading, closes_on=near.task.closes_on)


def _stage_of(task: FilingTask) -> tuple[object, ...]:
    """What tasks of one column share."""
    leading = registry.stands_beside(task.form_id) or task.form_id
    return leading, task.budget_year, task.stage, task.period


def _lines(row: MatrixRow, columns: Sequence[MatrixColumn]) -> list[MatrixLine]:
    """A row's lines; cells nothing is asked in stay dashes."""
    wanted = [[cell for at in column.positions if (cell := row.cells[at]).opens] for column in columns]
    height = max(map(len, wanted), default=1)
    if height <= 1:  # every project's line
        both = zip(wanted, columns, strict=True)
        shown = (found[0] if found else row.cells[column.positions[0]] for found, column in both)
        return [MatrixLine(row, row.name, tuple(shown))]
    lines = []
    for number in range(height):
        cells = tuple(
            found[number] if number < len(found) else _dash(row, column)
            for found, column in zip(wanted, columns, strict=True)
        )
        name = row.name if number == 0 else "　汇总表"
        lines.append(MatrixLine(row, name, cells))
    return lines


def _dash(row: MatrixRow, column: MatrixColumn) -> MatrixCell:
    """A cell in which nothing is asked."""
    found = row.cells[column.positions[0]]
    return found if not found.opens else MatrixCell(found.task_id, "—", Tone.NONE, None, is_due=False)
