"""退回修改函 at the bureau's desk: after the slips and from the page, looked at, worded, written as PDF."""

from __future__ import annotations

import pytest

from models.domain.review import ReviewOutcome
from services.desk_people import present_user
from services.review.deciding import DecisionDraft, decide
from tests.gui.bureau.conftest import KNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.letters import LettersPage
from tests.gui.pages.review_page import ReviewPage
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.letter_dialog import LetterDialog
from ui.bureau.message_choice_dialog import MessageChoiceDialog

pytestmark = pytest.mark.slow
RETURN = DecisionDraft(ReviewOutcome.RETURN, "请写明测算依据。")


@pytest.fixture
def review(desk: BureauDeskPage) -> ReviewPage:
    """The page, with everything of the known unit returned."""
    desk.receive(desk.folder / "post")
    (desk.folder / "out").mkdir()
    page = ReviewPage(desk)
    for line in page.lines():
        decide(
            desk.workspace, present_user(desk.workspace), line.filing.filing_id, line.file.revision, RETURN
        )
    page.view.queue.query_changed.emit(page.view.queue.query())
    return page.opened()


def test_from_the_slips_to_letters_on_the_same_stick(review: ReviewPage):
    desk, out = review.desk, review.desk.folder / "out"
    review.view.queue.slips_button.click()
    desk.dialog(MessageChoiceDialog).accept_button.click()
    desk.give_signature()
    desk.choose(out)
    desk.dialog(FilesDialog).offered.click()
    page = LettersPage(desk)
    assert page.units() == [KNOWN]
    assert page.dialog.accept_button.text() == "生成"
    preview = page.preview()
    assert "请写明测算依据。" in preview
    assert "（发文字号空着" in preview
    assert "2026年9月6日前" in preview
    page.type(page.dialog.number, " 示财绩函〔2026〕12号 ")
    page.type(page.dialog.phone, "0551-1234567")
    assert "示财绩函〔2026〕12号\n" in page.preview()
    assert "联系电话：0551-1234567" in page.preview()
    (path,) = page.write()
    assert path.parent == out
    assert path.name.startswith(f"退回修改函_{KNOWN}_")
    assert path.read_bytes().startswith(b"%PDF")
    assert len(review.written("*.asice")) == 1


def test_from_the_page_with_words_of_ones_own(review: ReviewPage):
    desk = review.desk
    review.view.queue.letters_button.click()
    page = LettersPage(desk)
    words = page.word("{单为}请看附件。")
    assert "{单为}" in words.problem()
    words.opening.setPlainText("{单位}请看附件，共{退回件数}份。")
    words.accept_button.click()
    desk.settle()
    count = len(page.dialog.table.ticks.record(0).items)
    assert f"请看附件，共{count}份。" in page.preview()
    page.dialog.whole.setChecked(True)
    page.dialog.table.ticks.tick_all(False)
    assert not page.dialog.accept_button.isEnabled()
    page.dialog.table.ticks.tick_all(True)
    assert page.dialog.count_label.text() == f"已选 1 个单位、{count} 份表"
    (path,) = page.write(desk.folder / "out")
    assert path.name == "退回修改函_1个单位_20260901.pdf"
    review.view.queue.letters_button.click()
    again = LettersPage(desk)
    assert "请看附件，共" in again.preview()
    again.dialog.wording_button.click()
    again.dialog.reject()


def test_nothing_returned_is_said(desk: BureauDeskPage):
    page = ReviewPage(desk)
    page.view.queue.letters_button.click()
    desk.settle()
    assert "没有退回修改的表" in desk.frame.notice.words.text()
    assert not desk.has_dialog(LetterDialog)
