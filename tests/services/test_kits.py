"""Taking kits in: the first by its 核对码, later ones from the same root only; drafts come along."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.domain.check_code import check_code_of_digest
from models.domain.errors import EnvironmentProblem, KitProblem
from models.domain.filing import FilingStatus
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask
from models.domain.verdict import Judgement, VerdictWord
from services import filings, indicator_library, kit_issue, matrix, receipts, setup
from services.kit_differences import kit_differences
from services.kit_issue import KitDraft
from services.kits import KitOffer, RootChange, code_of_kit, look_at_kit, take_kit
from services.ports.store import FilingQuery
from services.workspaces import DeskRole, Workspace, working_years
from tests.fakes.exchange import spoil
from tests.services.county import PASSWORD, TOWN, County, everything_but_notes, opened


def offer(county: County, desk: Workspace, path: Path) -> KitOffer:
    return look_at_kit(county.tools, path, desk.current_kit().kit)


def as_real(county: County) -> None:
    """The bureau as if it were no practice bureau."""
    county.bureau.profile = replace(county.bureau.profile, is_practice=False)


class TestTheFirst:
    def test_its_code_is_compared_unless_it_is_for_practice(self, county: County) -> None:
        practice_kit = look_at_kit(county.tools, county.kit_file)
        assert not practice_kit.needs_comparison
        as_real(county)
        real = look_at_kit(county.tools, county.issued())
        assert real.needs_comparison
        with county.bureau.store.reading() as work:
            record = work.packages.get(real.digest)
        assert record is not None
        assert real.check_code == check_code_of_digest(bytes.fromhex(record.payload_sha256))
        assert real.differences == ()

    def test_a_file_that_is_none(self, county: County, tmp_path: Path) -> None:
        junk = tmp_path / "kit.asice"
        junk.write_bytes(b"junk")
        with pytest.raises(KitProblem, match="不是本程序生成的报送文件"):
            look_at_kit(county.tools, junk)
        with pytest.raises(KitProblem, match="这是压缩包，请先解压"):
            look_at_kit(county.tools, junk.rename(tmp_path / "通知.ZIP"))
        with pytest.raises(KitProblem, match="打不开"):
            look_at_kit(county.tools, tmp_path / "gone")
        desk = county.desk()
        with pytest.raises(KitProblem, match="不是任务参数包"):
            look_at_kit(county.tools, county.sealed(desk, county.filled(desk)))

    def test_one_of_long_ago_or_a_machine_that_runs_ahead(
        self, county: County, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        judge, reason = county.tools.reader.judge, county.tools.reasons.reason("stale_revocation_list")

        def stale(*given: Any, **more: Any) -> Judgement:
            judged = judge(*given, **more)
            word = VerdictWord.CANNOT_JUDGE
            return replace(judged, verdict=replace(judged.verdict, word=word, reasons=(reason,)))

        monkeypatch.setattr(county.tools.reader, "judge", stale)
        with pytest.raises(KitProblem, match=r"请先看电脑日期（2026年.*）对不对；没有错的，向财政部门"):
            look_at_kit(county.tools, county.kit_file)

    def test_one_that_was_changed(self, county: County) -> None:
        spoil(county.kit_file, spoiled=True)
        with pytest.raises(KitProblem, match="签名以后被改动"):
            look_at_kit(county.tools, county.kit_file)

    def test_one_that_cannot_be_read(self, county: County) -> None:

        payload = json.loads(county.kit_file.read_text("utf-8"))["payload"]
        payload["parameter_kit"]["tasks"] = 5
        spoil(county.kit_file, payload=payload)
        with pytest.raises(KitProblem, match="无法识别"):
            look_at_kit(county.tools, county.kit_file)


class TestALaterOne:
    def test_newer_is_taken_and_known_by_its_code(self, county: County) -> None:
        desk = county.desk()
        taken = offer(county, desk, county.issued(name="示例县2026年任务参数包（修订）"))
        assert not taken.needs_comparison
        assert take_kit(desk, taken) == 0
        stored = desk.current_kit()
        assert (stored.kit.version, stored.kit.name) == (2, "示例县2026年任务参数包（修订）")
        assert code_of_kit(desk, stored) == taken.check_code
        assert (desk.archive / f"{taken.digest}.asice").exists()
        assert working_years(desk) == [2026]

    def test_the_same_again_changes_nothing_visible(self, county: County) -> None:
        desk = county.desk()
        take_kit(desk, offer(county, desk, county.kit_file))
        assert desk.current_kit().kit.version == 1

    def test_older_is_refused_also_from_an_old_offer(self, county: County) -> None:
        desk = county.desk()
        old = offer(county, desk, county.kit_file)
        take_kit(desk, offer(county, desk, county.issued()))
        with pytest.raises(KitProblem, match="这是第 1 版，本机已是第 2 版"):
            offer(county, desk, county.kit_file)
        before = everything_but_notes(desk)
        with pytest.raises(KitProblem, match="已装入过第 2 版"):
            take_kit(desk, old)
        assert everything_but_notes(desk) == before

    def test_another_root_nobody_announced_is_compared_on_paper(self, county: County, tmp_path: Path) -> None:
        from services import practice

        desk = county.desk()
        (tmp_path / "stick2").mkdir()
        other = practice.build_bureau(
            county.tools, tmp_path / "bureau2", tmp_path / "stick2", ("root-pass-3", "bureau-pass-4")
        )
        found = offer(county, desk, other.kit_file)
        assert (found.root_change, found.needs_comparison) == (RootChange.UNKNOWN, True)

    def test_practice_and_real_never_mix(self, county: County, tmp_path: Path) -> None:
        desk = county.desk()
        (builtin, *_) = county.tools.builtin_kits(2026)
        real = setup.set_up_unit_builtin(
            county.tools, tmp_path / "real", builtin, desk.profile.unit, "张敏", DeskRole.FILER
        )
        with pytest.raises(KitProblem, match="演示用的任务参数包"):
            offer(county, real, county.kit_file)
        as_real(county)
        with pytest.raises(KitProblem, match="演示工作区"):
            offer(county, desk, county.issued())

    def test_a_unit_that_is_not_in_its_register(self, county: County) -> None:
        desk = county.desk()
        with county.bureau.store.writing() as work:
            work.registers.remove_unit(TOWN)
            work.commit()
        taken = offer(county, desk, county.issued())
        before = everything_but_notes(desk)
        with pytest.raises(KitProblem, match="名录里没有 820001 示例县柳林镇人民政府"):
            take_kit(desk, taken)
        assert everything_but_notes(desk) == before

    def test_the_units_line_of_the_register_comes_along(self, county: County) -> None:
        desk = county.desk()
        with county.bureau.store.writing() as work:
            unit = next(u for u in work.registers.units() if u.code == TOWN)
            work.registers.put_units([replace(unit, contact_phone="0990-6009999")])
            work.commit()
        take_kit(desk, offer(county, desk, county.issued()))
        assert desk.profile.unit.contact_phone == "0990-6009999"

    def test_nothing_is_half_taken_when_the_disk_is_full(self, county: County) -> None:
        desk = county.desk()
        county.filled(desk, 2)
        taken = offer(county, desk, county.issued())
        kit = desk.current_kit()
        county.tools.files.failure = EnvironmentProblem("磁盘已满")
        with pytest.raises(EnvironmentProblem):
            take_kit(desk, taken)
        assert desk.current_kit() == kit
        take_kit(desk, taken)
        assert desk.current_kit().kit.version == 2

    def test_the_units_own_certificate_comes_home(self, county: County) -> None:
        desk = county.desk()
        path = county.sealed(desk, county.filled(desk))
        county.receive(path)
        county.register()
        assert desk.vault.certificate("unit").is_self_signed
        take_kit(desk, offer(county, desk, county.issued()))
        mine = desk.vault.certificate("unit")
        assert not mine.is_self_signed
        assert mine.subject.unit_code == TOWN

    def test_an_older_certificate_does_not_replace_a_newer_one(self, county: County) -> None:
        desk = county.desk()
        county.accepted(desk, county.filled(desk))
        kit_file = county.issued()
        county.tools.clock.moment = county.tools.clock.moment.replace(month=10)
        newer = county.tools.authority.issue(
            county.keys.root,
            desk.vault.certificate("unit").pem,
            desk.vault.certificate("unit").subject,
            county.tools.clock.now(),
        )
        desk.vault.take_certificate("unit", newer.pem)
        take_kit(desk, offer(county, desk, kit_file))
        assert desk.vault.certificate("unit") == newer


class TestDrafts:
    @staticmethod
    def other_ids(tasks: tuple[FilingTask, ...]) -> tuple[FilingTask, ...]:
        return tuple(replace(task, task_id=f"2026-{number}") for number, task in enumerate(tasks))

    def test_they_move_to_the_new_tasks_of_their_form_and_year(self, county: County) -> None:
        desk = county.desk()
        ids = county.filled(desk, 3)
        before = {filing_id: self.answers(desk, filing_id) for filing_id in ids}
        tasks = self.other_ids(desk.current_kit().kit.tasks)
        moved = take_kit(desk, offer(county, desk, county.issued(tasks=tasks)))
        assert moved == len(ids)
        for filing_id in ids:
            assert self.answers(desk, filing_id) == before[filing_id]
        cells = [cell for row in matrix.matrix(desk).rows for cell in row.cells if cell.filing_id]
        assert {cell.filing_id for cell in cells} == set(ids)

    @staticmethod
    def answers(desk: Workspace, filing_id: str) -> object:
        with desk.store.reading() as work:
            filing = work.filings.get(filing_id)
        assert filing is not None
        return filing.answers

    def test_sent_ones_keep_the_task_they_were_sent_for(self, county: County) -> None:
        desk = county.desk()
        (filing_id,) = county.filled(desk)
        county.sealed(desk, [filing_id])
        task_id = self.task_of(desk, filing_id)
        tasks = self.other_ids(desk.current_kit().kit.tasks)
        assert take_kit(desk, offer(county, desk, county.issued(tasks=tasks))) == 0
        assert self.task_of(desk, filing_id) == task_id

    @staticmethod
    def task_of(desk: Workspace, filing_id: str) -> str:
        with desk.store.reading() as work:
            filing = work.filings.get(filing_id)
        assert filing is not None
        return filing.task_id

    def test_one_of_several_stages_is_met_by_its_stage(self, county: County) -> None:
        desk = county.desk()
        (filing_id,) = county.filled(desk)
        kit = desk.current_kit().kit
        mine = next(task for task in kit.tasks if task.task_id == self.task_of(desk, filing_id))
        others = tuple(task for task in kit.tasks if task is not mine)
        twice = (
            replace(mine, task_id="same"),
            replace(mine, task_id="other", period="二季度"),
            *others,
        )
        take_kit(desk, offer(county, desk, county.issued(tasks=twice)))
        assert self.task_of(desk, filing_id) == "same"

    def test_where_nobody_can_tell_they_stay(self, county: County) -> None:
        desk = county.desk()
        (filing_id,) = county.filled(desk)
        kit = desk.current_kit().kit
        mine = next(task for task in kit.tasks if task.task_id == self.task_of(desk, filing_id))
        others = tuple(task for task in kit.tasks if task is not mine)
        twice = (replace(mine, task_id="one"), replace(mine, task_id="two"), *others)
        assert take_kit(desk, offer(county, desk, county.issued(tasks=twice))) == 0
        assert self.task_of(desk, filing_id) == mine.task_id
        assert take_kit(desk, offer(county, desk, county.issued(tasks=(mine, *others)))) == 0
        assert filings.open_filing(desk, mine.task_id).filing.filing_id == filing_id

    def test_lists_count_their_findings_by_the_new_rules(self, county: County) -> None:
        desk = county.desk()
        ids = county.filled(desk, 3)
        assert {(o.blocking, o.status) for o in self.overview(desk)} == {(0, FilingStatus.DRAFT)}
        template = county.bureau.current_kit().kit
        settings = {**template.check_settings, "C6": {**template.check_settings["C6"]}}
        key = next(k for k, v in settings["C6"].items() if isinstance(v, int))
        settings["C6"][key] = 5000
        strict = replace(template, check_settings=settings)
        draft = KitDraft(strict, strict.name, strict.tasks, strict.trust_mode)
        record = kit_issue.issue_kit(county.bureau, draft, county.keys, county.stick)
        revisions = {i: self.revision(desk, i) for i in ids}
        take_kit(desk, offer(county, desk, Path(record.source_path)))
        assert any(o.blocking for o in self.overview(desk))
        for shown in self.overview(desk):
            changed = self.revision(desk, shown.filing_id) - revisions[shown.filing_id]
            assert changed == bool(shown.blocking)

    def test_lists_count_what_the_desks_library_finds(self, county: County) -> None:
        desk = county.desk()
        own = indicator_library.keep_own(
            desk,
            {
                "first_level": "output",
                "second_level": "quantity",
                "third_level": "维护路灯盏数",
                "comparator": "≥",
                "planned_value": "120",
                "measure_unit": "盏",
            },
        )
        filing_id = next(i for i in county.filled(desk, 3) if opened(desk, i).filing.project_id)
        form = opened(desk, filing_id)
        row = {**form.filing.answers["indicators"][0], "library_code": own.code}
        row |= {"third_level": own.name, "second_level": own.second_level, "measure_unit": "米"}
        rows = [row, *form.filing.answers["indicators"][1:]]
        filings.save_draft(desk, form, {**form.filing.answers, "indicators": rows}, {})
        (before,) = [o for o in self.overview(desk) if o.filing_id == filing_id]
        form = opened(desk, filing_id)
        assert "C23" in {f.code for f in filings.check(form, form.filing.answers).findings}
        take_kit(desk, offer(county, desk, county.issued()))
        (after,) = [o for o in self.overview(desk) if o.filing_id == filing_id]
        assert (after.blocking, after.to_explain) == (before.blocking, before.to_explain)
        assert self.revision(desk, filing_id) == form.filing.revision

    @staticmethod
    def overview(desk: Workspace):
        with desk.store.reading() as work:
            return work.filings.overview(FilingQuery())

    @staticmethod
    def revision(desk: Workspace, filing_id: str) -> int:
        with desk.store.reading() as work:
            filing = work.filings.get(filing_id)
        assert filing is not None
        return filing.revision

    def test_from_the_builtin_kit_to_the_bureaus(self, county: County, tmp_path: Path) -> None:
        """What was filled in before the bureau had a program is not typed twice."""
        builtin = next(kit for kit in county.tools.builtin_kits(2026) if kit.frames)
        unit = next(unit for unit in county.tools.county.units if unit.code == TOWN)
        desk = setup.set_up_unit_builtin(
            county.tools, tmp_path / "early", builtin, unit, "张敏", DeskRole.FILER
        )
        task = next(t for t in builtin.tasks if t.form_id == "overall_expenditure_target")
        opened = filings.open_filing(desk, task.task_id)
        saved = filings.save_draft(desk, opened, {**opened.filing.answers, "reviewer_name": "周正"}, {})
        as_real(county)
        tasks = tuple(
            replace(t, task_id=f"990000-{t.task_id}", budget_year=task.budget_year)
            for t in county.bureau.current_kit().kit.tasks
        )
        first = look_at_kit(county.tools, county.issued(tasks=tasks), desk.current_kit().kit)
        assert first.needs_comparison
        assert any("改用" in sentence for sentence in first.differences)
        assert take_kit(desk, first) == 1
        with desk.store.reading() as work:
            kept = work.filings.get(saved.filing.filing_id)
        assert kept is not None
        assert kept.answers["reviewer_name"] == "周正"
        assert desk.current_kit().kit.task(kept.task_id) is not None


class TestDifferences:
    @pytest.fixture
    def kit(self, county: County) -> ParameterKit:
        return county.bureau.current_kit().kit

    def test_nothing_changed(self, kit: ParameterKit) -> None:
        assert list(kit_differences(kit, kit)) == []

    def test_every_kind_of_change_is_one_sentence(self, kit: ParameterKit) -> None:
        first, second, *rest = kit.tasks
        moved = replace(first, closes_on=date(2026, 12, 31))
        added = replace(second, task_id="added", name="新任务", closes_on=date(2026, 11, 30))
        settings = {k: v for k, v in kit.check_settings.items() if k != "C6"}
        new = replace(
            kit,
            version=kit.version + 1,
            tasks=(moved, added, *rest),
            schemes=kit.schemes[:-1],
            frames=kit.frames[:-1],
            check_settings=settings,
            ex_ante=None,
            units=kit.units[:-2],
            register=kit.register[:-5],
        )
        assert list(kit_differences(kit, new)) == [
            f"由第 {kit.version} 版更新为第 {kit.version + 1} 版",
            f"“{first.name}”截止日期由{self.day(first.closes_on)}改为2026年12月31日",
            "新增任务“新任务”，2026年11月30日截止",
            f"任务“{second.name}”已取消，填过的内容仍保留在本机",
            "计分方案有变化，请核对分值",
            "指标框架有变化，请核对一级、二级指标",
            "校验规则有变化，打开的表会重新校验",
            "事前绩效评估的范围有变化",
            "单位名录：增加 0 个，减少 2 个",
            f"年度预算项目名录由 {len(kit.register)} 条变为 {len(kit.register) - 5} 条",
        ]

    @staticmethod
    def day(day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日"


def test_a_first_start_keeps_the_kit_file_and_makes_the_key(county: County) -> None:
    desk = county.desk()
    assert desk.profile.person_name == "张敏"
    assert desk.profile.is_practice
    assert desk.vault.names() == ("unit",)
    assert desk.vault.unlock("unit", PASSWORD, county.tools.clock.now())
    assert list(desk.archive.iterdir())
    assert receipts.without_receipt(county.bureau) == []
