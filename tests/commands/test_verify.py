"""`verify`: one object per file given, in order, whatever the file holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.fakes.exchange import spoil
from tests.services.county import OTHER, TOWN, County

pytestmark = pytest.mark.wide

KEYS = [
    "file",
    "verdict",
    "reasons",
    "message_type",
    "unit_code",
    "fiscal_year",
    "signers",
    "manifest_sha256",
]


@pytest.fixture
def registered(county: County) -> Path:
    """The town's confirmed certificate, and a package of the town and of another unit on the stick."""
    path = county.folder / "registered.pem"
    for code in (TOWN, OTHER):
        desk = county.desk(code)
        county.sealed(desk, county.filled(desk, 2))
        if code == TOWN:
            path.write_text(desk.vault.certificate("unit").pem)
    return path


def packages(county: County) -> list[Path]:
    return sorted(county.stick.glob("82*.asice"))


def test_valid_and_first_meeting(county: County, run: Run, trust: dict[str, Path], registered: Path) -> None:
    town, other = packages(county)
    said = run(
        "verify",
        town,
        other,
        "--trust",
        trust["root"],
        "--trust",
        registered,
        "--crl",
        trust["crl"],
        "--json",
    )
    assert said.status == 1
    first, second = said.json
    assert list(first) == KEYS
    assert (first["file"], first["verdict"], first["reasons"]) == (str(town), "valid", [])
    assert (first["message_type"], first["unit_code"], first["fiscal_year"]) == ("submission", TOWN, 2027)
    (signer,) = first["signers"]
    assert list(signer) == ["name", "unit", "role", "fingerprint", "signing_time"]
    assert (signer["name"], signer["role"], signer["signing_time"]) == (
        "张敏",
        "预算单位",
        "2026-09-01T09:00:00+08:00",
    )
    assert len(first["manifest_sha256"]) == 64
    assert (second["verdict"], [r["code"] for r in second["reasons"]]) == (
        "cannot_judge",
        ["unregistered_signer"],
    )
    assert list(second["reasons"][0]) == ["code", "message"]
    alone = run("verify", town, "--trust", registered, "--json")
    assert (alone.status, alone.json[0]["verdict"]) == (0, "valid")


def test_for_people(county: County, run: Run, trust: dict[str, Path], registered: Path) -> None:
    town, other = packages(county)
    said = run("verify", town, other, "--trust", trust["root"], "--trust", registered)
    assert said.out.splitlines() == [
        f"{town}：有效",
        f"{other}：无法判断",
        "　　首次收到该单位的签名，还没有登记。请与盖章封面上的签名核对码比对，一致后登记。",
    ]


def test_the_kit_with_and_without_a_revocation_list(county: County, run: Run, trust: dict[str, Path]) -> None:
    without = run("verify", county.kit_file, "--trust", trust["root"], "--json")
    (one,) = without.json
    assert (without.status, one["verdict"]) == (1, "cannot_judge")
    assert [reason["code"] for reason in one["reasons"]] == ["no_revocation_list"]
    assert (one["message_type"], one["fiscal_year"]) == ("parameter_kit", None)
    with_list = run("verify", county.kit_file, "--trust", trust["root"], "--crl", trust["crl"], "--json")
    assert (with_list.status, with_list.json[0]["verdict"]) == (0, "valid")


def test_whatever_is_given_has_its_object_in_order(
    county: County, run: Run, trust: dict[str, Path], registered: Path
) -> None:
    town, other = packages(county)
    spoil(other, spoiled=True)
    junk = county.folder / "不是 报送文件；$(x)'\".asice"
    junk.write_bytes(b"junk")
    odd = Path(os.fsdecode(os.fsencode(county.folder) + b"/\xff\xfe.asice"))
    odd.write_bytes(b"junk")
    given = [other, county.folder / "没有.asice", junk, town, county.folder, odd, town]
    said = run("verify", *given, "--trust", trust["root"], "--trust", registered, "--json")
    assert said.status == 1
    assert [one["file"] for one in said.json][:5] == [str(path) for path in given[:5]]
    assert said.json[5]["file"].endswith("/��.asice")
    assert [one["verdict"] for one in said.json] == [
        "altered",
        "cannot_judge",
        "cannot_judge",
        "valid",
        "cannot_judge",
        "cannot_judge",
        "valid",
    ]
    gone = said.json[1]
    assert list(gone) == KEYS
    assert [reason["code"] for reason in gone["reasons"]] == ["unreadable_file"]
    assert (gone["message_type"], gone["unit_code"], gone["fiscal_year"], gone["signers"]) == (
        None,
        None,
        None,
        [],
    )


def test_several_budget_years_in_one_package(county: County, run: Run, registered: Path) -> None:
    import json

    town = packages(county)[0]
    payload = json.loads(town.read_text("utf-8"))["payload"]
    payload["filings"][1]["budget_year"] = 2026
    spoil(town, payload=payload)
    assert run("verify", town, "--trust", registered, "--json").json[0]["fiscal_year"] is None


def test_hundreds_of_files_at_once(county: County, run: Run, registered: Path) -> None:
    town = packages(county)[0]
    said = run("verify", *[town] * 300, "--trust", registered, "--json")
    assert (said.status, len(said.json)) == (0, 300)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["verify"], "缺少 文件, --trust"),
        (["verify", "x"], "缺少 --trust"),
        (["verify", "x", "--trust"], "--trust 后面要写一个值"),
        (["verify", "x", "--trust", "gone.pem"], "gone.pem：信任文件读不出来"),
        (["verify", "x", "--trust", "{folder}"], "信任文件读不出来"),
        (["verify", "x", "--trust", "{folder}/binary"], "信任文件读不出来"),
        (["verify", "x", "--trust", "{folder}/text"], "证书"),
        (["verify", "x", "--trust", "{root}", "--crl", "gone"], "gone：信任文件读不出来"),
        (["verify", "x", "--trust", "{root}", "--nonsense"], "不认识 --nonsense"),
    ],
)
def test_what_cannot_be_done(
    county: County, run: Run, trust: dict[str, Path], arguments: list[str], sentence: str
) -> None:
    (county.folder / "binary").write_bytes(b"\xff\xfe\x00")
    (county.folder / "text").write_text("no certificate")
    places = {"{folder}": str(county.folder), "{root}": str(trust["root"])}
    for place, path in places.items():
        arguments = [argument.replace(place, path) for argument in arguments]
    assert sentence in run(*arguments, "--json" if "--json" not in arguments else "").sentence
