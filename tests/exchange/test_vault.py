"""Keys at rest: created, opened, guarded against guessing, replaced; never readable by others."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from exchange import atomic_file
from exchange.authority import OfflineAuthority
from exchange.key_file import Scrypt
from exchange.keys import open_key
from exchange.vault import DEFAULT_POLICY, FolderKeyVault, KeyPolicy
from models.domain.check_code import check_code
from models.domain.errors import EnvironmentProblem, KeyProblem, WrongPassword
from models.domain.wait_policy import WaitPolicy
from services.ports.exchange import SignerRole, Subject
from tests.exchange.world import FAST, NOW, PASSWORD, UNIT, make_bureau
from tests.source import ROOT

pytestmark = pytest.mark.wide


@pytest.fixture
def vault(tmp_path: Path) -> FolderKeyVault:
    return FolderKeyVault(tmp_path / "keys", FAST)


def test_a_key_is_created_and_opened(vault: FolderKeyVault, tmp_path: Path) -> None:
    assert vault.names() == ()
    info = vault.create("unit", UNIT, PASSWORD, NOW)
    assert info.subject == UNIT
    assert info.is_self_signed
    assert info.not_before == NOW
    assert info.not_after - info.not_before == timedelta(days=1096)
    assert vault.names() == ("unit",)
    assert vault.certificate("unit") == info
    key = vault.unlock("unit", PASSWORD, NOW)
    assert key.certificate == info
    assert check_code(key.signing_certificate.spki) == info.fingerprint
    assert "private" not in repr(key)
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["unit.key.json"]


def test_key_files_belong_to_their_owner_alone(vault: FolderKeyVault, tmp_path: Path) -> None:
    vault.create("unit", UNIT, PASSWORD, NOW)
    with pytest.raises(WrongPassword):
        vault.unlock("unit", "wrong", NOW)
    vault.replace("unit", UNIT, PASSWORD, NOW)
    folder = tmp_path / "keys"
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_default_cost_is_what_the_design_asks_for(tmp_path: Path) -> None:
    assert DEFAULT_POLICY.scrypt == Scrypt(n=1 << 16, r=8, p=1)
    vault = FolderKeyVault(tmp_path)
    vault.create("unit", UNIT, PASSWORD, NOW)
    kdf = json.loads((tmp_path / "unit.key.json").read_bytes())["kdf"]
    assert (kdf["name"], kdf["n"]) == ("scrypt", 65536)
    assert vault.unlock("unit", PASSWORD, NOW).certificate.subject == UNIT


def test_the_password_is_the_same_in_every_input_method(vault: FolderKeyVault) -> None:
    vault.create("unit", UNIT, "ａｂｃ１２３é", NOW)
    assert vault.unlock("unit", "abc123e\u0301", NOW)


def test_names_taken_missing_or_without_password(vault: FolderKeyVault) -> None:
    with pytest.raises(KeyProblem, match="还没有"):
        vault.unlock("unit", PASSWORD, NOW)
    with pytest.raises(KeyProblem, match="密码"):
        vault.create("unit", UNIT, "", NOW)
    assert vault.names() == ()
    vault.create("unit", UNIT, PASSWORD, NOW)
    with pytest.raises(KeyProblem, match="已经有"):
        vault.create("unit", UNIT, PASSWORD, NOW)
    with pytest.raises(ValueError, match="name"):
        vault.unlock("../unit", PASSWORD, NOW)


@pytest.mark.parametrize(
    "subject",
    [
        Subject("", "1", "单位", SignerRole.UNIT),
        Subject("张三", " ", "单位", SignerRole.UNIT),
        Subject("张\u202e三", "1", "单位", SignerRole.UNIT),
        Subject("张" * 22, "1", "单位", SignerRole.UNIT),
    ],
)
def test_unusable_subjects_are_explained(subject: Subject, vault: FolderKeyVault) -> None:
    with pytest.raises(KeyProblem, match=r"签名证书：.*请"):
        vault.create("unit", subject, PASSWORD, NOW)


class TestWaiting:
    """Wrong passwords cost time, and the time survives a restart."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        FolderKeyVault(tmp_path, FAST).create("unit", UNIT, PASSWORD, NOW)
        return tmp_path

    def _fail(self, folder: Path, now: datetime, password: str = "wrong") -> int:
        with pytest.raises(WrongPassword) as caught:
            FolderKeyVault(folder, FAST).unlock("unit", password, now)
        assert "秒" in caught.value.sentence
        return caught.value.wait_seconds

    def test_the_wait_grows(self, folder: Path) -> None:
        now, waits = NOW, []
        for _ in range(9):
            waits.append(self._fail(folder, now))
            now += timedelta(seconds=waits[-1])
        assert waits == [1, 2, 5, 10, 30, 60, 300, 300, 300]

    def test_within_the_wait_even_the_right_password_is_refused(self, folder: Path) -> None:
        now = NOW
        for hour in range(3):
            now = NOW + timedelta(hours=hour)
            wait = self._fail(folder, now)
        assert wait == 5
        assert self._fail(folder, now + timedelta(seconds=2), PASSWORD) == 3
        assert FolderKeyVault(folder, FAST).unlock("unit", PASSWORD, now + timedelta(seconds=5))

    def test_refusals_within_the_wait_do_not_count_as_failures(self, folder: Path) -> None:
        assert self._fail(folder, NOW) == 1
        assert self._fail(folder, NOW) == 1
        assert self._fail(folder, NOW + timedelta(seconds=1)) == 2

    def test_success_forgets(self, folder: Path) -> None:
        self._fail(folder, NOW)
        FolderKeyVault(folder, FAST).unlock("unit", PASSWORD, NOW + timedelta(seconds=1))
        assert not list(folder.glob("*.wait.json"))
        assert self._fail(folder, NOW + timedelta(seconds=1)) == 1

    def test_a_clock_set_back_does_not_lock_for_years(self, folder: Path) -> None:
        self._fail(folder, NOW + timedelta(days=3650))
        assert self._fail(folder, NOW) == 1

    def test_a_damaged_record_counts_as_none(self, folder: Path) -> None:
        (folder / "unit.wait.json").write_text("{")
        assert FolderKeyVault(folder, FAST).unlock("unit", PASSWORD, NOW)

    def test_the_policy_says_how_long(self) -> None:
        assert [WaitPolicy((3, 7)).after(n) for n in range(4)] == [0, 3, 7, 7]


def test_replacing_sets_the_old_key_aside(vault: FolderKeyVault, tmp_path: Path) -> None:
    old = vault.create("unit", UNIT, "forgotten", NOW)
    before = (tmp_path / "keys" / "unit.key.json").read_bytes()
    with pytest.raises(WrongPassword):
        vault.unlock("unit", PASSWORD, NOW)
    first = vault.replace("unit", UNIT, PASSWORD, NOW)
    second = vault.replace("unit", UNIT, PASSWORD, NOW)
    assert len({old.fingerprint, first.fingerprint, second.fingerprint}) == 3
    assert vault.unlock("unit", PASSWORD, NOW).certificate == second
    aside = sorted((tmp_path / "keys" / "set_aside").iterdir())
    assert len(aside) == 2
    assert before in [path.read_bytes() for path in aside]
    assert vault.names() == ("unit",)


def test_the_root_is_never_replaced_in_passing(tmp_path: Path) -> None:
    make_bureau(tmp_path)
    with pytest.raises(KeyProblem, match="根证书"):
        FolderKeyVault(tmp_path, FAST).replace("root", UNIT, PASSWORD, NOW)


def test_an_issued_certificate_is_taken_for_its_own_key_only(vault: FolderKeyVault, tmp_path: Path) -> None:
    root, _ = make_bureau(tmp_path / "bureau")
    authority = OfflineAuthority()
    own = vault.create("unit", UNIT, PASSWORD, NOW)
    other = vault.create("second", UNIT, PASSWORD, NOW)
    issued = authority.issue(root, own.pem, UNIT, NOW)
    vault.take_certificate("unit", issued.pem)
    assert vault.certificate("unit") == issued
    assert vault.unlock("unit", PASSWORD, NOW).certificate == issued
    with pytest.raises(KeyProblem, match="另一个密钥"):
        vault.take_certificate("unit", other.pem)
    with pytest.raises(KeyProblem, match="读不出来"):
        vault.take_certificate("unit", "hello")
    assert vault.certificate("unit") == issued


@pytest.mark.parametrize(
    "damage",
    [
        lambda value: b"",
        lambda value: b"[]",
        lambda value: json.dumps({**value, "format": 2}).encode(),
        lambda value: json.dumps({**value, "wrapped": "!"}).encode(),
        lambda value: json.dumps({**value, "certificate": "x"}).encode(),
        lambda value: json.dumps({**value, "fingerprint": "A" * 16}).encode(),
        lambda value: json.dumps({**value, "kdf": {**value["kdf"], "n": 1 << 40}}).encode(),
        lambda value: json.dumps({**value, "kdf": {**value["kdf"], "n": 1 << 20, "r": 1 << 10}}).encode(),
        lambda value: json.dumps({**value, "kdf": {**value["kdf"], "n": 1000}}).encode(),
        lambda value: json.dumps({**value, "kdf": {**value["kdf"], "n": True}}).encode(),
    ],
)
def test_damaged_key_files_are_explained(damage: object, vault: FolderKeyVault, tmp_path: Path) -> None:
    vault.create("unit", UNIT, PASSWORD, NOW)
    path = tmp_path / "keys" / "unit.key.json"
    path.write_bytes(damage(json.loads(path.read_bytes())))
    with pytest.raises(KeyProblem):
        vault.unlock("unit", PASSWORD, NOW)


def test_a_foreign_key_object_does_not_sign() -> None:
    with pytest.raises(KeyProblem):
        open_key(object())


@pytest.mark.parametrize("code", ["ENOSPC", "EROFS", "EIO", "ENODEV", "EACCES", "EMFILE"])
def test_a_failing_carrier_leaves_nothing(
    code: str, vault: FolderKeyVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    vault.create("unit", UNIT, PASSWORD, NOW)
    path = tmp_path / "keys" / "unit.key.json"
    before = path.read_bytes()

    def fail(_descriptor: int) -> None:
        raise OSError(getattr(errno, code), code)

    monkeypatch.setattr(atomic_file.os, "fsync", fail)
    with pytest.raises(EnvironmentProblem, match="没有写成") as caught:
        vault.take_certificate("unit", vault.certificate("unit").pem)
    assert "请" in caught.value.sentence
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_p256_and_rsa_keys_are_both_kept(tmp_path: Path) -> None:
    for kind in ("p-256", "rsa-2048"):
        vault = FolderKeyVault(tmp_path / kind, KeyPolicy(kind, Scrypt(1024)))
        vault.create("unit", UNIT, PASSWORD, NOW)
        assert vault.unlock("unit", PASSWORD, NOW).sign(b"x")


class TestAnotherPassword:
    """The same key under another password: whole or not at all."""

    NEW = "新的签名密码 2027"

    def test_key_and_certificate_stay(self, vault: FolderKeyVault, tmp_path: Path) -> None:
        root, _ = make_bureau(tmp_path / "bureau")
        own = vault.create("unit", UNIT, PASSWORD, NOW)
        issued = OfflineAuthority().issue(root, own.pem, UNIT, NOW)
        vault.take_certificate("unit", issued.pem)
        vault.change_password("unit", PASSWORD, self.NEW, NOW)
        assert vault.unlock("unit", self.NEW, NOW).certificate == issued
        with pytest.raises(WrongPassword):
            vault.unlock("unit", PASSWORD, NOW)
        folder = tmp_path / "keys"
        assert sorted(path.name for path in folder.iterdir()) == ["unit.key.json", "unit.wait.json"]
        assert stat.S_IMODE((folder / "unit.key.json").stat().st_mode) == 0o600

    def test_salt_and_nonce_are_new(self, vault: FolderKeyVault, tmp_path: Path) -> None:
        vault.create("unit", UNIT, PASSWORD, NOW)
        path = tmp_path / "keys" / "unit.key.json"
        before = json.loads(path.read_bytes())
        vault.change_password("unit", PASSWORD, self.NEW, NOW)
        after = json.loads(path.read_bytes())
        assert before["kdf"]["salt"] != after["kdf"]["salt"]
        assert before["cipher"]["nonce"] != after["cipher"]["nonce"]

    def test_wrong_ones_wait_as_when_signing(self, vault: FolderKeyVault, tmp_path: Path) -> None:
        vault.create("unit", UNIT, PASSWORD, NOW)
        before = (tmp_path / "keys" / "unit.key.json").read_bytes()
        for wait in (1, 2):
            with pytest.raises(WrongPassword) as caught:
                vault.change_password("unit", "wrong", self.NEW, NOW + timedelta(hours=wait))
            assert caught.value.wait_seconds == wait
        with pytest.raises(WrongPassword, match="还不能再试"):
            vault.unlock("unit", PASSWORD, NOW + timedelta(hours=2))
        with pytest.raises(WrongPassword, match="还不能再试"):
            vault.change_password("unit", PASSWORD, self.NEW, NOW + timedelta(hours=2))
        assert (tmp_path / "keys" / "unit.key.json").read_bytes() == before

    def test_none_is_refused(self, vault: FolderKeyVault) -> None:
        vault.create("unit", UNIT, PASSWORD, NOW)
        with pytest.raises(KeyProblem, match="没有输入"):
            vault.change_password("unit", PASSWORD, "", NOW)
        with pytest.raises(KeyProblem, match="还没有"):
            vault.change_password("second", PASSWORD, self.NEW, NOW)
        assert vault.unlock("unit", PASSWORD, NOW)

    @pytest.mark.parametrize("step", ["fsync", "replace"])
    def test_a_disk_that_fails_leaves_the_old_password(
        self, step: str, vault: FolderKeyVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        vault.create("unit", UNIT, PASSWORD, NOW)

        def fail(*_arguments: object) -> None:
            raise OSError(28, "no space left")

        monkeypatch.setattr(atomic_file.os, step, fail)
        with pytest.raises(EnvironmentProblem, match="空间不足"):
            vault.change_password("unit", PASSWORD, self.NEW, NOW)
        monkeypatch.undo()
        assert [path.name for path in (tmp_path / "keys").iterdir()] == ["unit.key.json"]
        assert vault.unlock("unit", PASSWORD, NOW)

    def test_what_reads_back_otherwise_never_takes_the_place(
        self, vault: FolderKeyVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        vault.create("unit", UNIT, PASSWORD, NOW)
        real = Path.read_bytes

        def rotten(path: Path) -> bytes:
            data = real(path)
            value = json.loads(data) if path.name.endswith(".tmp") else {}
            return json.dumps({**value, "wrapped": value["wrapped"][::-1]}).encode() if value else data

        monkeypatch.setattr(Path, "read_bytes", rotten)
        with pytest.raises((EnvironmentProblem, KeyProblem)):
            vault.change_password("unit", PASSWORD, self.NEW, NOW)
        monkeypatch.undo()
        assert [path.name for path in (tmp_path / "keys").iterdir()] == ["unit.key.json"]
        assert vault.unlock("unit", PASSWORD, NOW)

    def test_killed_before_the_last_step_the_old_one_opens(self, tmp_path: Path) -> None:
        """kill -9 with the new file written beside the old one."""
        program = (
            "import os, signal, sys\n"
            "from datetime import UTC, datetime\n"
            "from pathlib import Path\n"
            "from exchange import atomic_file\n"
            "from tests.exchange.world import FAST, PASSWORD\n"
            "from exchange.vault import FolderKeyVault\n"
            "atomic_file.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "vault = FolderKeyVault(Path(sys.argv[1]), FAST)\n"
            "vault.change_password('unit', PASSWORD, 'another-2027', datetime.now(UTC))\n"
        )
        vault = FolderKeyVault(tmp_path, FAST)
        vault.create("unit", UNIT, PASSWORD, NOW)
        done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
        assert done.returncode == -9
        assert vault.names() == ("unit",)
        assert vault.unlock("unit", PASSWORD, NOW)
        vault.change_password("unit", PASSWORD, self.NEW, NOW)
        assert vault.unlock("unit", self.NEW, NOW)
        assert [path.name for path in tmp_path.iterdir()] == ["unit.key.json"]
