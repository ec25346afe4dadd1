"""对照两份 at the bureau's desk: two versions side by side, one chosen with a reason, the choice turned round."""

from __future__ import annotations

import pytest

from services.package_lines import PackageLine
from tests.gui.bureau.conftest import KNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.intake_view import REFUSED
from ui.bureau.package_forms_dialog import PackageFormsDialog
from ui.bureau.version_decision_dialog import ComparisonCard, VersionDecisionDialog

pytestmark = pytest.mark.slow


@pytest.fixture
def waiting(desk: BureauDeskPage) -> PackageLine:
    """The unit's package received, another of the same version number waiting."""
    desk.receive(desk.folder / "post")
    desk.receive(desk.folder / "contested")
    return desk.line(KNOWN, received=False)


def ask(desk: BureauDeskPage, line: PackageLine) -> VersionDecisionDialog:
    desk.press(line)
    return desk.dialog(VersionDecisionDialog)


def settled(desk: BureauDeskPage) -> None:
    desk.until(lambda: not desk.has_dialog(VersionDecisionDialog))
    desk.settle()


def test_the_line_says_what_to_do(desk: BureauDeskPage, waiting: PackageLine):
    desk.intake.choose_path(waiting.path)
    detail = desk.intake.detail
    assert detail.decide_button.isVisible()
    assert "选择以哪一份为准" in detail.next_step.text()
    assert "文件自称：" in detail.claims_label.text()
    assert "申报表 1 份" in detail.claims_label.text()


def test_both_versions_side_by_side_and_the_later_one_adopted(desk: BureauDeskPage, waiting: PackageLine):
    dialog = ask(desk, waiting)
    (card,) = dialog.findChildren(ComparisonCard)
    words = {place: (kept, came) for place, kept, came in card.words()}
    assert words["版本"] == ("第 1 版", "第 1 版")
    assert words["审核人"][1] == "另一位审核人"
    assert "2026年" in words["签署时间"][0]
    dialog.accept_button.click()
    desk.until(lambda: "理由" in dialog.problem())
    dialog.reason.setText("与单位电话核实")
    dialog.accept_button.click()
    settled(desk)
    assert "已采用" in desk.told()
    line = next(item for item in desk.lines() if item.path == waiting.path)
    assert (line.is_received, line.remark) == (True, "已接收，经核实采用：与单位电话核实")
    desk.press(line)
    desk.until(lambda: desk.frame.current_page() == "received")
    page = desk.desk.forms.page
    assert page is not None
    assert "采用后来的第 1 版" in page.decision_label.text()
    assert page.version() is not None
    assert page.version().answers["reviewer_name"] == "另一位审核人"
    assert "现在采用" in page.version_button.text()


def test_the_original_kept_then_the_choice_turned_round(desk: BureauDeskPage, waiting: PackageLine):
    dialog = ask(desk, waiting)
    dialog.reason.setText("单位书面确认")
    dialog.keep_button.click()
    settled(desk)
    assert "已保留" in desk.told()
    declined = next(item for item in desk.lines() if item.path == waiting.path)
    assert declined.is_declined
    desk.intake.filters.choose(REFUSED)
    assert all(line.path != waiting.path for line in desk.lines())
    desk.intake.filters.choose(0)
    desk.intake.choose_path(declined.path)
    assert "保留原来的第 1 版" in desk.intake.detail.reasons.text()
    again = ask(desk, declined)
    assert not again.keep_button.isVisible()
    assert again.accept_button.text() == "改为采用这一份"
    again.reason.setText("单位改口")
    again.accept_button.click()
    settled(desk)
    assert next(item for item in desk.lines() if item.path == waiting.path).is_received


def test_an_overruled_package_opens_as_it_came(desk: BureauDeskPage, waiting: PackageLine):
    dialog = ask(desk, waiting)
    dialog.reason.setText("与单位电话核实")
    dialog.accept_button.click()
    settled(desk)
    old = next(line for line in desk.lines() if line.is_overruled)
    desk.press(old)
    chooser = desk.dialog(PackageFormsDialog)
    chooser.accept_button.click()
    desk.until(lambda: desk.frame.current_page() == "received")
    page = desk.desk.forms.page
    assert page is not None
    assert page.version() is not None
    assert page.version().answers.get("reviewer_name") != "另一位审核人"
    assert "留存" in page.version_button.text()


def test_a_file_that_has_gone_is_told_in_a_sentence(desk: BureauDeskPage, waiting: PackageLine):
    (package,) = (desk.folder / "contested").glob("*.asice")
    package.unlink()
    desk.press(waiting)
    desk.settle()
    assert not desk.has_dialog(VersionDecisionDialog)
    assert desk.frame.notice.words.text() or desk.told()
