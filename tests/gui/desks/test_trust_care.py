"""Keys over the years, from desk to desk: renewal, a lost key, another root; the clerk's window and the bureau's side by side."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from main import Adapters
from services import bureau_keys, intake, setup, trust_lists
from services.home import Home
from services.job import JobContext
from services.root_change import RootLoss
from services.workspaces import open_workspace
from tests.gui.desks.county import PASSWORD, TOWN, TOWN_NAME, County, MovableClock
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.desk_program import words_of
from tests.gui.pages.trust_care import CertificatesDeskPage, KeyCarePage, type_new
from ui.bureau.issued_kit_dialog import IssuedKitDialog
from ui.bureau.kit_view import KIT
from ui.bureau.register_key_dialog import RegisterKeyDialog
from ui.filer.key_dialogs import RenewalDialog
from ui.widgets.password_dialog import NewPasswordDialog, PasswordDialog

NEW, ROOT, LEAF = "liulin-2027", "root-pass-5", "bureau-pass-6"


@pytest.fixture(scope="module")
def certified(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both workspaces after they have met: the unit's key registered, its certificate at home."""
    folder, tools = tmp_path_factory.mktemp("certified"), Adapters(MovableClock())
    bureau = county.bureau(folder / "bureau", tools)
    unit = open_workspace(tools, county.unit_folder(folder / "unit")).workspace
    intake.receive(bureau, [setup.write_registration_request(unit, folder, PASSWORD).path], JobContext())
    (waiting,) = intake.quarantine(bureau)
    bureau_keys.register_key(bureau, county.keys, waiting)
    intake.set_aside(bureau, waiting.path)
    told = trust_lists.write_trust_list(bureau, county.keys, folder)
    trust_lists.take_trust_list(unit, Path(told.source_path))
    for workspace in (bureau, unit):
        workspace.close()
    return folder


@pytest.fixture
def folder(certified: Path, tmp_path: Path) -> Path:
    """The clerk opens a copy of the unit's workspace."""
    return Path(shutil.copytree(certified / "unit", tmp_path / "柳林镇"))


@pytest.fixture
def care(clerk: ClerkPage) -> KeyCarePage:
    return KeyCarePage(clerk)


@pytest.fixture
def bureau(
    qtbot, county: County, certified: Path, tools: Adapters, tmp_path: Path
) -> Iterator[CertificatesDeskPage]:
    """The bureau's window, its keys in memory."""
    workspace = open_workspace(tools, shutil.copytree(certified / "bureau", tmp_path / "bureau")).workspace
    page = BureauDeskPage(
        qtbot, workspace, Home(tmp_path / "bureau-home", tools.files), tmp_path, county.keys
    )
    yield CertificatesDeskPage(page)
    page.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "U盘"
    made.mkdir()
    return made


def issued_kit(bureau: CertificatesDeskPage, folder: Path) -> Path:
    """The kit issued as it stands; the file."""
    view = bureau.desk.kit()
    view.show_tab(KIT)
    bureau.click(view.kit.issue_button)
    bureau.desk.choose(folder)
    bureau.desk.dialog(IssuedKitDialog).accept()
    bureau.desk.settle()
    (made,) = folder.glob("*parameter_kit*.asice")
    return made


def test_a_renewal_from_the_notice_to_the_new_certificate(
    care: KeyCarePage, bureau: CertificatesDeskPage, clock: MovableClock, stick: Path
) -> None:
    clerk = care.clerk
    before = clerk.workspace.vault.certificate("unit")
    assert "续期" not in care.told_at_home()
    clock.moment = before.not_after - timedelta(days=30)
    assert "还有 30 天" in care.told_at_home()
    lines = clerk.notice().splitlines()
    assert lines == list(care.sentences())
    assert ["注销名单" in line for line in lines] == [False, True]
    clerk.press_notice()
    assert clerk.page() == "settings"
    care.press("生成续期申请…")
    care.choose(stick)
    dialog = clerk.dialog(RenewalDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.current.setText(PASSWORD)
    clerk.accept(dialog)
    assert "不用再盖章核对" in clerk.notice()
    page = bureau.page
    bureau.click(page.renew_button)  # a list lasts 400 days
    bureau.desk.until(lambda: "注销名单已更新" in bureau.told())
    bureau.desk.receive(stick)
    notice = page.notice
    assert notice.action.text() == "签发 1 份续期证书"
    bureau.click(notice.action)
    bureau.desk.until(lambda: "已签发 1 份续期证书" in bureau.told())
    bureau.desk.settle()
    assert not bureau.page.notice.action.isVisible()
    assert "证书" in care.take_in(bureau.write_list(stick))
    after = clerk.workspace.vault.certificate("unit")
    assert (after.fingerprint, after.not_after > before.not_after) == (before.fingerprint, True)
    assert not any("续期" in told for told in care.sentences())
    clerk.go_to("设置")
    assert not clerk.desk.settings.view.key_card.registration_button.isVisible()


def test_a_lost_key_is_followed_by_a_new_one_and_revoked_in_the_same_step(
    care: KeyCarePage, bureau: CertificatesDeskPage, stick: Path
) -> None:
    clerk, desk = care.clerk, bureau.desk
    old = clerk.workspace.vault.certificate("unit").fingerprint
    clerk.go_to("设置")
    care.press("更换签名…")
    replacing = clerk.dialog(NewPasswordDialog)
    type_new(replacing.password, NEW)
    clerk.accept(replacing)
    assert "还没有重新登记" in care.told_at_home()
    care.press("生成补办申请…")
    care.choose(stick)
    asked = clerk.dialog(PasswordDialog)
    asked.fields[0].setText(NEW)
    clerk.accept(asked)
    assert (stick / "签名补办申请表.pdf").read_bytes().startswith(b"%PDF")
    desk.receive(stick)
    desk.press(desk.line(TOWN))
    dialog = desk.dialog(RegisterKeyDialog)
    ((box, other),) = dialog.replaced
    assert (other.fingerprint, box.isChecked()) == (old, True)
    dialog.confirm.setChecked(True)
    bureau.click(dialog.accept_button)
    desk.until(lambda: not desk.has_dialog(RegisterKeyDialog))
    desk.settle()
    new = clerk.workspace.vault.certificate("unit").fingerprint
    assert bureau.states(TOWN_NAME) == {new: "有效", old: "已注销"}
    assert care.state() == "等待登记"
    care.take_in(bureau.write_list(stick))
    assert care.state() == "财政部门已登记"


def test_a_root_the_old_one_signed_for_asks_the_clerk_nothing(
    care: KeyCarePage, bureau: CertificatesDeskPage, stick: Path
) -> None:
    clerk, before = care.clerk, care.clerk.workspace.current_kit().kit.root_certificate
    bureau.click(bureau.keeping().succeed_button)
    dialog = bureau.give_new_root(ROOT, LEAF)
    assert not any(choice.isVisible() for choice in dialog.losses.values())
    bureau.desk.until(lambda: "根证书已更换" in bureau.told())
    offer = care.offered_kit(issued_kit(bureau, stick))
    assert "由原来的根证书签认" in words_of(offer)
    assert not offer.confirm.isVisible()
    clerk.accept(offer)
    kit = clerk.workspace.current_kit().kit
    assert kit.root_certificate != before
    assert before in kit.former_roots
    assert care.state() == "财政部门已登记"


def test_a_root_made_anew_is_compared_by_the_clerk(
    care: KeyCarePage, bureau: CertificatesDeskPage, stick: Path
) -> None:
    clerk, before = care.clerk, care.clerk.workspace.current_kit().kit.root_certificate
    bureau.click(bureau.keeping().replace_button)
    bureau.give_new_root(ROOT, LEAF, RootLoss.EXPOSED)
    bureau.desk.until(lambda: "根证书已重建" in bureau.told())
    path = issued_kit(bureau, stick)
    offer = care.offered_kit(path)
    assert "原来的根证书没有签认过它" in words_of(offer)
    assert not offer.accept_button.isEnabled()
    offer.reject()
    assert clerk.workspace.current_kit().kit.root_certificate == before
    again = care.offered_kit(path)
    again.confirm.setChecked(True)
    clerk.accept(again)
    kit = clerk.workspace.current_kit().kit
    assert kit.root_certificate != before
    assert before not in kit.former_roots
    assert care.state() == "财政部门已登记"
