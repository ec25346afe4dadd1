"""Queue, board and figures kept in memory are what a desk that reads everything anew sees, whatever is done in between."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete

from main import Adapters
from models.domain.filing import FilingStatus
from models.domain.project import Project, ProjectYear, Unit
from models.domain.review import ReviewLevel
from models.store import store as store_module
from models.store.engine import WRITING
from models.store.tables import filings as filings_table
from services import kept_rows
from services.changes import ChangeFeed
from services.figures.reading import read_basis
from services.ports.store import FilingFigures, Store, UnitOfWork
from services.reporting_status import reporting_status
from services.review import queue_book
from services.review.assignments import SETTING, filing_place, unit_place
from services.review.desk_queue import desk_queue
from services.review.queue import QueueFilter, QueueQuery
from services.workspaces import DeskRole, Workspace, WorkspaceProfile
from tests.store.samples import (
    NOW,
    desk_user,
    filing,
    later,
    paper,
    review_comment,
    review_decision,
    review_file,
)

WHOLE = Adapters().practice.practice_kit()
TASKS = tuple(task for task in WHOLE.tasks if task.form_id in ("performance_target", "monitoring"))
UNITS = WHOLE.units[:3]
KIT = replace(WHOLE, tasks=TASKS, units=UNITS, register=WHOLE.register[:6])
Dice = random.Random
STATES = [FilingStatus.RECEIVED] * 4 + [FilingStatus.PASSED, FilingStatus.RETURNED, FilingStatus.DRAFT]

pytestmark = pytest.mark.wide


def some_filing(dice: Dice) -> str:
    return f"F{dice.randrange(12)}"


def save(work: UnitOfWork, dice: Dice) -> None:
    """A filing comes, new or once more, perhaps of another unit, task or project than before."""
    key, task = some_filing(dice), dice.choice(TASKS)
    known = work.filings.get(key)
    funds = {"funds": [{"row_id": "total", "annual_fen": 5, "spending_to_date_fen": dice.randrange(5)}]}
    one = replace(
        filing(key), task_id=task.task_id, form_id=task.form_id, budget_year=task.budget_year, answers=funds,
        unit_code=dice.choice(UNITS).code, project_id=f"P{dice.randrange(4)}", version=dice.randrange(1, 3),
        status=dice.choice(STATES), updated_at=later(dice.randrange(9)),
    )  # fmt: skip
    work.filings.save(one, FilingFigures(7), expected_revision=known.revision if known else None)


def judge(work: UnitOfWork, dice: Dice) -> None:
    """A review, a decision or a remark of a filing that is there, a decision taken back, a paper."""
    key, number = some_filing(dice), dice.randrange(10**9)
    if work.filings.get(key) is None:
        return
    kept = work.reviews.file(key)
    level = dice.choice(list(ReviewLevel))
    file = replace(review_file(), filing_id=key, version=1, level=level)
    work.reviews.save_file(file, expected_revision=kept.revision if kept else None)
    decision = replace(review_decision(1), decision_id=f"D{number}", filing_id=key, version=1, level=level)
    work.reviews.add_decision(decision)
    if dice.random() < 0.3:
        work.reviews.withdraw_decision(f"D{number}", NOW, "王芳", "误点")
    work.reviews.put_comment(replace(review_comment(1), comment_id=f"K{dice.randrange(5)}", filing_id=key))
    if dice.random() < 0.3:
        work.papers.put(replace(paper(), filing_id=key, version=1))


def project(work: UnitOfWork, dice: Dice) -> None:
    """A project is named, put aside, brought back; its year comes and goes."""
    key = f"P{dice.randrange(4)}"
    work.projects.put(Project(key, f"项目{dice.randrange(3)}", dice.choice(UNITS).code))
    work.projects.put_year(ProjectYear(key, 2027, 1, "", f"第{dice.randrange(2)}股"))
    if dice.random() < 0.3:
        work.projects.remove_year(key, 2027)
    dice.choice([lambda: work.projects.restore(key), lambda: work.projects.put_in_bin(key, NOW)])()


def assign(work: UnitOfWork, dice: Dice) -> None:
    """A filing or unit is given to another office or person."""
    work.users.put(desk_user(1, is_active=dice.random() < 0.5))
    place = dice.choice([filing_place(some_filing(dice)), unit_place(dice.choice(UNITS).code)])
    given = {
        "office": dice.choice(["", "社保股"]),
        "person_id": desk_user(1).user_id,
        "reason": "",
        "by": "",
        "at": "",
    }
    work.settings.put(SETTING, {place: given})


def register(work: UnitOfWork, dice: Dice) -> None:
    """The register of units is corrected."""
    work.registers.put_units([replace(dice.choice(UNITS), bureau_office=f"第{dice.randrange(3)}股")])


OPERATIONS: list[Callable[[UnitOfWork, Dice], None]] = [
    save,
    save,
    save,
    judge,
    judge,
    project,
    assign,
    register,
]


def seen(workspace: Workspace) -> tuple[object, ...]:
    """All a desk shows of it."""
    queues = [desk_queue(workspace, QueueQuery(shown)) for shown in (QueueFilter.ALL, QueueFilter.WAITING)]
    return queues, reporting_status(workspace), read_basis(workspace, 2027), read_basis(workspace, 2026)


def desk_of(store: Store, folder: object) -> Workspace:
    bureau = Unit(KIT.division_code, KIT.issuer_name)
    profile = WorkspaceProfile(DeskRole.BUREAU, bureau, "李文", KIT.working_year)
    return Workspace(folder, store, Adapters(), profile, ChangeFeed())  # type: ignore[arg-type]


def test_what_is_kept_is_what_is_there(store: store_module.SqlStore, folder: object) -> None:
    dice, workspace = Dice(20261121), desk_of(store, folder)
    with store.writing() as work:
        work.kits.add(KIT, "d" * 64, NOW)
        work.commit()
    read: list[int] = []
    carried: list[bool] = []
    for _ in range(30):
        with store.writing() as work:
            for operation in dice.choices(OPERATIONS, k=dice.randrange(1, 4)):
                operation(work, dice)
            if dice.random() < 0.9:
                work.commit()
        if dice.random() < 0.15:  # by whatever words, and whatever hangs on it
            with store._engine.connect().execution_options(**WRITING) as connection, connection.begin():
                connection.execute(
                    delete(filings_table).where(filings_table.c.filing_id == some_filing(dice))
                )
        kept = seen(workspace)
        read.append(len(kept[2].lines))  # type: ignore[attr-defined]
        book, state = queue_book._BOOKS.pop(store), kept_rows._STATES.pop(store)
        assert seen(workspace) == kept
        made, queue_book._BOOKS[store], kept_rows._STATES[store] = queue_book._BOOKS[store], book, state
        carried.append(book.own_numbers != made.own_numbers)
    assert max(read) > 3
    assert sum(carried) > 5  # not read anew each time
