"""Sealing: every obstacle has its sentence, and in every failure the filings stay drafts and no file is left."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.errors import (
    Cancelled,
    DeskError,
    EnvironmentProblem,
    InputError,
    KeyProblem,
    WrongPassword,
)
from models.domain.filing import FilingStatus
from models.domain.kit import TrustMode
from models.domain.message import WORKBOOKS_SIGNED
from services import bureau_keys, filings, practice, projects, sealing, setup
from services.job import JobContext
from services.kits import look_at_kit, take_kit
from services.practice_last_year import put_last_year
from services.sealing import candidates, seal
from services.workspaces import DeskRole, Workspace
from tests.fakes.exchange import expired
from tests.services.county import PASSWORD, County, kept


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def run(county: County, desk: Workspace, ids: list[str], **more: Any) -> sealing.SealResult:
    return seal(
        desk, ids, county.stick, more.pop("password", PASSWORD), more.pop("ctx", JobContext()), **more
    )


def left_alone(county: County, desk: Workspace, ids: list[str], seal_it: Callable[[], object]) -> DeskError:
    """Run a sealing that must fail: drafts stay drafts, nothing new lies on the stick or in the archive."""
    before = sorted(county.stick.iterdir()), sorted(desk.archive.iterdir())
    answers = {filing_id: kept(desk, filing_id).answers for filing_id in ids}
    with pytest.raises(DeskError) as caught:
        seal_it()
    assert (sorted(county.stick.iterdir()), sorted(desk.archive.iterdir())) == before
    for filing_id in ids:
        assert kept(desk, filing_id).status is FilingStatus.DRAFT
        assert kept(desk, filing_id).answers == answers[filing_id]
    with desk.store.reading() as work:
        assert not work.packages.find("sent")
        assert not any(work.filings.versions(filing_id) for filing_id in ids)
    return caught.value


class TestWhatItMakes:
    def test_payload_documents_record_and_state(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk, 3)
        result = run(county, desk, ids)
        body = json.loads(result.written.path.read_text("utf-8"))
        payload = body["payload"]
        assert result.filing_count == len(ids)
        assert [item["filing_id"] for item in payload["filings"]] == [
            f for f, _ in result.record.filing_versions
        ]
        assert payload["is_practice"] is True
        assert payload["sender"] == {"name": "张敏", "phone": desk.profile.unit.contact_phone}
        code = check_code(canonical_json(payload))
        assert result.written.check_code == code
        documents = desk.tools.reader.documents(result.written.path, result.written.manifest_sha256)
        assert len(documents) == 2 * len(ids)
        for name, content in documents.items():
            kind, _, mark, shown, _ = content.split(b"|", 4)
            assert (kind.decode(), mark.decode(), shown.decode()) == (Path(name).suffix[1:], "演示数据", code)
            assert b"signed by" in content
        assert payload[WORKBOOKS_SIGNED] is True
        for filing_id in ids:
            assert (kept(desk, filing_id).status, kept(desk, filing_id).version) == (FilingStatus.SEALED, 1)
            with desk.store.reading() as work:
                (version,) = work.filings.versions(filing_id)
            assert version.manifest_sha256 == result.written.manifest_sha256
        copy = desk.archive / result.record.archive_name
        assert copy.read_bytes() == result.written.path.read_bytes()
        assert result.written.path.name.startswith("820001_2026_submission_")

    def test_blank_answers_and_explanations_stay_at_home(self, county: County, desk: Workspace) -> None:
        (filing_id,) = county.filled(desk)
        filing = kept(desk, filing_id)
        opened = filings.open_filing(desk, filing.task_id, filing.project_id)
        odd = (
            {**filing.answers, "reviewer_phone": "  "}
            if "reviewer_phone" in filing.answers
            else filing.answers
        )
        filings.save_draft(desk, opened, odd, {"C50@x": " ", "C17@y": "有原因"})
        (item,) = json.loads(run(county, desk, [filing_id]).written.path.read_text("utf-8"))["payload"][
            "filings"
        ]
        assert all(value not in (None, "", []) for value in item["answers"].values())
        assert item["explanations"] == {"C17@y": "有原因"}

    def test_a_second_version_after_reopening(self, county: County, desk: Workspace) -> None:
        (filing_id,) = county.filled(desk)
        run(county, desk, [filing_id])
        filing = kept(desk, filing_id)
        filings.reopen(desk, filings.open_filing(desk, filing.task_id, filing.project_id))
        second = run(county, desk, [filing_id])
        assert (kept(desk, filing_id).version, second.record.number) == (2, 2)


class TestObstaclesOfTheDesk:
    def test_builtin_kit(self, county: County, tmp_path: Path) -> None:
        builtin = county.tools.builtin_kits(2026)[0]
        unit = next(unit for unit in county.tools.county.units if unit.code == "820001")
        desk = setup.set_up_unit_builtin(
            county.tools, tmp_path / "early", builtin, unit, "张敏", DeskRole.FILER
        )
        assert "通用示范参数" in sealing.obstacle(desk)
        with pytest.raises(KeyProblem, match="通用示范参数"):
            seal(desk, ["F"], county.stick, PASSWORD, JobContext())

    def test_no_key(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        county.tools.vault(desk.folder / "keys").keys.clear()
        assert sealing.signer(desk) is None
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert "还没有设置签名密码" in problem.sentence

    def test_certificate_awaited(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        newer = county.issued(trust_mode=TrustMode.CERTIFICATE)
        take_kit(desk, look_at_kit(county.tools, newer, desk.current_kit().kit))
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert "登记申请" in problem.sentence

    def test_clock_earlier_than_the_kit(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        county.tools.clock.moment -= timedelta(days=40)
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert isinstance(problem, EnvironmentProblem)
        assert problem.sentence == (
            "电脑日期 2026年7月23日早于任务参数包的下发日期 2026年9月1日。请把电脑日期调整正确后再试。"
        )

    def test_clock_earlier_than_the_certificate(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        county.tools.clock.moment -= timedelta(hours=1)
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert isinstance(problem, EnvironmentProblem)
        assert "签名证书的生效日期" in problem.sentence

    def test_certificate_expired(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        vault = county.tools.vault(desk.folder / "keys")
        key, password, info = vault.keys["unit"]
        vault.keys["unit"] = (key, password, expired(info, county.tools.clock.now()))
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert isinstance(problem, KeyProblem)
        assert "2026年8月31日过期" in problem.sentence

    def test_certificate_revoked(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        path = setup.write_registration_request(desk, county.folder, PASSWORD).path
        county.receive(path)
        county.register()
        take_kit(desk, look_at_kit(county.tools, county.issued(), desk.current_kit().kit))
        bureau_keys.revoke_key(county.bureau, county.keys, desk.vault.certificate("unit").fingerprint)
        take_kit(desk, look_at_kit(county.tools, county.issued(), desk.current_kit().kit))
        with desk.store.writing() as work:
            sent = len(work.packages.find("sent"))
        before = sorted(county.stick.iterdir())
        with pytest.raises(KeyProblem, match="注销"):
            run(county, desk, ids)
        assert sorted(county.stick.iterdir()) == before
        with desk.store.reading() as work:
            assert len(work.packages.find("sent")) == sent
        assert kept(desk, ids[0]).status is FilingStatus.DRAFT

    def test_wrong_password(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids, password="wrong"))
        assert isinstance(problem, WrongPassword)
        assert kept(desk, ids[0]).version == 0  # nothing was reserved for it


class TestObstaclesOfAFiling:
    def test_nothing_chosen(self, county: County, desk: Workspace) -> None:
        with pytest.raises(InputError, match="没有选择要报送的表"):
            run(county, desk, [])

    def test_blocking_and_unexplained_findings(self, county: County, desk: Workspace) -> None:
        (filing_id,) = county.filled(desk)
        filing = kept(desk, filing_id)
        opened = filings.open_filing(desk, filing.task_id, filing.project_id)
        required = next(field for field in opened.form.fields() if field.is_required)
        filings.save_draft(desk, opened, {**filing.answers, required.key: None}, {})
        (candidate,) = [c for c in candidates(desk) if c.opened.filing.filing_id == filing_id]
        assert candidate.obstacle.startswith("还有 ")
        assert "必改" in candidate.obstacle
        problem = left_alone(county, desk, [filing_id], lambda: run(county, desk, [filing_id]))
        assert problem.where == candidate.title

    def test_the_teaching_cases_that_want_an_explanation(self, county: County, desk: Workspace) -> None:
        put_last_year(desk)
        practice.fill(desk)
        waiting = [c for c in candidates(desk) if "需说明" in c.obstacle]
        assert waiting
        opened, report = waiting[0].opened, waiting[0].report
        told = {f.explanation_key: "已核实，属实。" for f in report.findings}
        filings.save_draft(desk, opened, opened.filing.answers, told)
        run(county, desk, [opened.filing.filing_id])

    def test_one_that_was_sealed_meanwhile(self, county: County, desk: Workspace) -> None:
        first, second = county.filled(desk, 2)
        run(county, desk, [first])
        with pytest.raises(InputError, match="有 1 份表已不能报送"):
            run(county, desk, [first, second])
        assert kept(desk, second).status is FilingStatus.DRAFT

    def test_one_whose_project_lies_in_the_bin(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk, 3)
        filing = next(f for i in ids if (f := kept(desk, i)).project_id)
        projects.put_in_bin(desk, filing.project_id)
        assert filing.filing_id not in {c.opened.filing.filing_id for c in candidates(desk)}
        with pytest.raises(InputError, match="已不能报送"):
            run(county, desk, [filing.filing_id])

    def test_saved_by_another_window_meanwhile(self, county: County, desk: Workspace) -> None:
        (filing_id,) = county.filled(desk)
        filing = kept(desk, filing_id)
        unlock = county.tools.vault(desk.folder / "keys").unlock

        def save_then_unlock(*given: Any) -> Any:
            opened = filings.open_filing(desk, filing.task_id, filing.project_id)
            filings.save_draft(desk, opened, {**opened.filing.answers, "reviewer_name": "别的窗口"}, {})
            return unlock(*given)

        county.tools.vault(desk.folder / "keys").unlock = save_then_unlock  # type: ignore[method-assign]
        with pytest.raises(DeskError):
            run(county, desk, [filing_id])
        assert kept(desk, filing_id).answers["reviewer_name"] == "别的窗口"
        assert kept(desk, filing_id).status is FilingStatus.DRAFT


class TestFailures:
    def test_a_full_carrier_leaves_drafts_and_burns_the_number(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk, 2)
        county.tools.writer.failure = EnvironmentProblem("存储空间不足，文件没有写成", "请换一个存储介质")
        left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert {kept(desk, i).version for i in ids} == {1}
        result = run(county, desk, ids)
        assert (result.record.number, {kept(desk, i).version for i in ids}) == (2, {2})

    def test_what_reads_back_differently_is_taken_away(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        county.tools.writer.spoils = True
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert "读回来与原文不一致" in problem.sentence

    def test_a_full_disk_at_home_takes_the_file_away_again(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        county.tools.files.failure = EnvironmentProblem("磁盘已满")
        left_alone(county, desk, ids, lambda: run(county, desk, ids))
        assert run(county, desk, ids).written.path.exists()

    @pytest.mark.parametrize("step", range(5))
    def test_stopped_at_any_step(self, county: County, desk: Workspace, step: int) -> None:
        ids = county.filled(desk, 2)

        def stop(done: int, _total: int, _text: str) -> None:
            if done == step:
                ctx.cancel()

        ctx = JobContext(stop)
        if step == 4:  # told, written, judged: what was announced last is finished
            assert run(county, desk, ids, ctx=ctx).filing_count == 2
            return
        left_alone(county, desk, ids, lambda: run(county, desk, ids, ctx=ctx))

    def test_stopped_after_the_file_was_written(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk)
        ctx = JobContext()
        write = county.tools.writer.write

        def write_then_stop(*given: Any) -> Any:
            ctx.cancel()
            return write(*given)

        county.tools.writer.write = write_then_stop  # type: ignore[method-assign]
        problem = left_alone(county, desk, ids, lambda: run(county, desk, ids, ctx=ctx))
        assert isinstance(problem, Cancelled)

    def test_a_carrier_pulled_out_keeps_its_file_and_the_desk_goes_on(
        self, county: County, desk: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ids = county.filled(desk)
        county.tools.files.failure = EnvironmentProblem("磁盘已满")

        def gone(_path: Path, missing_ok: bool = False) -> None:
            raise OSError(19, "no such device")

        monkeypatch.setattr(Path, "unlink", gone)
        with pytest.raises(EnvironmentProblem):
            run(county, desk, ids)
        assert kept(desk, ids[0]).status is FilingStatus.DRAFT
        assert run(county, desk, ids).record.number == 2


def test_candidates_of_some_ids_only(county: County, desk: Workspace) -> None:
    ids = county.filled(desk, 3)
    assert [c.opened.filing.filing_id for c in candidates(desk, ids[1:2])] == ids[1:2]
    assert {c.opened.filing.filing_id for c in candidates(desk)} == set(ids)
    assert candidates(desk, []) == []


def test_a_filing_of_a_task_of_another_kit_is_no_candidate(county: County, desk: Workspace) -> None:
    (filing_id,) = county.filled(desk)
    state = desk.store.state  # type: ignore[attr-defined]
    stored, task_id = state.kits[0], kept(desk, filing_id).task_id
    others = tuple(task for task in stored.kit.tasks if task.task_id != task_id)
    state.kits = [replace(stored, kit=replace(stored.kit, tasks=others))]
    assert candidates(desk) == []
