"""The practice desks (先看演示): where their files lie, and that a build that was stopped is done anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from main import Adapters
from models.domain.errors import Cancelled, InputError
from models.domain.message import MessageType
from services import demo, intake
from services.department.bureau_remarks import bureau_remarks
from services.department.forwarding import forwardable
from services.department.passing_down import unit_messages
from services.job import JobContext
from services.review.queue import QueueFilter, QueueQuery, queue
from services.workspaces import DeskRole, Workspace, open_workspace

pytestmark = pytest.mark.slow


class Stops(JobContext):
    """A person who presses 停止 at a step."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def step(self, done: int, total: int, text: str) -> None:
        if done == self._at:
            raise Cancelled


def test_the_desks_after_a_build_that_was_stopped(tmp_path: Path) -> None:
    folder, tools = tmp_path / "演示", Adapters()
    with pytest.raises(Cancelled):
        demo.build_practice(tools, folder, Stops(2))
    assert not demo.has_practice(folder)
    demo.build_practice(tools, folder, JobContext())
    sticks = [folder / "stick", folder / "department_stick"]
    names = ["bureau", "department", "department_stick", "stick", "unit", "下级报送"]
    assert sorted(path.name for path in folder.iterdir()) == names
    for role in DeskRole:
        desk = open_workspace(tools, demo.practice_desk(folder, role)).workspace
        assert desk.profile.is_practice
        assert desk.profile.role is role
        with desk.store.reading() as work:
            records = [*work.packages.find("sent"), *work.packages.find("received")]
        assert records
        for record in records:
            if record.carrier_sha256:  # taken out of a department's package, which lies on the stick
                continue
            path = Path(record.source_path)
            assert path.is_file(), path
            assert sticks[0] == path.parent or sticks[1] in path.parents
        if role is DeskRole.DEPARTMENT:
            assert_work_waits(desk, folder / "下级报送")
        desk.close()
    shutil.rmtree(folder / "department")
    with pytest.raises(InputError, match="没有主管部门端"):
        demo.practice_desk(folder, DeskRole.DEPARTMENT)
    assert demo.has_practice(folder)


def assert_work_waits(desk: Workspace, new: Path) -> None:
    """A unit's package to be reviewed, another to be taken in; the desk signs by the password people are told."""
    waiting = queue(desk, QueueQuery(QueueFilter.WAITING))
    assert {line.unit.code for line in waiting} == {"205001", "205002"}
    assert {item.obstacle for item in forwardable(desk)} == {"还有 1 份表没有审核"}
    (handed_on,) = [item for item in unit_messages(desk) if item.is_waiting]
    assert handed_on.kind is MessageType.RETURN_SLIP
    ((returned, _version),) = handed_on.record.filing_versions
    assert [item.text for item in bureau_remarks(desk, returned) if item.place] == [
        "请写明受益人数，并与指标值一致。"
    ]
    taken = intake.receive(desk, [new], JobContext()).filings
    assert len(queue(desk, QueueQuery(QueueFilter.WAITING))) == len(waiting) + taken > len(waiting)
    desk.vault.unlock("unit", f"{demo.PRACTICE_PASSWORD}-department", desk.tools.clock.now())
