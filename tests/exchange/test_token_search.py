"""Makers' modules are found by name where drivers put them, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.token_search import modules


def test_found_in_the_systems_folders_only(tmp_path: Path) -> None:
    wanted = (
        "usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
        "opt/maker/lib/libmakerp11.so",
        "usr/lib/a/b-pkcs11.so",
    )
    others = (
        "usr/lib/libp11.so",
        "usr/lib/p11-kit-proxy.so",
        "usr/lib/libssl.so",
        "usr/lib/readme-pkcs11.txt",
    )
    for name in (*wanted, *others, "home/somebody/evil-pkcs11.so"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    (tmp_path / "usr/lib/copy-pkcs11.so").symlink_to(tmp_path / wanted[0])
    found = [Path(path).relative_to(tmp_path).as_posix() for path in modules(tmp_path, "linux")]
    assert found == ["usr/lib/copy-pkcs11.so", "opt/maker/lib/libmakerp11.so"]
    assert modules(tmp_path / "nothing", "linux") == ()


def test_on_windows_in_the_systems_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "System32").mkdir()
    (tmp_path / "System32" / "MakerCSP11.dll").write_bytes(b"")
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    assert [Path(path).name for path in modules(tmp_path, "win32")] == ["MakerCSP11.dll"]
