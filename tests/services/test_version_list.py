"""All versions of a filing in one list: in force, kept, put aside, waiting; any two of them compared and written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.errors import InputError
from services import version_decisions
from services.archive import open_received
from services.received_checks import received_report
from services.version_comparison import compare
from services.version_list import Standing, line_of, version_list, write_differences
from services.workspaces import Workspace
from tests.fakes.documents import FakeDocuments
from tests.services.county import County
from tests.services.test_version_decisions import WHY, Scene


@pytest.fixture
def scene(county: County, town: Workspace) -> Scene:
    return Scene(county, town)


def test_every_version_with_its_standing_and_any_two_compared(scene: Scene, tmp_path: Path) -> None:
    newer = scene.forged(scene.changed(3, reviewer_name="第三版的"), "third.asice")
    assert scene.county.codes(newer) == [set()]
    declined = scene.waiting(3, "aside.asice", reviewer_name="不采用的")
    version_decisions.keep(scene.bureau, compare(scene.bureau, declined), WHY)
    scene.waiting(1, "old.asice", reviewer_name="迟到的")
    found = version_list(scene.bureau, scene.filing_id)
    shown = {(line.version, line.standing): line for line in found.lines}
    assert set(shown) == {
        (1, Standing.WAITING),
        (2, Standing.KEPT),
        (3, Standing.IN_FORCE),
        (3, Standing.DECLINED),
    }
    kept, force = shown[2, Standing.KEPT], shown[3, Standing.IN_FORCE]
    assert kept.changed is None
    assert force.changed == 1
    assert force.signer
    assert force.verdict is not None
    aside = shown[3, Standing.DECLINED]
    assert [item.reason for item in aside.decisions] == [WHY]
    assert aside.path is not None
    assert shown[1, Standing.WAITING].path is not None
    (cell,) = found.between(kept, force)
    assert (cell.kept, cell.came) == ("先来的", "第三版的")
    (other,) = found.between(shown[1, Standing.WAITING], aside)
    assert (other.kept, other.came) == ("迟到的", "不采用的")
    assert found.between(force, force) == ()
    assert line_of(found, force.key) == force
    with pytest.raises(InputError, match="不在列表"):
        line_of(found, ("x", "y"))
    path = write_differences(scene.bureau, found, kept, force, tmp_path)
    again = write_differences(scene.bureau, found, kept, force, tmp_path)
    assert path != again
    documents = scene.bureau.tools.documents
    assert isinstance(documents, FakeDocuments)
    ((sheet,), _) = documents.data_sheets[-2:]
    assert [head.text for head in sheet.heads] == ["序号", "位置", "第 2 版（留存）", "第 3 版（现在采用）"]
    assert [row[1:] for row in sheet.rows] == [("审核人", "先来的", "第三版的")]


def test_a_choice_made_is_no_fault_any_more(scene: Scene) -> None:
    def codes() -> set[str]:
        return {
            item.code
            for item in received_report(scene.bureau, open_received(scene.bureau, scene.filing_id)).findings
        }

    assert "C43" not in codes()
    path = scene.waiting(2, reviewer_name="后来的")
    version_decisions.adopt(scene.bureau, compare(scene.bureau, path), WHY)
    assert "C43" not in codes()
    found = version_list(scene.bureau, scene.filing_id)
    (kept,) = (line for line in found.lines if line.standing is Standing.KEPT)
    assert kept.path is not None
    assert kept.decisions


def test_what_the_desk_knows_of_a_filing(scene: Scene) -> None:
    bureau, filing_id = scene.bureau, scene.filing_id
    received = open_received(bureau, filing_id)
    assert {item.code for item in received_report(bureau, received).findings} <= {"C44"}
    blank = replace(
        received, filing=replace(received.filing, answers={**received.filing.answers, "unit_head_name": ""})
    )
    named = [item for item in received_report(bureau, blank).findings if item.place.path == "unit_head_name"]
    assert [item.code for item in named] == ["C44"]
    task = replace(received.context.task, closes_on=received.context.task.opens_on)
    late = replace(received, context=replace(received.context, task=task))
    assert [item.subject for item in received_report(bureau, late).findings if item.code == "C45"] == [
        "报送时间"
    ]
