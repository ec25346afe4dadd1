"""The practice desks (先看演示): where their files lie, and that a build that was stopped is done anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from main import Adapters
from models.domain.errors import Cancelled
from services import demo
from services.job import JobContext
from services.workspaces import open_workspace

pytestmark = pytest.mark.slow


class Stops(JobContext):
    """A person who presses 停止 at a step."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def step(self, done: int, total: int, text: str) -> None:
        if done == self._at:
            raise Cancelled


def test_both_desks_after_a_build_that_was_stopped(tmp_path: Path) -> None:
    folder, tools = tmp_path / "演示", Adapters()
    with pytest.raises(Cancelled):
        demo.build_practice(tools, folder, Stops(2))
    assert not demo.has_practice(folder)
    demo.build_practice(tools, folder, JobContext())
    assert sorted(path.name for path in folder.iterdir()) == ["bureau", "stick", "unit"]
    for name in ("unit", "bureau"):
        desk = open_workspace(tools, folder / name).workspace
        with desk.store.reading() as work:
            records = [*work.packages.find("sent"), *work.packages.find("received")]
        assert records
        for record in records:
            if record.carrier_sha256:  # taken out of a department's package, which lies on the stick
                continue
            path = Path(record.source_path)
            assert path.is_file(), path
            assert path.parent == folder / "stick"
        desk.close()
