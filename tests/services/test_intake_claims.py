"""What a refused file says of itself: kept short, on one line, never taken for true, there after a restart."""

from __future__ import annotations

from services import intake
from services.intake_claims import LONGEST, claimed_words, short
from services.package_lines import package_lines
from services.ports.store import FileClaims
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.services.county import County
from tests.services.intaking import sealed_payload


def test_unit_kind_contents_and_tasks_are_kept(county: County, town: Workspace) -> None:
    county.receive(county.sealed(town, county.filled(town, 3)))
    (note,) = intake.quarantine(county.bureau)
    claims, unit = note.claims, town.profile.unit
    assert (claims.unit_code, claims.unit_name, claims.message_type) == (unit.code, unit.name, "报送文件")
    assert (claims.filing_count, claims.version) == ("3", "1")
    assert "项目支出绩效目标申报表" in claims.contents
    tasks = {task.name for task in county.bureau.current_kit().kit.tasks}
    assert claims.tasks
    assert set(claims.tasks.split("、")) <= tasks


def test_a_name_that_goes_on_for_ever_is_cut(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    payload["unit_name"] = "甲" * 150
    payload["filings"][0]["task_id"] = "T" * 60
    county.receive(county.forged(town, payload))
    (note,) = intake.quarantine(county.bureau)
    assert all(len(text) <= LONGEST for text in (note.claims.unit_name, note.claims.tasks))
    assert note.claims.unit_name.endswith("…")
    assert note.claims.tasks == "没有下达过的任务"


def test_a_unit_nobody_knows_is_marked_as_claimed(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    with county.bureau.store.writing() as work:
        work.registers.remove_unit(town.profile.unit.code)
        work.commit()
    payload["filings"][0]["task_id"] = "never_handed_out"
    county.receive(county.forged(town, payload))
    (line,) = package_lines(county.bureau)
    assert (line.unit_name, line.is_unit_claimed) == (town.profile.unit.name, True)


def test_what_cannot_be_read_claims_nothing(county: County, town: Workspace) -> None:
    path = county.sealed(town, county.filled(town))
    spoil(path, spoiled=True)
    county.receive(path)
    (note,) = intake.quarantine(county.bureau)
    assert (note.claims.unit_name, note.claims.contents) == ("", "")
    (line,) = package_lines(county.bureau)
    assert "第" not in line.claimed


def test_words_leave_out_what_is_not_there() -> None:
    assert claimed_words(FileClaims()) == ""
    assert claimed_words(FileClaims(unit_code="820001", version="2")) == "820001，第 2 版"
    assert short("甲\n乙\u202e") == "甲 乙"
    assert short("甲" * 200) == "甲" * (LONGEST - 1) + "…"
