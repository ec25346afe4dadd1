"""The matrix's words: what is due, how far a draft is, what stands in its way, where it went."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import KitProblem
from models.domain.filing import FilingStatus
from models.domain.project import RegisterEntry
from services import filings, matrix, projects
from services.due import reason_not_due
from services.matrix import MatrixCell, Tone
from services.ports.store import FilingFigures
from services.projects import NewProject
from services.workspaces import Workspace
from tests.services.county import County

FORM = "performance_target"
OVERALL = "overall_expenditure_target"


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def cell_of(desk: Workspace, project_id: str = "") -> MatrixCell:
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == project_id)
    tasks = {task.task_id: task.form_id for task in desk.current_kit().kit.tasks}
    forms = (FORM,) if project_id else (OVERALL,)
    return next(cell for cell in row.cells if tasks[cell.task_id] in forms)


def put(desk: Workspace, **changes: object) -> MatrixCell:
    """The unit's own form in a state, with figures; its cell."""
    task = next(t for t in desk.current_kit().kit.tasks if t.form_id == OVERALL)
    opened = filings.open_filing(desk, task.task_id)
    if opened.is_new:
        opened = filings.save_draft(desk, opened, opened.filing.answers, {})
    status = changes.pop("status", FilingStatus.DRAFT)
    with desk.store.writing() as work:
        figures = FilingFigures(**changes)  # type: ignore[arg-type]
        work.filings.save(
            replace(opened.filing, status=status),  # type: ignore[arg-type]
            figures,
            expected_revision=opened.filing.revision,
        )
        work.commit()
    return cell_of(desk)


@pytest.mark.parametrize(
    ("figures", "word", "tone"),
    [
        ({"progress": 40}, "填至 40%", Tone.ACCENT),
        ({"progress": 99, "blocking": 3}, "填至 99%", Tone.ACCENT),
        ({"progress": 100, "blocking": 3, "to_explain": 1}, "必改 3 条", Tone.BAD),
        ({"progress": 100, "to_explain": 2}, "需说明 2 条", Tone.CARE),
        ({"progress": 100}, "可报送", Tone.ACCENT),
        ({"status": FilingStatus.SEALED}, "已封装", Tone.GOOD),
        ({"status": FilingStatus.SEALED, "score": "94.20", "grade": "优"}, "已封装 94.20 分 优", Tone.GOOD),
        ({"status": FilingStatus.EXEMPT, "score": "94.20"}, "无需填报", Tone.NONE),
        ({"status": FilingStatus.RECEIVED}, "已接收", Tone.GOOD),
        ({"status": FilingStatus.RETURNED}, "退回修改", Tone.BAD),
        ({"status": FilingStatus.EXEMPT}, "无需填报", Tone.NONE),
        ({"status": FilingStatus.UNFUNDED}, "未安排预算", Tone.CARE),
    ],
)
def test_words(desk: Workspace, figures: dict[str, object], word: str, tone: Tone) -> None:
    cell = put(desk, **figures)
    assert (cell.word, cell.tone, cell.is_due) == (word, tone, True)


def test_nothing_filled_in_yet(desk: Workspace) -> None:
    assert (cell_of(desk).word, cell_of(desk).tone) == ("未填", Tone.OPEN)


def test_rows_columns_and_the_units_own_form_last(county: County, desk: Workspace) -> None:
    shown = matrix.matrix(desk)
    assert [task.task_id for task in shown.tasks] == [t.task_id for t in desk.current_kit().kit.tasks]
    assert shown.budget_year == 2027
    assert shown.rows[-1].name == "部门（单位）整体支出"
    entries = {e.project_code: e for e in county.bureau.current_kit().kit.register if e.budget_year == 2027}
    for row in shown.rows[:-1]:
        entry = entries.get(row.project_code)
        assert row.budget_fen == (entry.budget_fen if entry else None)
    assert shown.rows[-1].budget_fen is None
    put(desk, amount_fen=5_000_000)
    assert matrix.matrix(desk).rows[-1].budget_fen == 5_000_000


def test_a_year_a_project_has_not_is_not_due(desk: Workspace) -> None:
    made = projects.add_project(desk, NewProject("只有一年", 2031))
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == made.project_id)
    assert {(cell.word, cell.is_due) for cell in row.cells} == {("—", False)}


def test_cards_count_what_is_due_and_the_days_left(county: County, desk: Workspace) -> None:
    before = matrix.matrix(desk).cards
    put(desk, status=FilingStatus.SEALED)
    county.tools.clock.moment = county.tools.clock.moment.replace(month=12, day=31)
    for old, new in zip(before, matrix.matrix(desk).cards, strict=True):
        assert old.total == new.total
        assert new.days_left == (new.task.closes_on - county.tools.clock.now().date()).days
    assert sum(card.done for card in matrix.matrix(desk).cards) == sum(card.done for card in before) + 1
    assert any(card.days_left < 0 for card in matrix.matrix(desk).cards)


@pytest.mark.parametrize(
    ("forms_due", "exempt_reason", "reason"),
    [
        ((), "", ""),
        ((FORM,), "", ""),
        ((FORM,), "已停建", ""),
        ((), "已停建", "已停建"),
        (("monitoring",), "已停建", "已停建"),
        (("monitoring",), "", "名录未要求"),
    ],
)
def test_what_a_register_line_asks_for(
    desk: Workspace, forms_due: tuple[str, ...], exempt_reason: str, reason: str
) -> None:
    entry = RegisterEntry(
        "C9", "名录项目", desk.profile.unit.code, 2027, forms_due=forms_due, exempt_reason=exempt_reason
    )
    assert reason_not_due(entry, FORM) == reason
    state = desk.store.state  # type: ignore[attr-defined]
    stored = state.kits[0]
    state.kits = [replace(stored, kit=replace(stored.kit, register=(*stored.kit.register, entry)))]
    projects.take_from_register(desk, [entry])
    cell = cell_of(desk, "C9")
    assert (cell.word, cell.reason) == (("无需填报", reason) if reason else ("未填", ""))


def test_a_desk_opens_with_its_matrix(desk: Workspace) -> None:
    assert matrix.first_matrix(desk) == matrix.matrix(desk)


def test_without_a_kit_the_desk_says_so_itself(desk: Workspace) -> None:
    desk.profile = replace(desk.profile, working_year=1999)
    with pytest.raises(KitProblem, match="1999年还没有任务参数包"):
        matrix.matrix(desk)
    assert matrix.first_matrix(desk) is None


def test_the_bureaus_desk_opens_without(county: County) -> None:
    assert matrix.first_matrix(county.bureau) is None
