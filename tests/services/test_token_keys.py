"""The unit's and the bureau's key on a token: what changes hands, and what people are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.errors import InputError, KeyProblem, WrongPassword
from models.domain.message import RequestPurpose
from services import bureau_keys, key_care, setup, token_keys
from services.changes import Topic
from services.kits import look_at_kit
from services.ports.exchange import SignerRole
from services.ports.tokens import TokenChoice
from services.token_keys import PIN as PIN_WORDS
from services.workspaces import DeskRole, Workspace
from tests.fakes.tokens import FIRST, MODULE, PIN, SECOND
from tests.services.county import ROOT, TOWN, County


def test_a_unit_signs_with_a_token_and_goes_back(town: Workspace) -> None:
    told: list[Topic] = []
    town.changes.listen(lambda change: told.extend(change.topics))
    before = town.vault.certificate("unit")
    info = token_keys.use_token(town, TokenChoice(FIRST, PIN))
    assert (info.subject.unit_code, info.subject.role) == (before.subject.unit_code, before.subject.role)
    assert info.fingerprint != before.fingerprint
    assert token_keys.place_of(town, "unit") == FIRST
    assert token_keys.secret_name(town, "unit") == PIN_WORDS
    assert Topic.KEYS in told
    setup.make_unit_key(town, "another-password-1")
    assert token_keys.place_of(town, "unit") is None
    assert token_keys.secret_name(town, "unit") == "签名密码"


def test_a_wrong_pin_leaves_the_key_in_force(town: Workspace) -> None:
    before = town.vault.certificate("unit")
    with pytest.raises(WrongPassword):
        token_keys.use_token(town, TokenChoice(FIRST, "000000"))
    assert town.vault.certificate("unit") == before


def test_how_long_a_pin_may_be_the_token_says(town: Workspace) -> None:
    with pytest.raises(InputError):
        setup.change_key_password(town, "unit", "old", "123456")
    token_keys.use_token(town, TokenChoice(FIRST, PIN))
    setup.change_key_password(town, "unit", PIN, "135791")


def test_the_bureaus_key_moves_under_the_same_root(county: County) -> None:
    bureau, keys = county.bureau, county.keys
    before = bureau.vault.certificate("bureau")
    moved = token_keys.use_token_at_bureau(bureau, keys, TokenChoice(FIRST, PIN))
    assert moved.root is keys.root
    info = moved.bureau.certificate
    assert not info.is_self_signed
    assert (info.subject, info.fingerprint == before.fingerprint) == (before.subject, False)
    assert bureau.vault.certificate("bureau") == info
    assert "bureau_on_token" not in bureau.vault.names()
    assert [token_keys.secret_name(bureau, name) for name in ("root", "bureau")] == ["根密码", PIN_WORDS]
    assert info.serial in {record.serial for record in bureau_keys.certificates(bureau)}
    with pytest.raises(WrongPassword, match=r"^UKey 的 PIN 码不正确"):
        bureau_keys.unlock_keys(bureau, ROOT, "000000")


def test_a_module_elsewhere_is_tried_before_it_is_kept(town: Workspace) -> None:
    token_keys.use_token(town, TokenChoice(FIRST, PIN))
    with pytest.raises(Exception, match="不是能用的"):
        token_keys.choose_module(town, "unit", "/elsewhere.so")
    assert token_keys.place_of(town, "unit") == FIRST
    token_keys.choose_module(town, "unit", MODULE)
    assert [info.place.label for info in token_keys.plugged_in(town, MODULE)] == ["绩效UKey", "备用UKey"]
    assert token_keys.keys_on(town, FIRST, PIN) == []


def test_a_damaged_record_keeps_the_settings_readable(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_name: str) -> None:
        raise KeyProblem("UKey 的登记信息已损坏")

    monkeypatch.setattr(town.vault, "token", damaged)
    assert token_keys.place_of(town, "unit") is None


def test_a_certified_key_replaced_by_a_token_is_told_to_the_bureau(county: County, town: Workspace) -> None:
    """So that the bureau revokes it when it registers the new one."""
    own = town.vault.certificate("unit")
    issued = county.bureau.tools.authority.issue(
        county.keys.root, own.pem, own.subject, town.tools.clock.now()
    )
    town.vault.take_certificate("unit", issued.pem)
    token_keys.use_token(town, TokenChoice(FIRST, PIN))
    (state,) = key_care.key_states(town)
    assert (state.due, state.replaces) == (RequestPurpose.REPLACEMENT, own.fingerprint)


def test_the_successor_of_a_token_key_is_made_on_the_token(
    county: County, town: Workspace, tmp_path: Path
) -> None:
    own = token_keys.use_token(town, TokenChoice(FIRST, PIN))
    issued = county.bureau.tools.authority.issue(
        county.keys.root, own.pem, own.subject, town.tools.clock.now()
    )
    town.vault.take_certificate("unit", issued.pem)
    key_care.write_request(town, "unit", tmp_path, PIN, "any")
    assert town.vault.token("unit_next") == FIRST
    assert town.vault.certificate("unit") == issued, "it goes on signing until the new certificate comes home"


def test_a_desk_that_signs_with_a_token_from_the_first_day(county: County) -> None:
    """No password key is ever made; a wrong PIN leaves no desk behind."""
    offer, folder = look_at_kit(county.tools, county.kit_file), county.folder / "desk"
    unit = next(unit for unit in offer.kit.units if unit.code == TOWN)
    given = (county.tools, folder, offer, unit, "张敏")
    with pytest.raises(WrongPassword):
        token_keys.set_up_unit(*given, TokenChoice(FIRST, "000000"), DeskRole.FILER)
    assert not folder.exists()
    desk = token_keys.set_up_unit(*given, TokenChoice(FIRST, PIN), DeskRole.FILER)
    info = desk.vault.certificate("unit")
    assert (info.subject.person_name, info.is_self_signed) == ("张敏", True)
    assert desk.vault.names() == ("unit",)
    assert token_keys.place_of(desk, "unit") == FIRST


def test_the_heads_first_key_lies_on_a_token(town: Workspace) -> None:
    with pytest.raises(InputError, match="姓名没有填"):
        token_keys.make_head_key(town, " ", TokenChoice(FIRST, PIN))
    info = token_keys.make_head_key(town, "李镇长", TokenChoice(FIRST, PIN))
    assert (info.subject.person_name, info.subject.role) == ("李镇长", SignerRole.HEAD)
    assert token_keys.place_of(town, "head") == FIRST
    again = token_keys.make_head_key(town, "王镇长", TokenChoice(SECOND, PIN))
    assert again.subject.person_name == "王镇长"


def test_the_head_signs_with_a_token_of_his_own(town: Workspace) -> None:
    made = key_care.make_head_key(town, "李镇长", "leader-password-1")
    info = token_keys.use_token(town, TokenChoice(FIRST, PIN), "head")
    assert info.subject == made.subject
    assert token_keys.secret_name(town, "head") == PIN_WORDS
    assert token_keys.secret_name(town, "unit") == "签名密码"
