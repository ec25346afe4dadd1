"""Signing with a key on a token, over a token in memory: what it refuses is said in plain words, nothing is lost."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from exchange import token_module
from exchange.authority import OfflineAuthority
from exchange.issuing import IssuingPolicy, issued_leaf
from exchange.requests import Pkcs10Requests
from exchange.token_login import log_in
from exchange.token_objects import keep_certificate
from exchange.token_vault import Pkcs11Tokens, TokenKeyVault
from models.domain.errors import EnvironmentProblem, KeyProblem, WrongPassword
from services.ports.exchange import SignerRole
from services.ports.tokens import PinState, TokenPlace
from tests.exchange.fake_token import BOTH, TRIES, FakeLibrary, FakeToken
from tests.exchange.world import (
    FAST,
    NOW,
    OTHER_UNIT,
    PASSWORD,
    START,
    UNIT,
    World,
    codes,
    judge,
    submission,
    write,
)

pytestmark = pytest.mark.wide

MODULE = "/drivers/token.so"
PLACE = TokenPlace(MODULE, "绩效UKey", "0001")
PIN = "246810"


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> FakeToken:
    made = FakeToken()
    library = FakeLibrary([made])
    monkeypatch.setattr(token_module, "load", lambda _module: library)
    return made


@pytest.fixture
def vault(tmp_path: Path) -> TokenKeyVault:
    return TokenKeyVault(tmp_path / "keys", FAST)


@pytest.fixture
def ready(token: FakeToken, vault: TokenKeyVault) -> TokenKeyVault:
    """A vault whose unit key was made on the token."""
    vault.create_on_token("unit", PLACE, "", UNIT, PIN, START)
    return vault


def refused(work: Callable[[], Any]) -> str:
    with pytest.raises(KeyProblem) as caught:
        work()
    return caught.value.sentence


def test_a_key_made_on_the_token_seals_and_is_certified(
    ready: TokenKeyVault, world: World, tmp_path: Path
) -> None:
    key = ready.unlock("unit", PIN, NOW)
    authority = OfflineAuthority()
    request = Pkcs10Requests().request_pem(key)
    issued = authority.issue(world.root, request, UNIT, START)
    ready.take_certificate("unit", issued.pem)
    key = ready.unlock("unit", PIN, NOW)
    written = write(tmp_path, submission(), key)
    assert codes(judge(written.path, world.trust)) == set()
    (on_token,) = Pkcs11Tokens().keys(PLACE, PIN)
    assert on_token.certificate == issued, (
        "the issued certificate was written to the token at the next unlocking"
    )


def test_a_token_that_makes_rsa_is_asked_for_rsa(token: FakeToken, vault: TokenKeyVault) -> None:
    token.mechanisms = BOTH
    vault.create_on_token("unit", PLACE, "", UNIT, PIN, START)
    assert [key.algorithm for key in Pkcs11Tokens().keys(PLACE, PIN)] == ["RSA-2048"]
    assert len(vault.unlock("unit", PIN, NOW).sign(b"content")) == 256


def test_nothing_of_pin_or_key_is_in_the_workspace(ready: TokenKeyVault, tmp_path: Path) -> None:
    (file,) = (tmp_path / "keys").iterdir()
    assert PIN.encode() not in file.read_bytes()
    assert b"wrapped" not in file.read_bytes()
    assert ready.names() == ("unit",)
    assert ready.token("unit") == PLACE


def test_the_key_file_before_is_set_aside_and_a_new_one_can_follow(
    vault: TokenKeyVault, token: FakeToken
) -> None:
    vault.create("unit", UNIT, PASSWORD, START)
    assert vault.token("unit") is None
    vault.create_on_token("unit", PLACE, "", UNIT, PIN, START)
    back = vault.replace("unit", UNIT, PASSWORD, NOW)
    assert vault.token("unit") is None
    assert vault.unlock("unit", PASSWORD, NOW).certificate == back
    assert len(list((vault._folder / "set_aside").iterdir())) == 2


def test_wrong_pins_warn_and_lock(ready: TokenKeyVault, token: FakeToken) -> None:
    told = [refused(lambda: ready.unlock("unit", "000000", NOW)) for _ in range(TRIES + 1)]
    assert "连续输错几次会被锁定" in told[0]
    assert "只剩最后一次机会" in told[1]
    assert told[2] == told[3] == "UKey 的 PIN 码已锁定。请找发放 UKey 的单位解锁，已填的内容都在。"
    assert Pkcs11Tokens().tokens(MODULE)[0].pin is PinState.LOCKED
    token.failures = 0
    ready.unlock("unit", PIN, NOW)


def test_a_wrong_pin_is_no_other_kind_of_trouble(ready: TokenKeyVault) -> None:
    with pytest.raises(WrongPassword) as caught:
        ready.unlock("unit", "000000", NOW)
    assert caught.value.wait_seconds == 0


def test_a_wrong_pin_also_ends_what_was_unlocked_before(ready: TokenKeyVault, token: FakeToken) -> None:
    """A token knows one login for the whole program: a second person's wrong PIN must not sign on the first one's."""
    key = ready.unlock("unit", PIN, NOW)
    refused(lambda: ready.unlock("unit", "000000", NOW))
    assert "请重新输入 PIN 码" in refused(lambda: key.sign(b"content"))
    again = ready.unlock("unit", PIN, NOW)
    assert again.sign(b"content")
    assert key.sign(b"content"), "the same token, the same PIN proved"
    assert token.sessions == 1


def test_the_login_ends_with_the_last_key(ready: TokenKeyVault, token: FakeToken) -> None:
    key = ready.unlock("unit", PIN, NOW)
    assert token.sessions == 1
    del key
    gc.collect()
    assert token.sessions == 0


@pytest.mark.parametrize("seen", [True, False])
def test_a_token_pulled_out_leaves_no_file(
    ready: TokenKeyVault, token: FakeToken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    key = ready.unlock("unit", PIN, NOW)
    token.is_plugged_in = False
    if not seen:  # pulled out between looking for it and signing
        monkeypatch.setattr("exchange.token_login.find_token", lambda _place: token)
    told = refused(lambda: write(tmp_path / "stick", submission(), key))
    assert told == "找不到 UKey“绩效UKey”，可能没有插好或已拔出。请插好 UKey 后再试，已填的内容都在。"
    assert not (tmp_path / "stick").exists()
    token.is_plugged_in = True
    (tmp_path / "stick").mkdir()
    write(tmp_path / "stick", submission(), ready.unlock("unit", PIN, NOW))


def test_another_token_of_that_name_is_not_ours(ready: TokenKeyVault, token: FakeToken) -> None:
    token.serial = b"0002"
    assert "找不到 UKey“绩效UKey”" in refused(lambda: ready.unlock("unit", PIN, NOW))


def test_the_key_is_gone_from_the_token(ready: TokenKeyVault, token: FakeToken) -> None:
    key = ready.unlock("unit", PIN, NOW)
    token.objects.clear()
    assert "没有本单位登记的签名密钥" in refused(lambda: key.sign(b"content"))
    assert "没有本单位登记的签名密钥" in refused(lambda: ready.unlock("unit", PIN, NOW))


def test_a_signature_that_does_not_hold_is_not_used(ready: TokenKeyVault, token: FakeToken) -> None:
    key = ready.unlock("unit", PIN, NOW)
    token.signs_wrongly = True
    assert "核对不上" in refused(lambda: key.sign(b"content"))


@pytest.mark.parametrize(
    ("trouble", "words"),
    [({"mechanisms": ()}, "可能只支持国密算法"), ({"is_full": True}, "没有空位")],
)
def test_a_token_that_makes_no_key_leaves_the_old_one(
    token: FakeToken, vault: TokenKeyVault, trouble: dict[str, Any], words: str
) -> None:
    before = vault.create("unit", UNIT, PASSWORD, START)
    for name, value in trouble.items():
        setattr(token, name, value)
    assert words in refused(lambda: vault.create_on_token("unit", PLACE, "", UNIT, PIN, START))
    assert vault.certificate("unit") == before


def test_a_key_that_was_there_is_taken_with_its_certificate(
    token: FakeToken, vault: TokenKeyVault, world: World
) -> None:
    """A token used before, at a new computer: the bureau knows its key already."""
    private = ec.generate_private_key(ec.SECP256R1())
    token.put(private, b"\x01", "旧密钥")
    issued = issued_leaf(world.root, private.public_key(), UNIT, START, IssuingPolicy())
    keep_certificate(log_in(PLACE, PIN), b"\x01", issued)
    taken = vault.create_on_token("unit", PLACE, "01", UNIT, PIN, NOW)
    assert taken == issued.info
    assert vault.unlock("unit", PIN, NOW).certificate == issued.info


def test_a_token_of_another_unit_is_refused(token: FakeToken, vault: TokenKeyVault, world: World) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    token.put(private, b"\x01")
    keep_certificate(
        log_in(PLACE, PIN),
        b"\x01",
        issued_leaf(world.root, private.public_key(), OTHER_UNIT, START, IssuingPolicy()),
    )
    told = refused(lambda: vault.create_on_token("unit", PLACE, "01", UNIT, PIN, NOW))
    assert "示例县东河镇人民政府" in told
    assert "不是本单位的" in told
    assert vault.names() == ()


def test_a_new_key_that_comes_to_nothing_is_taken_off_again(
    token: FakeToken, vault: TokenKeyVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or trying once more would fill the token."""
    token.signs_wrongly = True
    assert "核对不上" in refused(lambda: vault.create_on_token("unit", PLACE, "", UNIT, PIN, START))
    token.signs_wrongly = False
    with monkeypatch.context() as patch:
        patch.setattr(vault, "_write", full)
        with pytest.raises(EnvironmentProblem):
            vault.create_on_token("unit", PLACE, "", UNIT, PIN, START)
    assert (token.objects, vault.names()) == ([], ())
    vault.create_on_token("unit", PLACE, "", UNIT, PIN, START)
    assert len(token.objects) == 3


def full(*_given: object) -> None:
    raise EnvironmentProblem("磁盘空间已满")


def test_a_key_another_root_certified_serves_a_bureau_set_up_anew(
    token: FakeToken, vault: TokenKeyVault, world: World
) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    token.put(private, b"\x01")
    bureau = replace(UNIT, role=SignerRole.BUREAU)
    before = issued_leaf(world.root, private.public_key(), bureau, START, IssuingPolicy())
    keep_certificate(log_in(PLACE, PIN), b"\x01", before)
    own = vault.create_on_token("bureau", PLACE, "01", bureau, PIN, NOW)
    assert own.is_self_signed
    authority = OfflineAuthority()
    authority.create_root(vault, "990000", "示例县财政局", PASSWORD, START)
    issued = authority.issue(vault.unlock("root", PASSWORD, NOW), own.pem, bureau, NOW)
    assert issued.fingerprint == own.fingerprint


def test_keys_are_listed_with_what_they_are_good_for(token: FakeToken) -> None:
    token.put(rsa.generate_private_key(65537, 1024), b"\x01", "短")
    token.put(ec.generate_private_key(ec.SECP256R1()), b"\x02", "好")
    token.put(ec.generate_private_key(ec.SECP256R1()), b"", "无号")
    listed = [(key.label, key.algorithm, bool(key.obstacle)) for key in Pkcs11Tokens().keys(PLACE, PIN)]
    assert listed[0] == ("好", "P-256", False)
    assert ("短", "RSA-1024", True) in listed
    assert ("无号", "P-256", True) in listed


def test_a_key_that_wants_the_pin_every_time_gets_it(token: FakeToken, vault: TokenKeyVault) -> None:
    token.put(ec.generate_private_key(ec.SECP256R1()), b"\x01", ALWAYS_AUTHENTICATE=True)
    vault.create_on_token("unit", PLACE, "01", UNIT, PIN, START)
    assert vault.unlock("unit", PIN, NOW).sign(b"content")


def test_a_token_closed_to_writing_still_signs(ready: TokenKeyVault, token: FakeToken, world: World) -> None:
    issued = OfflineAuthority().issue(world.root, ready.certificate("unit").pem, UNIT, START)
    ready.take_certificate("unit", issued.pem)
    token.is_closed_to_writing = True
    assert ready.unlock("unit", PIN, NOW).certificate == issued


def test_the_pin_is_changed_on_the_token(ready: TokenKeyVault) -> None:
    assert "长度或字符不合" in refused(lambda: ready.change_password("unit", PIN, "12", NOW))
    ready.change_password("unit", PIN, "135791", NOW)
    refused(lambda: ready.unlock("unit", PIN, NOW))
    ready.unlock("unit", "135791", NOW)


def test_records_move_and_are_never_mistaken_for_a_key(ready: TokenKeyVault) -> None:
    copy = ready.export("unit")
    assert "在 UKey 里" in refused(lambda: ready.take_back("unit", copy, PASSWORD, NOW))
    ready.move("unit", "second", NOW)
    assert ready.names() == ("second",)
    ready.choose_module("second", "/elsewhere/token.so")
    assert ready.token("second") == TokenPlace("/elsewhere/token.so", "绩效UKey", "0001")


@pytest.mark.parametrize(
    "module",
    ["token.so", "//server/share/token.so", r"\\server\share\token.dll", "{workspace}/keys/../token.so"],
)
def test_a_module_out_of_a_strangers_workspace_is_never_loaded(
    ready: TokenKeyVault, tmp_path: Path, module: str
) -> None:
    """The record names a program to load: a workspace that came from elsewhere must not bring one along."""
    record = tmp_path / "keys" / "unit.key.json"
    strange = module.format(workspace=tmp_path)
    record.write_bytes(record.read_bytes().replace(MODULE.encode(), json.dumps(strange)[1:-1].encode()))
    place = TokenPlace(strange, PLACE.label, PLACE.serial)
    assert ready.token("unit") == replace(PLACE, module=""), "the dialog has to be given another one"
    for work in (
        lambda: ready.unlock("unit", PIN, NOW),
        lambda: ready.change_password("unit", PIN, "135791", NOW),
        lambda: ready.choose_module("unit", strange),
        lambda: ready.create_on_token("unit", place, "", UNIT, PIN, NOW),
    ):
        assert "不是这台电脑上安装的" in refused(work)


@pytest.mark.parametrize(
    "content", [b'{"token":{}}', b'{"token":{"module":"m","label":"l","serial":"s","key_id":"zz"}}']
)
def test_a_damaged_record_says_so(vault: TokenKeyVault, content: bytes) -> None:
    vault._folder.mkdir()
    (vault._folder / "unit.key.json").write_bytes(content)
    assert "已损坏" in refused(lambda: vault.unlock("unit", PIN, NOW))


def test_the_library_came_along() -> None:
    assert Pkcs11Tokens().is_supported()


def test_a_file_that_is_no_module_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "driver.so"
    wrong.write_bytes(b"no library")
    assert "不是能用的 UKey 模块文件" in refused(lambda: Pkcs11Tokens().tokens(str(wrong)))
    assert "找不到 UKey 的模块文件“gone.so”" in refused(
        lambda: Pkcs11Tokens().tokens(str(tmp_path / "gone.so"))
    )
    assert "还没有选择" in refused(lambda: Pkcs11Tokens().tokens(""))


def test_a_program_without_the_library_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = tmp_path / "driver.so"
    driver.touch()
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    assert not Pkcs11Tokens().is_supported()
    assert "缺少读取 UKey 的组件" in refused(lambda: Pkcs11Tokens().tokens(str(driver)))
