"""What the tests of evidence share (佐证材料测试公用): files to attach, a form with rows, what lies on the disk."""

from __future__ import annotations

from pathlib import Path

from models.domain.evidence import Evidence
from services import evidence
from services.job import JobContext
from services.workspaces import Workspace
from tests.services.county import County, kept

PDF = b"%PDF-1.7 contract"


def source(folder: Path, name: str, content: bytes = PDF) -> Path:
    """A file on the clerk's own disk."""
    path = folder / name
    path.write_bytes(content)
    return path


def project_filing(county: County, desk: Workspace) -> str:
    """A filing of a project, with indicator rows, ready to be sealed."""
    return next(i for i in county.filled(desk, 3) if kept(desk, i).project_id)


def row_of(desk: Workspace, filing_id: str, number: int = 0) -> str:
    """The path of an indicator row."""
    return f"indicators[{kept(desk, filing_id).answers['indicators'][number]['row_id']}]"


def attach(desk: Workspace, filing_id: str, *paths: Path, place: str = "") -> tuple[Evidence, ...]:
    """Attach files, all of which must be taken."""
    result = evidence.attach(desk, filing_id, place, paths, JobContext())
    assert not result.refused, result.refused
    return result.added


def refused(desk: Workspace, filing_id: str, path: Path, place: str = "") -> str:
    """The sentence a file is refused with."""
    before = on_disk(desk)
    result = evidence.attach(desk, filing_id, place, [path], JobContext())
    assert not result.added
    assert on_disk(desk) == before
    (sentence,) = result.refused
    return sentence


def on_disk(desk: Workspace) -> dict[str, bytes]:
    """Files kept in the workspace, by digest."""
    folder = desk.folder / "evidence"
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
