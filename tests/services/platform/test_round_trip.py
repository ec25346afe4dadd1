"""Out and in again: what the target list says is read back as the very same indicators; hostile files are refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from documents.tables import RegisterTableReader
from documents.writer import OfficialDocumentWriter
from models.domain.errors import InputError
from models.domain.platform_mapping import PlatformKind
from services.job import JobContext
from services.platform import bringing, sending
from services.platform.records import LineState, TargetChange
from services.workspaces import Workspace
from tests.services.county import County

pytestmark = pytest.mark.wide

PLAIN = ("row_id", "library_code")


@pytest.fixture
def real(town: Workspace) -> Workspace:
    """The town's desk with the real table reader and writer."""
    town.tools.tables = RegisterTableReader()
    town.tools.documents = OfficialDocumentWriter()
    return town


@pytest.mark.parametrize("mapping_id", ["target_list", "target_tables"])
def test_targets_come_back_as_they_went_out(
    real: Workspace, county: County, tmp_path: Path, mapping_id: str
) -> None:
    county.filled(real, 9)
    choice = next(one for one in sending.choices(real) if one.mapping.mapping_id == mapping_id)
    found = [one for one in sending.look_out(real, choice) if not one.gaps]
    assert found
    (path,) = sending.write_out(real, choice, found, tmp_path, JobContext())
    preview = bringing.look_at(real, path, 2020)
    assert preview.kinds == (PlatformKind.APPROVED_TARGETS,)
    assert preview.names_year
    assert {line.state for line in preview.lines} == {LineState.NEW}
    assert {line.code for line in preview.lines} == {one.project_code for one in found}
    with real.store.reading() as work:
        from services.ports.store import FilingQuery

        filed = {f.project_id: f.answers for f in work.filings.find(FilingQuery(task_id=choice.task.task_id))}
    for line in preview.lines:
        assert isinstance(line.change, TargetChange)
        own, back = filed[line.change.project_id], line.change.target.answers
        assert back["annual_target"] == " ".join(own["annual_target"].split())
        assert [_plain(row) for row in back["indicators"]] == [_plain(row) for row in own["indicators"]]


def _plain(row: dict) -> dict:
    return {key: value for key, value in row.items() if key not in PLAIN and value not in (None, "")}


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_damaged_file_is_refused_in_one_sentence(real: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError):
        bringing.look_at(real, path, 2027)


def test_a_bomb_is_refused(real: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (101 * 1024 * 1024))
    with pytest.raises(InputError, match="已损坏"):
        bringing.look_at(real, path, 2027)


def test_old_formats_are_told_how_to_save(real: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "旧.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(InputError, match="xlsx"):
        bringing.look_at(real, path, 2027)


def test_formulas_and_long_texts_stay_texts(real: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "坏心.csv"
    name = "=cmd|' /C calc'!A0"
    path.write_text(
        f'单位编码,项目编码,项目名称,预算数\n820001,99000027T000000009001,"{name}",1\n'
        f"820001,99000027T000000009002,{'长' * 300},1\n",
        encoding="utf-8",
    )
    first, second = bringing.look_at(real, path, 2027).lines
    assert first.subject == name
    assert second.state is LineState.UNREADABLE
    assert "超过" in second.note
