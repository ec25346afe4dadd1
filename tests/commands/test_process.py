"""The command line as a program of its own: bytes on stdout, status, locales that know no Chinese."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.world import World, make_world, submission, write
from tests.patience import killed_after
from tests.source import ROOT
from tests.wide import core_when

pytestmark = pytest.mark.wide

PLAIN = {
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "",
}
"""A machine whose locale is plain ASCII, and no help from Python."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def package(world: World, tmp_path: Path) -> Path:
    """A package that is intact and signed, in a folder with a Chinese name, and the root beside it."""
    (tmp_path / "root.pem").write_text(world.trust.roots[0])
    (tmp_path / "crl.pem").write_text(world.crl)
    folder = tmp_path / "U盘　报送"
    folder.mkdir()
    return write(folder, submission(), world.unit).path


def run(*words: object, locale: dict[str, str] = PLAIN) -> subprocess.CompletedProcess[bytes]:
    """`python main.py …` with that locale."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON"))}
    command = [sys.executable, "main.py", *(os.fsencode(str(word)) for word in words)]
    return subprocess.run(command, cwd=ROOT, env=environment | locale, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    "locale",
    core_when(lambda locale: locale is PLAIN, [PLAIN, {"LC_ALL": "C.UTF-8"}]),
    ids=["ascii", "utf-8"],
)
def test_json_is_utf8_whatever_the_locale(package: Path, locale: dict[str, str]) -> None:
    odd = os.fsencode(package.parent) + b"/\xce\xde\xb7\xa8.asice"  # 无法 in GBK
    with open(odd, "wb") as stream:
        stream.write(b"junk")
    root = package.parent.parent / "root.pem"
    done = run(
        "verify", package, os.fsdecode(odd), package.parent / "没有", "--trust", root, "--json", locale=locale
    )
    objects = json.loads(done.stdout.decode("utf-8"))
    assert done.returncode == 1
    assert objects[0]["file"] == str(package)
    assert objects[0]["signers"][0]["unit"] == "示例县城关镇人民政府"
    assert "�" in objects[1]["file"]
    assert objects[2]["reasons"][0]["message"].startswith("文件打不开")
    assert done.stderr == b""


@pytest.mark.wide
def test_lines_for_people_are_utf8_too(package: Path) -> None:
    root = package.parent.parent / "root.pem"
    done = run("verify", package, "--trust", root)
    head, *reasons = done.stdout.decode("utf-8").splitlines()
    assert head == f"{package}：内容被改动"  # its answers are no form's
    assert (
        reasons[0] == "　　没有证书注销名单，不知道证书是否已被注销。请取得财政部门的证书注销名单后再核对。"
    )
    assert done.returncode == 1


@pytest.mark.wide
def test_a_sentence_on_stderr_and_nothing_on_stdout() -> None:
    done = run("verify", "x", "--trust", "没有.pem", "--json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8") == "没有.pem：信任文件读不出来。请检查证书文件的路径。\n"
    usage = run("export", "--workspace", "x")
    assert (usage.returncode, usage.stdout) == (2, b"")
    assert usage.stderr.decode("utf-8").startswith("命令写法不对：缺少 --unit")


@pytest.mark.wide
@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no pipes of that kind here")
def test_a_reader_that_goes_away(package: Path) -> None:
    """`verify … | head -1` must not end in a traceback."""
    root = package.parent.parent / "root.pem"
    command = [sys.executable, "main.py", "verify", *[str(package)] * 400, "--trust", str(root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        with killed_after(program):
            program.stdout.readline()
        program.stdout.close()
        said = program.stderr.read().decode("utf-8")
        program.wait(60)
    assert "Traceback" not in said
    assert program.returncode == 2
