"""Issuing kits: what units could not use is refused, versions count up, nothing half issued goes about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from models.domain.errors import DeskError, EnvironmentProblem, InputError, KitProblem
from models.domain.kit import GradeBand, ParameterKit
from models.domain.kit_json import kit_from_json, kit_to_json
from services import kit_drafts, kit_issue, setup
from services.kit_issue import KitDraft, draft_from
from services.messages import kit_digest
from services.setup import BureauSetup
from tests.fakes.tools import FakeTools
from tests.services.county import LEAF, ROOT, TOWN, County, everything_but_notes


def draft_of(county: County) -> KitDraft:
    return draft_from(county.bureau, county.bureau.current_kit().kit)


def issue(county: County, draft: KitDraft) -> Path:
    return Path(kit_issue.issue_kit(county.bureau, draft, county.keys, county.stick).source_path)


def test_what_goes_out_is_what_is_kept(county: County) -> None:
    payload = json.loads(county.kit_file.read_text("utf-8"))["payload"]
    stored = county.bureau.current_kit()
    kit = kit_from_json(payload["parameter_kit"])
    assert kit == stored.kit
    assert kit_digest(kit) == kit_digest(stored.kit)
    assert (kit.version, kit.kit_id, kit.is_practice) == (1, "990000-2026", True)
    assert kit.issued_on == county.bureau.today
    assert kit.root_certificate == county.keys.root.certificate.pem
    assert len(kit.units) == 12
    assert {entry.budget_year for entry in kit.register} == {task.budget_year for task in kit.tasks}
    assert payload["message_type"] == "parameter_kit"


def test_versions_and_numbers_count_up(county: County) -> None:
    kits = [json.loads(issue(county, draft_of(county)).read_text("utf-8"))["payload"] for _ in range(2)]
    assert [kit["parameter_kit"]["version"] for kit in kits] == [2, 3]
    assert kits[0]["number"] < kits[1]["number"]
    lists = [json.loads(kit["parameter_kit"]["revocation_list"])["number"] for kit in kits]
    assert lists[0] < lists[1]


def test_certificates_travel_along_and_revoked_ones_are_on_the_list(county: County) -> None:
    from services import bureau_keys

    desk = county.desk()
    county.accepted(desk, county.filled(desk))
    issue(county, draft_of(county))
    fingerprint = desk.vault.certificate("unit").fingerprint
    authority = county.tools.authority

    def in_force() -> set[str]:
        kit = county.bureau.current_kit().kit
        listed = authority.read_revocation_list(kit.root_certificate, kit.revocation_list).revocations
        gone = {item.serial for item in listed}
        carried = map(authority.read_certificate, kit.certificates)
        return {one.fingerprint for one in carried if one.serial not in gone}

    assert fingerprint in in_force()
    bureau_keys.revoke_key(county.bureau, county.keys, fingerprint)
    issue(county, draft_of(county))
    assert fingerprint not in in_force()


Change = Callable[[KitDraft], KitDraft]


def with_kit(**changes: object) -> Change:
    return lambda draft: replace(draft, template=replace(draft.template, **changes))  # type: ignore[arg-type]


def first_task(**changes: object) -> Change:
    return lambda draft: replace(
        draft,
        tasks=(replace(draft.tasks[0], **changes), *draft.tasks[1:]),  # type: ignore[arg-type]
    )


def unsound_schemes(draft: KitDraft) -> KitDraft:
    """Grades that leave low scores without a name."""
    kit = draft.template
    schemes = tuple(replace(one, grades=(GradeBand("优", Decimal(90)),)) for one in kit.schemes)
    return replace(draft, template=replace(kit, schemes=schemes))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda draft: replace(draft, name=" "), "名称没有填"),
        (lambda draft: replace(draft, name="长" * 201), "超过 200 字"),
        (lambda draft: replace(draft, tasks=()), "还没有任务"),
        (lambda draft: replace(draft, tasks=draft.tasks * 2), "编号相同"),
        (first_task(form_id="of_the_future"), "没有可用的表"),
        (with_kit(form_settings=()), "没有可用的表"),
        (with_kit(frames=()), "缺少指标框架"),
        (with_kit(schemes=()), "缺少计分方案"),
        (with_kit(check_settings={}), "校验参数"),
        (unsound_schemes, "计分方案“.+”：低于 90 分的没有等级"),
    ],
    ids=["name", "long", "no tasks", "twice", "form", "setting", "frame", "scheme", "checks", "unsound"],
)
def test_what_no_unit_could_use(county: County, change: Change, message: str) -> None:
    before = everything_but_notes(county.bureau), sorted(county.stick.iterdir())
    with pytest.raises((InputError, KitProblem), match=message):
        issue(county, change(draft_of(county)))
    assert (everything_but_notes(county.bureau), sorted(county.stick.iterdir())) == before


def test_dates_that_run_backwards(county: County) -> None:
    task = draft_of(county).tasks[0]
    with pytest.raises(InputError, match=f"“{task.name}”的截止日期早于开始日期"):
        issue(county, first_task(closes_on=task.opens_on - timedelta(days=1))(draft_of(county)))
    issue(county, first_task(closes_on=task.opens_on)(draft_of(county)))


def test_the_name_is_set_on_one_line(county: County) -> None:
    issue(county, replace(draft_of(county), name=" 示例县\n2026年　任务参数包 "))
    assert county.bureau.current_kit().kit.name == "示例县 2026年 任务参数包"


def test_an_empty_register_or_a_desk_without_keys(tools: FakeTools, tmp_path: Path) -> None:
    wanted = BureauSetup("440000", "甲县财政局", "李文", 2026, ROOT, LEAF)
    bureau, keys = setup.set_up_bureau(tools, tmp_path / "b", wanted)
    draft = kit_issue.draft_from(bureau, kit_issue.templates(bureau)[0])
    assert draft.name == "甲县财政局2026年任务参数包"
    with pytest.raises(InputError, match="单位名录还是空的"):
        kit_issue.issue_kit(bureau, draft, keys, tmp_path)
    with bureau.store.writing() as work:
        work.registers.put_units(tools.practice.practice_units())
        work.settings.put("root_certificate", None)
        work.commit()
    with pytest.raises(KitProblem, match="还没有财政部门的签名密钥"):
        kit_issue.issue_kit(bureau, draft, keys, tmp_path)


@pytest.mark.parametrize("place", ["carrier", "archive", "database"])
def test_nothing_half_issued_goes_about(county: County, place: str) -> None:
    problem: DeskError = EnvironmentProblem("磁盘已满", "请清理空间后再试")
    files, kit = sorted(county.stick.iterdir()), county.bureau.current_kit()
    if place == "carrier":
        county.tools.writer.failure = problem
    elif place == "archive":
        county.tools.files.failure = problem
    else:
        write = county.tools.writer.write

        def then_full(*given: object) -> object:
            county.bureau.store.fail_next_commit = problem  # type: ignore[attr-defined]
            return write(*given)  # type: ignore[arg-type]

        county.tools.writer.write = then_full  # type: ignore[method-assign, assignment]
    with pytest.raises(EnvironmentProblem):
        issue(county, draft_of(county))
    assert sorted(county.stick.iterdir()) == files
    assert county.bureau.current_kit() == kit


class TestDraftsBegun:
    def test_kept_without_registers_and_found_again(self, county: County) -> None:
        draft = replace(draft_of(county), name="正在准备")
        kit_drafts.keep_draft(county.bureau, draft)
        kept = kit_drafts.kept_draft(county.bureau)
        assert (kept.name, kept.tasks, kept.trust_mode) == ("正在准备", draft.tasks, draft.trust_mode)
        assert kept.template.units == ()
        assert kept.template.root_certificate == ""
        issue(county, kept)
        assert len(county.bureau.current_kit().kit.units) == 12
        kit_drafts.drop_draft(county.bureau)
        assert (
            kit_drafts.kept_draft(county.bureau).name == "正在准备"
        )  # the kit just issued is the template now

    def test_one_that_cannot_be_read_is_begun_anew(self, county: County) -> None:
        with county.bureau.store.writing() as work:
            work.settings.put("kit_draft_2026", {"of": "the future"})
            work.commit()
        assert kit_drafts.kept_draft(county.bureau) == draft_of(county)

    def test_tasks_get_ids_nobody_has(self, county: County) -> None:
        draft = draft_of(county)
        task = replace(draft.tasks[0], task_id="", name="补报")
        more = kit_drafts.with_task(kit_drafts.with_task(draft, task), task)
        ids = [item.task_id for item in more.tasks]
        assert len(set(ids)) == len(ids) == len(draft.tasks) + 2
        changed = kit_drafts.with_task(more, replace(more.tasks[-1], name="改名"))
        assert [item.name for item in changed.tasks[-2:]] == ["补报", "改名"]
        assert kit_drafts.without_task(changed, ids[-1]).tasks == more.tasks[:-1]


def test_every_builtin_kit_survives_its_json(tools: FakeTools) -> None:
    kits: list[ParameterKit] = [*tools.builtin_kits(2026), tools.county]
    for kit in kits:
        again = kit_from_json(json.loads(json.dumps(kit_to_json(kit))))
        assert again == kit
        assert kit_digest(again) == kit_digest(kit)


def test_the_town_is_in_it(county: County) -> None:
    assert county.bureau.current_kit().kit.unit(TOWN) is not None
