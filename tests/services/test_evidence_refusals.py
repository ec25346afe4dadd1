"""Files that cannot be evidence: programs, other kinds, empty, large, unreadable, changing, a full disk."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError
from services import evidence
from services.job import JobContext
from services.workspaces import Workspace
from tests.services.attaching import PDF, attach, project_filing, refused, source
from tests.services.county import County


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


@pytest.fixture
def form(county: County, desk: Workspace) -> str:
    return project_filing(county, desk)


def limited(desk: Workspace, **changes: object) -> None:
    """The desk's kit with other words about evidence."""
    state = desk.store.state  # type: ignore[attr-defined]
    stored = state.kits[0]
    settings = {**stored.kit.check_settings, "evidence": {**stored.kit.check_settings["evidence"], **changes}}
    state.kits = [replace(stored, kit=replace(stored.kit, check_settings=settings))]


class TestRefusals:
    @pytest.mark.parametrize(
        "name",
        [
            "安装.exe",
            "a.BAT",
            "宏.xlsm",
            "链接.lnk",
            "脚本.ps1",
            "网页.html",
            "x.exe.",
            "照片.jpg.scr",
            "包.jar",
        ],
    )
    def test_programs_and_scripts(self, desk: Workspace, form: str, tmp_path: Path, name: str) -> None:
        sentence = refused(desk, form, source(tmp_path, name))
        assert "程序、脚本或可能带有宏" in sentence
        assert "请添加 PDF" in sentence

    @pytest.mark.parametrize("content", [b"MZ\x90\0", b"\x7fELF", b"#!/bin/sh\n"])
    def test_programs_under_another_name(
        self, desk: Workspace, form: str, tmp_path: Path, content: bytes
    ) -> None:
        assert "是程序或脚本" in refused(desk, form, source(tmp_path, "照片.jpg", content))

    def test_a_kit_cannot_allow_programs(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        limited(desk, kinds=["exe", "pdf"])
        assert "程序" in refused(desk, form, source(tmp_path, "a.exe"))

    def test_kinds_are_the_kits(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        limited(desk, kinds=["pdf", "jpg"])
        assert refused(desk, form, source(tmp_path, "表.xlsx")) == (
            "表.xlsx：不能添加“.xlsx”类文件。可以添加的有：pdf、jpg。"
        )
        assert "没有后缀" in refused(desk, form, source(tmp_path, "无后缀"))

    def test_empty_large_and_no_file(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        limited(desk, file_megabytes=1)
        assert "空的（0 字节）" in refused(desk, form, source(tmp_path, "空.pdf", b""))
        assert "超过单个文件的上限 1 MB" in refused(
            desk, form, source(tmp_path, "大.pdf", b"x" * (1 << 20) + b"x")
        )
        (tmp_path / "文件夹.pdf").mkdir()
        assert "不是一个文件" in refused(desk, form, tmp_path / "文件夹.pdf")

    def test_more_than_a_package_carries(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        limited(desk, package_megabytes=1)
        attach(desk, form, source(tmp_path, "a.pdf", b"a" * 700_000))
        (tmp_path / "b.pdf").write_bytes(b"b" * 700_000)
        result = evidence.attach(desk, form, "", [tmp_path / "b.pdf"], JobContext())
        assert "超过一份报送文件的上限 1 MB" in result.refused[0]

    @pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for the administrator")
    def test_unreadable(self, desk: Workspace, form: str, tmp_path: Path) -> None:
        path = source(tmp_path, "a.pdf")
        path.chmod(0)
        assert "文件打不开" in refused(desk, form, path)

    def test_a_reading_fault(self, county: County, desk: Workspace, form: str, tmp_path: Path) -> None:
        def fails(_path: Path) -> bytes:
            raise OSError(5, "input/output error")

        county.tools.files.read_back = fails  # type: ignore[method-assign]
        assert "文件打不开" in refused(desk, form, source(tmp_path, "a.pdf"))

    @pytest.mark.parametrize("grown", [b"another content of a file", PDF[:-1] + b"!"])
    def test_changed_while_it_was_read(
        self, county: County, desk: Workspace, form: str, tmp_path: Path, grown: bytes
    ) -> None:
        path = source(tmp_path, "a.pdf")
        os.utime(path, (1, 1))
        read = county.tools.files.read_back

        def read_then_saved(source_path: Path) -> bytes:
            content = read(source_path)
            source_path.write_bytes(grown)
            return content

        county.tools.files.read_back = read_then_saved  # type: ignore[method-assign]
        assert "正在被别的程序改动" in refused(desk, form, path)

    def test_full_disk(self, county: County, desk: Workspace, form: str, tmp_path: Path) -> None:
        county.tools.files.failure = EnvironmentProblem("磁盘已满，文件没有写成", "请清理空间后再试")
        assert "磁盘已满" in refused(desk, form, source(tmp_path, "a.pdf"))
        assert evidence.evidence_list(desk, form).items == ()
        attach(desk, form, source(tmp_path, "a.pdf"))

    def test_a_store_that_fails_leaves_nothing_noted(
        self, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        desk.store.fail_next_commit = EnvironmentProblem("磁盘已满")  # type: ignore[attr-defined]
        result = evidence.attach(desk, form, "", [source(tmp_path, "a.pdf")], JobContext())
        assert result.refused == ("磁盘已满。",)
        assert evidence.evidence_list(desk, form).items == ()

    def test_a_row_that_is_gone_and_a_form_never_saved(
        self, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        path = source(tmp_path, "a.pdf")
        result = evidence.attach(desk, form, "indicators[nobody]", [path], JobContext())
        assert "已不在表里" in result.refused[0]
        with pytest.raises(InputError, match="还没有保存"):
            evidence.attach(desk, "F-new", "", [path], JobContext())

    def test_a_sealed_form_is_closed(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        (item,) = attach(desk, form, source(tmp_path, "a.pdf"))
        county.sealed(desk, [form])
        for attempt in (
            lambda: evidence.attach(desk, form, "", [source(tmp_path, "b.pdf", b"b")], JobContext()),
            lambda: evidence.remove(desk, item.evidence_id),
            lambda: evidence.rename(desk, item.evidence_id, "c.pdf", ""),
        ):
            with pytest.raises(InputError, match="修改后重新报送"):
                attempt()
