"""First starts: what is asked for is checked before anything is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError, WrongPassword
from models.domain.project import Unit
from services import setup
from services.audit_log import newest
from services.kits import look_at_kit
from services.ports.tokens import TokenChoice
from services.setup import BureauSetup
from services.workspaces import DeskRole, Workspace
from tests.fakes.tokens import FIRST, PIN
from tests.fakes.tools import FakeTools
from tests.services.county import LEAF, PASSWORD, ROOT, TOWN, County


def unit_desk(county: County, person: str = "张敏", password: str = PASSWORD) -> Workspace:
    offer = look_at_kit(county.tools, county.kit_file)
    unit = next(unit for unit in offer.kit.units if unit.code == TOWN)
    return setup.set_up_unit(
        county.tools, county.folder / "desk", offer, unit, person, password, DeskRole.FILER
    )


@pytest.mark.parametrize(
    ("password", "message"),
    [("", "至少 8 位"), ("abcdefg", "至少 8 位"), ("aaaaaaaa", "太简单"), ("abababab", "太简单")],
)
def test_passwords(password: str, message: str, county: County) -> None:
    with pytest.raises(InputError, match=message):
        setup.check_password(password)
    with pytest.raises(InputError, match=message):
        unit_desk(county, password=password)
    assert not (county.folder / "desk").exists()


@pytest.mark.parametrize(("person", "message"), [(" ", "姓名没有填"), ("名" * 22, "填报人姓名太长")])
def test_names_of_people(county: County, person: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        unit_desk(county, person)
    assert not (county.folder / "desk").exists()


def test_a_name_is_set_on_one_line_and_stands_in_the_certificate(county: County) -> None:
    desk = unit_desk(county, " 张　敏\n")
    assert desk.profile.person_name == "张 敏"
    assert desk.vault.certificate("unit").subject.person_name == "张 敏"
    assert desk.vault.certificate("unit").is_self_signed


class TestBuiltin:
    def desk(self, county: County, code: str, name: str) -> Workspace:
        kit = county.tools.builtin_kits(2026)[0]
        return setup.set_up_unit_builtin(
            county.tools, county.folder / "early", kit, Unit(code, name), "", DeskRole.FILER
        )

    def test_everything_but_a_key(self, county: County) -> None:
        desk = self.desk(county, " ８２０ 001 ", "柳林镇　人民政府\n")
        assert desk.profile.unit == Unit("820001", "柳林镇 人民政府")
        assert desk.current_kit().kit.units == (desk.profile.unit,)
        assert desk.vault.names() == ()

    @pytest.mark.parametrize(
        ("code", "name", "message"),
        [
            (" ", "甲", "没有填"),
            ("1", "", "没有填"),
            ("1", "甲" * 201, "单位名称超过 200 字"),
            ("8/1", "甲", "单位代码只能由数字和字母组成"),
        ],
    )
    def test_what_is_typed(self, county: County, code: str, name: str, message: str) -> None:
        with pytest.raises(InputError, match=message):
            self.desk(county, code, name)
        assert not (county.folder / "early").exists()


class TestBureau:
    GOOD = BureauSetup("440000", "甲县财政局", "李文", 2026, ROOT, LEAF)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"root_password": "x"}, "至少 8 位"),
            ({"bureau_secret": "x"}, "至少 8 位"),
            ({"bureau_secret": ROOT}, "根密码与签发密码相同"),
            ({"bureau_secret": TokenChoice(FIRST, ROOT)}, "根密码与 UKey 的 PIN 码相同"),
            ({"bureau_secret": TokenChoice(FIRST, "000000")}, "PIN 码不正确"),
            ({"division_code": " "}, "区划代码或财政部门名称没有填"),
            ({"bureau_name": ""}, "区划代码或财政部门名称没有填"),
            ({"bureau_name": "长" * 201}, "财政部门名称超过 200 字"),
            ({"person_name": "长" * 22}, "经办人姓名太长"),
            ({"person_name": " "}, "经办人姓名没有填"),
            ({"division_code": "44/0000"}, "区划代码是 6 到 12 位数字"),
        ],
    )
    def test_what_is_typed(
        self, tools: FakeTools, tmp_path: Path, change: dict[str, object], message: str
    ) -> None:
        with pytest.raises((InputError, WrongPassword), match=message):
            setup.set_up_bureau(tools, tmp_path / "b", replace(self.GOOD, **change))  # type: ignore[arg-type]
        assert not (tmp_path / "b").exists()

    def test_root_leaf_and_first_list(self, tools: FakeTools, tmp_path: Path) -> None:
        desk, keys = setup.set_up_bureau(tools, tmp_path / "b", self.GOOD)
        assert desk.vault.names() == ("bureau", "root")
        with desk.store.reading() as work:
            assert work.settings.get("root_certificate") == keys.root.certificate.pem
            assert work.settings.get("revocation_list")
            assert [r.kind for r in work.certificates.all()] == ["issued"]

    def test_the_daily_key_on_a_token_the_root_in_a_file(self, tools: FakeTools, tmp_path: Path) -> None:
        wanted = replace(self.GOOD, bureau_secret=TokenChoice(FIRST, PIN))
        desk, keys = setup.set_up_bureau(tools, tmp_path / "b", wanted)
        assert [(name, desk.vault.token(name)) for name in desk.vault.names()] == [
            ("bureau", FIRST),
            ("root", None),
        ]
        with desk.store.reading() as work:
            (issued,) = work.certificates.all()
        assert issued.serial == keys.bureau.certificate.serial
        assert not keys.bureau.certificate.is_self_signed
        assert newest(desk, "UKey")[0].what == "签发密钥放在 UKey“绩效UKey”里"


def test_a_request_that_cannot_be_kept_is_taken_away(county: County) -> None:
    desk = unit_desk(county)
    before = sorted(county.stick.iterdir())
    county.tools.files.failure = EnvironmentProblem("磁盘已满")
    with pytest.raises(EnvironmentProblem):
        setup.write_registration_request(desk, county.stick, PASSWORD)
    assert sorted(county.stick.iterdir()) == before
    written = setup.write_registration_request(desk, county.stick, PASSWORD)
    assert written.path.name.startswith("820001_2026_registration_request_2_")


def test_a_full_disk_leaves_no_half_folder(
    tools: FakeTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the next try would be made beside it under another name."""

    def full(folder: Path, *_given: object, **_more: object) -> None:
        folder.mkdir()
        (folder / ".workspace.db.new").touch()
        raise EnvironmentProblem("磁盘空间已满，这次没有保存")

    with monkeypatch.context() as patch:
        patch.setattr(tools.opener, "open", full)
        with pytest.raises(EnvironmentProblem):
            setup.set_up_bureau(tools, tmp_path / "b", TestBureau.GOOD)
    assert not (tmp_path / "b").exists()
