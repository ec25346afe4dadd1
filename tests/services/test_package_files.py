"""Finding packages on carriers: folders walked through, numbers in order, carriers that fail."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import EnvironmentProblem
from services import package_files
from services.package_files import file_digest, file_size, packages_in


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_folders_are_walked_through_in_number_order(tmp_path: Path) -> None:
    names = [f"820001_2026_submission_{n}_ab.asice" for n in (10, 9, 2)]
    touch(tmp_path, *names, "深/层/821001_2026_submission_1_cd.ASICE", "readme.txt", "x.asice.tmp")
    found = [path.name for path in packages_in([tmp_path])]
    assert found == [*reversed(names), "821001_2026_submission_1_cd.ASICE"]


def test_each_file_once_in_the_order_given(tmp_path: Path) -> None:
    touch(tmp_path, "a.asice", "b.asice", "other.bin")
    chosen = [tmp_path / "other.bin", tmp_path / "b.asice", tmp_path, tmp_path / "gone.asice"]
    assert [path.name for path in packages_in(chosen)] == ["other.bin", "b.asice", "a.asice", "gone.asice"]


def test_a_folder_named_like_a_package(tmp_path: Path) -> None:
    touch(tmp_path, "x.asice/inner.asice")
    assert [path.name for path in packages_in([tmp_path])] == ["inner.asice"]


def test_a_carrier_that_fails_is_told_and_a_locked_folder_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(error: OSError) -> Any:
        def fake(_folder: Path, onerror: Any) -> Any:
            onerror(error)
            return iter(())

        return fake

    monkeypatch.setattr(os, "walk", walk(PermissionError("lost+found")))
    assert packages_in([tmp_path]) == []
    monkeypatch.setattr(os, "walk", walk(OSError(5, "I/O error")))
    with pytest.raises(EnvironmentProblem, match="存储介质"):
        packages_in([tmp_path])


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.asice"))
    path.write_bytes(b"x")
    assert packages_in([tmp_path]) == [path]


def test_digest_and_size_of_what_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    assert (file_size(path), file_digest(path)) == (3_000_000, hashlib.sha256(path.read_bytes()).hexdigest())
    assert (file_size(tmp_path / "gone"), file_digest(tmp_path / "gone")) == (0, "")
    assert (file_size(tmp_path), file_digest(tmp_path)) == (0, "")
    monkeypatch.setattr(package_files, "_MAX_HASHED", 1000)
    assert file_digest(path) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.asice")
    assert packages_in([tmp_path]) == []
    assert file_digest(tmp_path / "pipe.asice") == ""
