"""A kit taken in while a form is open: what was typed is saved first, the form is read anew, nobody is asked anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from forms.findings import Place
from main import Adapters
from models.domain.filing import Filing
from models.domain.kit import ParameterKit
from services import kit_issue, kits
from services.kit_issue import KitDraft
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.gui.desks.county import County
from tests.gui.pages.desk_clerk import ClerkPage
from ui.desks.conflict_dialog import ConflictDialog
from ui.filer.kit_offer_dialog import KitOfferDialog

READY = "农村公路养护"
FORM_ID = "performance_target"
TARGET = Place("annual_target")
Issue = Callable[[Callable[[ParameterKit], ParameterKit]], Path]


@pytest.fixture
def issue(county: County, tools: Adapters, tmp_path: Path) -> Issue:
    """Has the bureau issue another kit, changed as wished; its file."""

    def make(change: Callable[[ParameterKit], ParameterKit]) -> Path:
        bureau = county.bureau(tmp_path / "bureau", tools)
        (tmp_path / "kits").mkdir()
        kit = change(bureau.current_kit().kit)
        draft = KitDraft(kit, kit.name, kit.tasks, kit.trust_mode)
        record = kit_issue.issue_kit(bureau, draft, county.keys, tmp_path / "kits")
        bureau.close()
        return Path(record.source_path)

    return make


def moved(kit: ParameterKit) -> ParameterKit:
    """Every task under another id, so that every draft is saved anew."""
    return replace(kit, tasks=tuple(replace(task, task_id=f"{task.task_id}_x") for task in kit.tasks))


def without_it(kit: ParameterKit) -> ParameterKit:
    """No task for projects' targets any more."""
    return replace(kit, tasks=tuple(task for task in kit.tasks if task.form_id != FORM_ID))


def kept(clerk: ClerkPage) -> Filing:
    """The open form's filing as the database has it."""
    with clerk.workspace.store.reading() as work:
        found = work.filings.find(FilingQuery(form_id=FORM_ID))
        projects = {project.project_id: project.name for project in work.projects.list()}
    return next(filing for filing in found if projects[filing.project_id] == READY)


def offer(clerk: ClerkPage, path: Path) -> KitOfferDialog:
    """A kit file chosen while the form stays in front."""
    clerk.desk.inbox.take(path)
    return clerk.dialog(KitOfferDialog)


def is_calm(clerk: ClerkPage) -> bool:
    """Nobody is asked, nothing is said to be unsaved."""
    return not clerk.has_dialog(ConflictDialog) and "没有保存" not in clerk.saved_words()


@pytest.fixture
def form(clerk: ClerkPage) -> Any:
    opened = clerk.open_form(READY)
    opened.view.show_step(opened.view.session.form.steps[1].key)
    return opened


def test_what_was_just_typed_is_saved_and_the_form_read_anew(clerk: ClerkPage, form: Any, issue: Issue):
    dialog = offer(clerk, issue(moved))
    step = form.view.frame.pages.current_key()
    form.view.session.set_value(TARGET, "换包前刚填的目标")
    clerk.accept(dialog)
    clerk.settle()
    assert is_calm(clerk)
    assert clerk.page() == "filing"
    session = clerk.form.view.session
    assert session.answers["annual_target"] == "换包前刚填的目标"
    assert (session.context.kit.version, session.context.task.task_id[-2:]) == (3, "_x")
    assert clerk.form.view.frame.pages.current_key() == step
    assert "第 3 版" in clerk.form.view.frame.recovered.words.text()
    assert kept(clerk).task_id.endswith("_x")
    assert kept(clerk).answers["annual_target"] == "换包前刚填的目标"


def test_typing_on_while_the_kit_is_taken_in_loses_nothing(clerk: ClerkPage, form: Any, issue: Issue):
    dialog = offer(clerk, issue(moved))
    clerk.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    form.view.session.set_value(TARGET, "换包途中填的目标")
    form.view.flush()
    clerk.settle()
    assert is_calm(clerk)
    assert clerk.form.view.session.context.kit.version == 3
    assert clerk.form.view.session.answers["annual_target"] == "换包途中填的目标"
    clerk.form.view.session.set_value(TARGET, "换包以后填的目标")
    clerk.wait_saved()
    assert is_calm(clerk)
    assert kept(clerk).answers["annual_target"] == "换包以后填的目标"
    assert kept(clerk).task_id.endswith("_x")


def test_a_kit_another_window_took_in(
    clerk: ClerkPage, form: Any, issue: Issue, tools: Adapters, folder: Path
):
    path = issue(moved)
    other = open_workspace(tools, folder, marks_end=False).workspace
    kits.take_kit(other, kits.look_at_kit(tools, path, other.current_kit().kit))
    other.close()
    form.view.session.set_value(TARGET, "另一个窗口换包以后填的")
    clerk.wait_saved()
    clerk.settle()
    assert is_calm(clerk)
    assert clerk.form.view.session.context.kit.version == 3
    assert clerk.form.view.session.answers["annual_target"] == "另一个窗口换包以后填的"
    assert kept(clerk).answers["annual_target"] == "另一个窗口换包以后填的"


def test_a_form_the_new_kit_does_not_ask_for_is_kept_and_put_away(clerk: ClerkPage, form: Any, issue: Issue):
    form.view.session.set_value(TARGET, "不再要求填报的目标")
    clerk.accept(offer(clerk, issue(without_it)))
    clerk.settle()
    assert clerk.page() == "home"
    assert "已填内容都已保存" in clerk.notice()
    assert not clerk.has_dialog(ConflictDialog)
    assert kept(clerk).answers["annual_target"] == "不再要求填报的目标"
