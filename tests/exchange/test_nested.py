"""A department's package with two units' packages: valid, and its inside comes out byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.limits import ReadingLimits
from exchange.reader import StrictPackageReader
from models.domain.errors import EnvironmentProblem
from models.domain.verdict import VerdictWord
from tests.exchange import world as worlds
from tests.exchange.attack_nested import department_key, department_submission, entry, opinion
from tests.exchange.world import World, codes, judge, write


@pytest.fixture
def inner(world: World, sample: Path, tmp_path: Path) -> dict[str, bytes]:
    """Two good packages under the names their senders gave them."""
    other = write(tmp_path, worlds.submission(number=2), world.unit).path
    return {f"packages/{path.name}": path.read_bytes() for path in (sample, other)}


@pytest.fixture
def outer(world: World, inner: dict[str, bytes], tmp_path: Path) -> Path:
    first = next(iter(inner))
    listed = [entry(name, content) for name, content in inner.items()]
    payload = department_submission(listed, [opinion(member=first)])
    return write(tmp_path, payload, department_key(world, tmp_path), inner).path


def test_it_is_valid_and_comes_out_byte_for_byte(
    world: World, outer: Path, inner: dict[str, bytes], tmp_path: Path
) -> None:
    judged = judge(outer, world.trust)
    assert judged.verdict.word is VerdictWord.VALID, judged.verdict.reasons
    folder = tmp_path / "out"
    written = StrictPackageReader().nested(outer, judged.manifest_sha256 or "", folder)
    assert {f"packages/{path.name}": path.read_bytes() for path in written} == inner
    assert [judge(path, world.trust).verdict.word for path in written] == [VerdictWord.VALID] * 2
    assert StrictPackageReader().nested(outer, judged.manifest_sha256 or "", folder) == written
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in written)


def test_another_file_gives_nothing(outer: Path, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        StrictPackageReader().nested(outer, "0" * 64, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_that_is_too_large_is_told(world: World, outer: Path) -> None:
    reader = StrictPackageReader(ReadingLimits(nested_bytes=100))
    assert codes(reader.judge(outer, world.trust, worlds.NOW)) == {"nested_too_large"}


def test_the_writer_seals_nothing_its_reader_refuses(
    world: World, inner: dict[str, bytes], tmp_path: Path
) -> None:
    first, second = inner
    payload = department_submission([entry(first, inner[second])])
    with pytest.raises(ValueError, match="nested_differs"):
        write(tmp_path, payload, department_key(world, tmp_path), {first: inner[first]})
