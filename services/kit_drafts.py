"""The kit being prepared (任务参数包草案): kept in the workspace until it is issued, so nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

from models.domain.errors import KitProblem
from models.domain.kit_json import kit_from_json, kit_to_json
from models.domain.project import FilingTask
from services import kit_issue
from services.kit_issue import KitDraft
from services.workspaces import Workspace


def _key(workspace: Workspace) -> str:
    return f"kit_draft_{workspace.profile.working_year}"


def kept_draft(workspace: Workspace) -> KitDraft:
    """The draft begun earlier, else one that begins from the first template."""
    with workspace.store.reading() as work:
        data = work.settings.get(_key(workspace))
    if data is not None:
        try:
            kit = kit_from_json(data)
        except KitProblem:
            pass
        else:
            return KitDraft(kit, kit.name, kit.tasks, kit.trust_mode)
    return kit_issue.draft_from(workspace, kit_issue.templates(workspace)[0])


def keep_draft(workspace: Workspace, draft: KitDraft) -> None:
    """Keep a draft; registers and certificates are left out, they are added when it is issued."""
    kit = replace(
        draft.template,
        name=draft.name,
        tasks=draft.tasks,
        trust_mode=draft.trust_mode,
        units=(),
        register=(),
        certificates=(),
        revocation_list="",
        root_certificate="",
    )
    with workspace.store.writing() as work:
        work.settings.put(_key(workspace), kit_to_json(kit))
        work.commit()


def drop_draft(workspace: Workspace) -> None:
    """Forget the draft: it was issued, or begun anew."""
    with workspace.store.writing() as work:
        work.settings.put(_key(workspace), None)
        work.commit()


def new_task_id(draft: KitDraft, form_id: str, budget_year: int, stage: str) -> str:
    """An id that no task of the draft has."""
    stem = "_".join(part for part in (form_id, str(budget_year), stage) if part)
    taken, number, found = {task.task_id for task in draft.tasks}, 2, stem
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found


def with_task(draft: KitDraft, task: FilingTask) -> KitDraft:
    """The draft with a task added (it gets an id when it has none), or put in the place of the one of the same id."""
    if not task.task_id:
        kind = task.stage.value if task.stage else ""
        task = replace(task, task_id=new_task_id(draft, task.form_id, task.budget_year, kind))
    ids = [item.task_id for item in draft.tasks]
    if task.task_id not in ids:
        return replace(draft, tasks=(*draft.tasks, task))
    return replace(draft, tasks=tuple(task if t.task_id == task.task_id else t for t in draft.tasks))


def without_task(draft: KitDraft, task_id: str) -> KitDraft:
    """The draft without a task."""
    return replace(draft, tasks=tuple(task for task in draft.tasks if task.task_id != task_id))
