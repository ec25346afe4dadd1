"""Export and archive: drafts marked, finished ones plain, sealed ones the very bytes that were signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError
from services import archive, exporting, filings, package_forms, printing, projects
from services.filings import OpenFiling
from services.job import JobContext
from services.ports.store import FilingQuery
from services.workspaces import Workspace
from tests.services.county import TOWN, County, explained, kept, opened


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def marks(content: bytes) -> tuple[str, str]:
    """The mark above the page and the 核对码 below."""
    _, _, mark, code, _ = content.split(b"|", 4)
    return mark.decode(), code.decode()


def as_real(desk: Workspace) -> None:
    """The desk's kit as if it were no practice kit."""
    state = desk.store.state  # type: ignore[attr-defined]
    state.kits = [replace(item, kit=replace(item.kit, is_practice=False)) for item in state.kits]


def spoiled(desk: Workspace, filing_id: str) -> None:
    """Leave a compulsory field empty."""
    one = opened(desk, filing_id)
    required = next(field for field in one.form.fields() if field.is_required)
    filings.save_draft(desk, one, {**one.filing.answers, required.key: None}, {})


@pytest.mark.parametrize(
    ("is_practice", "is_finished", "mark"),
    [(False, False, "草稿"), (False, True, ""), (True, False, "演示数据　草稿"), (True, True, "演示数据")],
)
def test_marks_of_what_is_not_sealed(
    county: County, desk: Workspace, is_practice: bool, is_finished: bool, mark: str
) -> None:
    (filing_id,) = county.filled(desk)
    if not is_finished:
        spoiled(desk, filing_id)
    if not is_practice:
        as_real(desk)
    documents = exporting.documents_of(desk, opened(desk, filing_id))
    assert sorted(Path(name).suffix for name in documents) == [".pdf", ".xlsx"]
    assert {marks(content) for content in documents.values()} == {(mark, "")}


def test_the_very_bytes_that_were_signed(county: County, desk: Workspace) -> None:
    ids = county.filled(desk, 3)
    path = county.accepted(desk, ids)
    with county.bureau.store.reading() as work:
        (record,) = work.packages.find("received", "submission")
    inside = set(county.tools.reader.documents(path, record.manifest_sha256).values())
    assert len(inside) == 6
    assert all(marks(content)[1] for content in inside)
    for side in (desk, county.bureau):
        shown = [archive.open_received(side, filing_id) for filing_id in ids]
        got = [
            content
            for one in shown
            for content in exporting.documents_of(
                side, OpenFiling(one.filing, one.form, one.context, is_new=False)
            ).values()
        ]
        assert set(got) == inside


def test_a_reopened_form_is_a_draft_again(county: County, desk: Workspace) -> None:
    (filing_id,) = county.filled(desk)
    county.sealed(desk, [filing_id])
    filings.reopen(desk, opened(desk, filing_id))
    assert {marks(c)[1] for c in exporting.documents_of(desk, opened(desk, filing_id)).values()} == {""}


class TestAUnitsForms:
    def test_into_a_folder_that_is_made(self, county: County, desk: Workspace) -> None:
        count = len(county.filled(desk, 3))
        told: list[int] = []
        target = county.folder / "新" / "文件夹"
        saved = exporting.export_unit(desk, TOWN, 2027, target, JobContext(lambda d, _t, _x: told.append(d)))
        assert len(saved) == 2 * count
        assert all(path.parent == target and path.exists() for path in saved)
        assert told == list(range(count))
        again = exporting.export_unit(desk, TOWN, 2027, target, JobContext())
        assert not set(saved) & set(again)
        assert all("（2）" in path.name for path in again)

    @pytest.mark.parametrize("name", ["全部.pdf", "全部.XLSX"])
    def test_all_in_one_file(self, county: County, desk: Workspace, name: str) -> None:
        ids = county.filled(desk, 3)
        county.sealed(desk, ids[:1])
        spoiled(desk, ids[1])
        path = county.folder / name
        assert exporting.export_unit(desk, TOWN, 2027, path, JobContext()) == [path]
        content = path.read_bytes()
        assert content.startswith(b"pdf|3|" if name.endswith("pdf") else b"xlsx|3|")
        assert marks(content) == ("演示数据　草稿", "")

    def test_a_single_sealed_form_in_a_file_keeps_its_signature(
        self, county: County, desk: Workspace
    ) -> None:
        county.sealed(desk, county.filled(desk))
        path = county.folder / "x.pdf"
        exporting.export_unit(desk, TOWN, 2027, path, JobContext())
        assert b"signed by" in path.read_bytes()

    @pytest.mark.parametrize(("code", "year"), [(TOWN, 2019), ("000000", 2027)])
    def test_nothing_there_makes_nothing(self, county: County, desk: Workspace, code: str, year: int) -> None:
        county.filled(desk)
        target = county.folder / "none"
        with pytest.raises(InputError, match="请核对单位代码"):
            exporting.export_unit(desk, code, year, target, JobContext())
        assert not target.exists()

    def test_a_folder_that_cannot_be_made(self, county: County, desk: Workspace) -> None:
        county.filled(desk)
        (county.folder / "file").touch()
        with pytest.raises(EnvironmentProblem, match="不能在这里建文件夹"):
            exporting.export_unit(desk, TOWN, 2027, county.folder / "file" / "x", JobContext())

    def test_binned_and_exempt_forms_stay_at_home(self, county: County, desk: Workspace) -> None:
        ids = county.filled(desk, 3)
        first, second = [kept(desk, i) for i in ids if kept(desk, i).project_id][:2]
        projects.put_in_bin(desk, first.project_id)
        one = opened(desk, second.filing_id)
        filings.exempt(desk, one.context.task, second.project_id, "已取消")
        saved = exporting.export_unit(desk, TOWN, 2027, county.folder / "out", JobContext())
        assert len(saved) == 2 * (len(ids) - 2)

    def test_names_are_safe(self, county: County, desk: Workspace) -> None:
        one = opened(desk, county.filled(desk, 2)[1])
        odd = replace(one.context.project, name='a/b\\c:"<>|?*\n' + "长" * 99)  # type: ignore[type-var]
        stem = printing.readable_stem(replace(one, context=replace(one.context, project=odd)))
        assert not set(stem) & set('\\/:*?"<>|\n')
        assert len(stem) < 120


class TestFormsOfAPackage:
    def test_each_with_the_amount_of_its_own_version(self, county: County, desk: Workspace) -> None:
        filing_id = next(i for i in county.filled(desk, 2) if kept(desk, i).project_id)
        county.accepted(desk, [filing_id])
        one = filings.reopen(desk, opened(desk, filing_id))
        before = one.filing.answers["annual_total_fen"]
        doubled = {k: v * 2 for k, v in one.filing.answers.items() if k.endswith("_fen") and v}
        filings.save_draft(desk, one, {**one.filing.answers, **doubled}, {})
        explained(desk, filing_id)
        county.receive(county.sealed(desk, [filing_id]))
        with county.bureau.store.reading() as work:
            packages = sorted(work.packages.find("received", "submission"), key=lambda r: r.number)
        forms = tuple(form for r in packages for form in package_forms.forms_of(county.bureau, r))
        assert [(form.version, form.amount_fen) for form in forms] == [(1, before), (2, before * 2)]
        saved = package_forms.save_forms(county.bureau, forms, county.folder, JobContext())
        assert [path.stem[-4:] for path in saved] == ["_第1版", "_第1版", "_第2版", "_第2版"]
        assert len({path.read_bytes() for path in saved}) == 4

    def test_documents_that_are_not_in_the_package(self, county: County, desk: Workspace) -> None:
        county.accepted(desk, county.filled(desk))
        with county.bureau.store.reading() as work:
            (filing_id,) = [filing.filing_id for filing in work.filings.find(FilingQuery())]
            (version,) = work.filings.versions(filing_id)
        with pytest.raises(InputError, match="报送文件里没有这份表的文书"):
            archive.documents_of(county.bureau, replace(version, filing_id="F-other"))
        with pytest.raises(InputError, match="找不到这份表所在的报送文件"):
            archive.documents_of(county.bureau, replace(version, manifest_sha256="0"))
        with pytest.raises(InputError, match="找不到这份表"):
            archive.open_received(county.bureau, "none")
