"""xmlsec1 and LibreOffice accept the workbooks we sign, and refuse them once they were changed, without us."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.writer import OfficialDocumentWriter
from exchange.key_file import Scrypt
from exchange.keys import OpenKey
from exchange.vault import KeyPolicy
from exchange.workbook_inspection import inspect_workbook
from exchange.workbook_signature.signing import sign_workbook
from services.ports.documents import PageMark, PageMarks
from tests.documents.samples import annual_form, hostile_form
from tests.exchange.books import SHEET, plain_book, spoiled, swap
from tests.exchange.workbook_judges import Office, XmlSec, xmlsec
from tests.exchange.world import NOW, UNIT, World, make_unit

pytestmark = [pytest.mark.judge, pytest.mark.slow]


@pytest.fixture(scope="module", params=["rsa-2048", "p-256"])
def key(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> OpenKey:
    """A unit's key of each kind, its certificate issued by the root."""
    policy = KeyPolicy(request.param, Scrypt(1024))
    return make_unit(tmp_path_factory.mktemp("keys"), UNIT, world.root, policy=policy)


@pytest.fixture(scope="module")
def root(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("root") / "root.pem"
    path.write_text(world.root.certificate.pem)
    return path


@pytest.fixture(scope="module")
def office(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"), root)


def official_book() -> bytes:
    """Two sheets of an official form, hostile texts among them."""
    marks = PageMarks(PageMark.PRACTICE, "ABCDEFGHIJKLMNOP")
    return OfficialDocumentWriter().workbook([annual_form(), hostile_form()], marks)


def test_xmlsec_counts_every_reference(key: OpenKey, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(sign_workbook(official_book(), key, NOW))
    assert xmlsec(path, root, tmp_path / "open") == XmlSec("OK", "3/3", "7/7")


def test_xmlsec_misses_a_reference_once_a_cell_was_changed(key: OpenKey, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = spoiled(sign_workbook(plain_book(), key, NOW), swap(SHEET, b"<v>80</v>", b"<v>85</v>"))
    path.write_bytes(book)
    assert xmlsec(path, root, tmp_path / "open").manifest == "5/6"


def test_libreoffice_calls_it_valid(key: OpenKey, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    signed = sign_workbook(official_book(), key, NOW)
    path.write_bytes(signed)
    (told,) = office.judge(path)
    # Valid, nothing wrong with the certificate; partial is the best it says of any workbook in this format.
    assert told.startswith("True 0 True CN=张三,")
    assert inspect_workbook(signed, key.signing_certificate, "", must_be_signed=True) == []


def test_libreoffice_calls_a_changed_cell_broken(key: OpenKey, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = spoiled(sign_workbook(plain_book(), key, NOW), swap(SHEET, b"<v>80</v>", b"<v>85</v>"))
    path.write_bytes(book)
    (told,) = office.judge(path)
    assert told.startswith("False ")


def test_libreoffice_does_not_trust_a_self_signed_signer(
    world: World, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(sign_workbook(plain_book(), world.self_signed_unit, NOW))
    (told,) = office.judge(path)
    valid, status, *_ = told.split()
    assert valid == "True"
    assert int(status) != 0
