"""What the clerk's desk tells of returned forms: how many by when, what came in, what has changed since it was sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.domain.errors import InputError
from models.domain.review import CommentState
from services.remark_answers import answer, sheet_of
from services.returned import take_return_slip
from services.returned_forms import ReturnedForms, answer_by, returned_forms, returned_in, slips
from services.since_sent import since_sent
from services.workspaces import Workspace
from tests.services.county import County, opened
from tests.services.review.test_round_trip import TARGET, changed, comments, returned

NEW = "全年养护农村公路 50 公里，路面完好率达到 95%。"


@pytest.fixture
def sent(county: County, town: Workspace) -> str:
    """A filing of the town, received."""
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    return filing_id


def test_how_many_by_when_until_they_are_sent_again(county: County, town: Workspace, sent: str) -> None:
    assert returned_forms(town) == ReturnedForms(0)
    take_return_slip(town, returned(county, sent))
    day = date(2026, 9, 6)
    assert returned_forms(town) == ReturnedForms(1, day, (day - town.today).days)
    county.tools.clock.moment += timedelta(days=30)
    late = returned_forms(town)
    assert late.days_left == (day - town.today).days
    assert late.days_left is not None
    assert late.days_left < 0
    with town.store.reading() as work:
        (slip,) = slips(work)
    assert (answer_by(slip), returned_in(slip)) == (day, {sent: 1})
    changed(town, sent, **{TARGET: NEW})
    county.sealed(town, [sent])
    assert returned_forms(town) == ReturnedForms(0)


def test_what_has_changed_since_it_was_sent(county: County, town: Workspace, sent: str) -> None:
    take_return_slip(town, returned(county, sent))
    before = since_sent(town, opened(town, sent))
    assert (before.version, before.differences) == (1, ())
    changed(town, sent, **{TARGET: NEW})
    (one,) = since_sent(town, opened(town, sent)).differences
    assert one.came == NEW
    assert one.kept not in ("", NEW)
    (new,) = [i for i in county.filled(town, 2) if i != sent][:1]
    with pytest.raises(InputError, match="还没有报送过"):
        since_sent(town, opened(town, new))


def test_the_sheet_follows_answers_that_are_not_saved_yet(county: County, town: Workspace, sent: str) -> None:
    take_return_slip(town, returned(county, sent))
    sheet = sheet_of(town, sent)
    now = opened(town, sent).filing.answers
    assert [remark.is_changed for remark in sheet.against(now)] == [False, False]
    assert [remark.is_changed for remark in sheet.against({**now, TARGET: NEW})] == [True, True]
    answer(town, comments(town, sent)[0].comment_id, "已答复")
    assert sheet_of(town, sent).comments[0].state is CommentState.ANSWERED
