"""Pictures of every form of the year (各表界面图): each opened at its widest table at the clerk's desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from forms import registry
from forms.schema import TableSpec

if TYPE_CHECKING:
    from forms.context import FormContext
    from forms.schema import FormSpec, StepSpec
    from ui.desks.filer_desk import FilerDesk
    from ui.open_desk import OpenDesk

Step = tuple[str, Callable[[], QWidget | None]]
"""Name of the picture, "" for none, and what sets it up; None where there is nothing to draw."""

_FIRST = 20
"""Number of the first of these pictures."""
_SHOWN_ELSEWHERE = "performance_target"


def form_steps(desk: OpenDesk, filer: FilerDesk) -> Sequence[Step]:
    """Two steps a form: open it, which is a job, then draw it."""
    steps: list[Step] = []
    heads = [head for head in registry.heads() if head.form_id != _SHOWN_ELSEWHERE]
    for number, head in enumerate(heads, _FIRST):
        steps.append(("", _opening(filer, head.form_id)))
        steps.append((f"{number}-{head.short_title}", _drawing(desk, filer, head.form_id)))
    return steps


def _opening(filer: FilerDesk, form_id: str) -> Callable[[], None]:
    """Open the desk's first filled-in form of that kind."""

    def prepare() -> None:
        matrix = filer.pages.matrix
        tasks = {task.task_id for task in matrix.tasks if task.form_id == form_id} if matrix else set()
        places = [
            (cell, row.project_id)
            for row in (matrix.rows if matrix else ())
            for cell in row.cells
            if cell.task_id in tasks and cell.progress
        ]
        if places:
            cell, project_id = max(places, key=lambda place: place[0].progress)
            filer.editor.open(cell.task_id, project_id)

    return prepare


def _drawing(desk: OpenDesk, filer: FilerDesk, form_id: str) -> Callable[[], QWidget | None]:
    """Show the open form's widest table; nothing where another form is open."""

    def prepare() -> QWidget | None:
        view = filer.editor.view
        if not view.is_open() or view.session.form.form_id != form_id:
            return None
        view.show_step(_widest(view.session.form, view.session.context))
        return desk.frame

    return prepare


def _widest(form: FormSpec, context: FormContext) -> str:
    """Key of the step whose table has most columns."""

    def columns(step: StepSpec) -> int:
        items = [item for section in step.sections for item in section.items if item.is_visible(context)]
        return max((len(i.visible_columns(context)) for i in items if isinstance(i, TableSpec)), default=0)

    return max(form.steps_in(context), key=columns).key
