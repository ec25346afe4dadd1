"""Attaching evidence: copied whole, known by digest, refused with a sentence, removed and brought back."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.errors import Cancelled, EnvironmentProblem, InputError
from services import evidence, evidence_files, filings
from services.changes import Topic
from services.evidence_places import reuse_key
from services.job import JobContext
from services.workspaces import Workspace
from tests.services.attaching import PDF, attach, on_disk, project_filing, refused, row_of, source
from tests.services.county import County, kept, opened

PICTURE = b"\x89PNG picture"


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


@pytest.fixture
def form(county: County, desk: Workspace) -> str:
    return project_filing(county, desk)


class TestAttaching:
    def test_a_file_is_copied_and_noted(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        told: list[object] = []
        desk.changes.listen(lambda change: told.append(change.topics))
        path = source(tmp_path, "养护合同.PDF")
        place = row_of(desk, form)
        (item,) = attach(desk, form, path, place=place)
        path.unlink()
        assert (item.file.name, item.file.size, item.file.place) == ("养护合同.pdf", len(PDF), place)
        assert item.file.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (item.added_at, item.added_by) == (desk.tools.clock.now(), "张敏")
        assert on_disk(desk) == {item.file.sha256: PDF}
        assert evidence.evidence_list(desk, form).items == (item,)
        assert frozenset({Topic.EVIDENCE}) in told
        looked_at = evidence.open_copy(desk, item.evidence_id)
        assert (looked_at.name, looked_at.read_bytes()) == ("养护合同.pdf", PDF)
        looked_at.write_bytes(b"changed by somebody")
        assert evidence.open_copy(desk, item.evidence_id).read_bytes() == PDF
        assert on_disk(desk) == {item.file.sha256: PDF}

    def test_the_context_of_the_form_knows_it(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        (item,) = attach(desk, form, source(tmp_path, "a.pdf"), place=row_of(desk, form))
        assert opened(desk, form).context.evidence == (item.file,)
        evidence.remove(desk, item.evidence_id)
        assert opened(desk, form).context.evidence == ()

    def test_one_that_cannot_be_taken_does_not_stop_the_others(
        self, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        paths = [source(tmp_path, "a.pdf"), tmp_path / "不在.pdf", source(tmp_path, "b.png", PICTURE)]
        result = evidence.attach(desk, form, "", paths, JobContext())
        assert [item.file.name for item in result.added] == ["a.pdf", "b.png"]
        assert result.refused == (
            "不在.pdf：文件打不开，没有添加。请确认文件还在原处、没有被别的程序占用，再试一次。",
        )

    def test_stopped_in_between(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        paths = [source(tmp_path, f"{n}.pdf", b"%d" % n) for n in range(3)]
        ctx = JobContext(lambda done, _total, _text: ctx.cancel() if done == 0 else None)
        with pytest.raises(Cancelled):
            evidence.attach(desk, form, "", paths, ctx)
        assert [item.file.name for item in evidence.evidence_list(desk, form).items] == ["0.pdf"]

    def test_the_same_name_twice_gets_a_number(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()
        for content, folder in ((b"1", tmp_path), (b"2", tmp_path / "other"), (b"3", tmp_path)):
            attach(desk, form, source(folder, "合同.pdf", content))
        attach(desk, form, source(tmp_path, "合同.pdf", b"4"), place=row_of(desk, form))
        names = [item.file.name for item in evidence.evidence_list(desk, form).items]
        assert names == ["合同.pdf", "合同（2）.pdf", "合同（3）.pdf", "合同.pdf"]

    def test_the_same_file_twice_at_one_place(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        attach(desk, form, source(tmp_path, "合同.pdf"))
        assert "这里已经添加过同一个文件" in refused(desk, form, source(tmp_path, "副本.pdf"))

    def test_adding_a_lost_file_again_heals_it(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        (item,) = attach(desk, form, source(tmp_path, "合同.pdf"))
        evidence_files.path_of(desk, item.file.sha256).write_bytes(b"spoiled")
        with pytest.raises(EnvironmentProblem, match="已损坏"):
            evidence.open_copy(desk, item.evidence_id)
        evidence_files.path_of(desk, item.file.sha256).unlink()
        with pytest.raises(EnvironmentProblem, match="不见了"):
            evidence.open_copy(desk, item.evidence_id)
        result = evidence.attach(desk, form, "", [source(tmp_path, "合同.pdf")], JobContext())
        assert result.refused
        assert evidence.open_copy(desk, item.evidence_id).read_bytes() == PDF

    def test_very_long_names_keep_their_ending(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        long = "示例县柳林镇人民政府二〇二七年度农村公路日常养护工程第一标段现场照片" * 2
        items = [
            *attach(desk, form, source(tmp_path, f"{long}.jpg"[-80:], PICTURE)),
            *attach(desk, form, source(tmp_path, "a" * 240 + ".pdf")),
            *attach(desk, form, source(tmp_path, "b" * 240 + ".pdf", b"2")),
        ]
        assert all(len(item.file.name) <= evidence_files.LONGEST_NAME for item in items)
        assert [item.file.name[-4:] for item in items] == [".jpg", ".pdf", ".pdf"]
        assert items[0].file.name == f"{long}.jpg"[-80:]

    def test_odd_names_become_harmless(self) -> None:
        shown = {
            "e\u0301.pdf": "é.pdf",
            "gpj.\u202eexe.pdf": "gpj. exe.pdf",
            "a\n.pdf": "a.pdf",
            "..": "..",
            ".pdf": ".pdf",
            "\u200b.jpg": ".jpg",
        }
        assert {name: evidence_files.shown_name(name) for name in shown} == shown
        outside = {
            "con.pdf": "_con.pdf",
            "a:b?.jpg": "a_b_.jpg",
            "无": "无.bin",
            "...": "佐证材料.bin",
            "x.exe.": "x.exe.bin",
        }
        assert {name: evidence_files.outside_name(name) for name in outside} == outside


class TestChanging:
    def test_other_words(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        first, second = attach(desk, form, source(tmp_path, "a.pdf", b"1"), source(tmp_path, "b.pdf", b"2"))
        made = evidence.rename(desk, first.evidence_id, " 养护合同.pdf ", "第一标段\n补充")
        assert (made.file.name, made.file.note) == ("养护合同.pdf", "第一标段 补充")
        assert evidence.rename(desk, first.evidence_id, "安装.exe", "").file.name == "安装.exe.pdf"
        with pytest.raises(InputError, match=r"已经有“b\.pdf”"):
            evidence.rename(desk, first.evidence_id, "b", "")
        with pytest.raises(InputError, match="文件名没有填"):
            evidence.rename(desk, second.evidence_id, " .pdf", "")
        with pytest.raises(InputError, match="找不到这份佐证材料"):
            evidence.rename(desk, "nobody", "a", "")

    def test_removed_and_brought_back(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        (item,) = attach(desk, form, source(tmp_path, "a.pdf"))
        evidence.remove(desk, item.evidence_id)
        shown = evidence.evidence_list(desk, form)
        assert (shown.items, [r.evidence_id for r in shown.removed]) == ((), [item.evidence_id])
        assert evidence.bring_back(desk, item.evidence_id) == item
        assert evidence.evidence_list(desk, form).items == (item,)

    def test_bringing_back_beside_a_newer_one(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        (old,) = attach(desk, form, source(tmp_path, "a.pdf", b"1"))
        evidence.remove(desk, old.evidence_id)
        attach(desk, form, source(tmp_path, "a.pdf", b"2"))
        assert evidence.bring_back(desk, old.evidence_id).file.name == "a（2）.pdf"
        evidence.remove(desk, old.evidence_id)
        attach(desk, form, source(tmp_path, "c.pdf", b"1"))
        with pytest.raises(InputError, match="已经有同一个文件"):
            evidence.bring_back(desk, old.evidence_id)

    def test_a_smaller_copy_takes_the_place(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        place = row_of(desk, form)
        (large,) = attach(desk, form, source(tmp_path, "现场.png", b"\x89PNG" + b"x" * 5000), place=place)
        evidence.rename(desk, large.evidence_id, "现场", "冬季")
        small = evidence.put_smaller(desk, large.evidence_id, b"\xff\xd8 small", "jpg")
        assert (small.file.name, small.file.note, small.file.place) == ("现场.jpg", "冬季", place)
        shown = evidence.evidence_list(desk, form)
        assert shown.items == (small,)
        assert [item.evidence_id for item in shown.removed] == [large.evidence_id]
        evidence.remove(desk, small.evidence_id)
        assert evidence.bring_back(desk, large.evidence_id).file.name == "现场.png"

    def test_a_deleted_row_leaves_its_files_behind(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        (item,) = attach(desk, form, source(tmp_path, "a.pdf"), place=row_of(desk, form))
        one = opened(desk, form)
        filings.save_draft(
            desk, one, {**one.filing.answers, "indicators": one.filing.answers["indicators"][1:]}, {}
        )
        assert evidence.evidence_list(desk, form).stray == {item.evidence_id}
        again = opened(desk, form)
        filings.save_draft(desk, again, one.filing.answers, {})
        assert evidence.evidence_list(desk, form).stray == frozenset()


class TestWeightAndReuse:
    def test_the_meter(self, county: County, desk: Workspace, tmp_path: Path) -> None:
        first, second, *_ = county.filled(desk, 3)
        attach(desk, first, source(tmp_path, "a.pdf", b"a" * 1000))
        attach(desk, second, source(tmp_path, "a.pdf"), source(tmp_path, "b.pdf", b"b" * 300))
        attach(desk, second, source(tmp_path, "c.pdf", b"a" * 1000))
        meter = evidence.evidence_list(desk, second).meter
        # "a.pdf" was overwritten before it was attached to the second form: PDF, 300, and the first form's own 1000
        assert meter.form_bytes == len(PDF) + 1300
        assert meter.package_bytes == len(PDF) + 1300
        assert meter.advised_bytes == 50 << 20
        assert meter.limit_bytes == 200 << 20
        county.sealed(desk, [second])
        assert evidence.evidence_list(desk, first).meter.package_bytes == 1000

    def test_the_same_file_elsewhere_is_told(self, county: County, desk: Workspace, tmp_path: Path) -> None:
        first, second = [i for i in county.filled(desk, 3) if kept(desk, i).project_id][:2]
        path = source(tmp_path, "照片.jpg", PICTURE)
        place = row_of(desk, first)
        name = kept(desk, first).answers["indicators"][0]["third_level"]
        attach(desk, first, path, place=place)
        assert evidence.evidence_list(desk, first).reuse == {}
        (here,) = attach(desk, second, path)
        shown = evidence.evidence_list(desk, second)
        subject = kept(desk, first).answers["project_name"]
        assert shown.reuse == {reuse_key(here.file): (f"{subject}　绩效目标　2027年度　指标“{name}”",)}
        county.sealed(desk, [first])
        assert evidence.evidence_list(desk, first).reuse[f"{here.file.sha256}@{place}"]
        assert len(evidence.evidence_list(desk, second).reuse[reuse_key(here.file)]) == 1

    def test_an_earlier_version_of_the_same_row_is_no_reuse(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        attach(desk, form, source(tmp_path, "a.pdf"), place=row_of(desk, form))
        county.sealed(desk, [form])
        filings.reopen(desk, opened(desk, form))
        assert evidence.evidence_list(desk, form).reuse == {}

    def test_a_kit_without_a_word_on_evidence(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        state = desk.store.state  # type: ignore[attr-defined]
        settings = {k: v for k, v in state.kits[0].kit.check_settings.items() if k != "evidence"}
        state.kits = [replace(state.kits[0], kit=replace(state.kits[0].kit, check_settings=settings))]
        attach(desk, form, source(tmp_path, "a.pdf"))
        assert "jpg" in evidence.evidence_list(desk, form).rules.kinds


class TestSweeping:
    def test_only_what_nothing_refers_to_goes(self, county: County, desk: Workspace, tmp_path: Path) -> None:
        first, second, *_ = county.filled(desk, 3)
        (live,) = attach(desk, first, source(tmp_path, "live.pdf", b"live"))
        (removed,) = attach(desk, first, source(tmp_path, "removed.pdf", b"removed"))
        (sent,) = attach(desk, second, source(tmp_path, "sent.pdf", b"sent"))
        (dropped,) = attach(desk, second, source(tmp_path, "dropped.pdf", b"dropped"))
        evidence.remove(desk, removed.evidence_id)
        evidence.remove(desk, dropped.evidence_id)
        evidence.open_copy(desk, live.evidence_id)
        county.sealed(desk, [second])
        filings.reopen(desk, opened(desk, second))
        evidence.remove(desk, sent.evidence_id)
        age(desk)
        assert evidence_files.sweep(desk) == 2  # what was removed before sealing, and the copy looked at
        kept_digests = {item.file.sha256 for item in (live, removed, sent)}
        assert set(on_disk(desk)) == kept_digests
        assert [item.evidence_id for item in evidence.evidence_list(desk, second).removed] == [
            sent.evidence_id
        ]

    def test_what_was_just_written_is_left_for_its_note(
        self, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        file = evidence_files.taken("a.pdf", PDF)
        evidence_files.keep(desk, file)
        desk.tools.clock.moment += timedelta(days=200)
        os.utime(evidence_files.path_of(desk, file.sha256), (now := desk.tools.clock.now().timestamp(), now))
        assert evidence_files.sweep(desk) == 0
        age(desk)
        assert evidence_files.sweep(desk) == 1

    def test_nothing_there_yet(self, desk: Workspace) -> None:
        assert evidence_files.sweep(desk) == 0


def age(desk: Workspace) -> None:
    """Everything in the folder was written two days ago."""
    then = (desk.tools.clock.now() - timedelta(days=2)).timestamp()
    for path in (desk.folder / "evidence").rglob("*"):
        os.utime(path, (then, then))
