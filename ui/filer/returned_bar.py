"""What was returned, above the tasks (退回提示): how many forms, by when they are wanted back, and the way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme import Tone
from ui.widgets.dates import short_date
from ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from services.returned_forms import ReturnedForms


class ReturnedBar(NoticeBar):
    """The notice that forms were returned (退回提示); it stays until every one was sent again."""

    def show_returned(self, returned: ReturnedForms) -> None:
        """Say how many, by when, and whether that day has passed."""
        if not returned.count:
            self.close_notice()
            return
        self.show_notice(returned_words(returned), Tone.BAD, action="只看退回的", closable=False)


def returned_words(returned: ReturnedForms) -> str:
    """有 2 份表被退回修改，请在9月16日前改好重新报送（还有 5 天）。"""
    head = f"有 {returned.count} 份表被退回修改"
    if returned.answer_by is None or returned.days_left is None:
        return f"{head}，请按审核意见改好后重新报送。"
    day, left = short_date(returned.answer_by), returned.days_left
    if left < 0:
        return f"{head}，应在{day}前重新报送，已逾期 {-left} 天。"
    when = "今天到期" if left == 0 else f"还有 {left} 天"
    return f"{head}，请在{day}前改好重新报送（{when}）。"
