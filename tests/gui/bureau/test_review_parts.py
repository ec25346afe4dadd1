"""Parts of the review page by themselves: grade and amounts, the queue's list, the approval list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from forms.checks.received_facts import GivenScore
from forms.checks.received_settings import ScoreGapSetting
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.money import AmountError
from models.domain.project import Unit
from models.domain.review import CommentState, ReviewComment, ReviewFile, ReviewLevel, ReviewOutcome
from models.domain.review_rule import ReviewStep
from models.domain.target_review_rule import TargetReviewGrade, TargetReviewRule
from services.ports.store import FilingOverview
from services.review.approving import ApprovalLine
from services.review.queue import QueueLine
from services.review.scores import Scored
from ui.bureau.approval_list_dialog import ApprovalLineModel
from ui.bureau.decision_fields import AmountFields, GradeFields
from ui.bureau.remark_panel import RemarkPanel
from ui.bureau.review_queue_list import QueueList
from ui.bureau.review_words import figure_words, short_state_look
from ui.theme import px

NOW = datetime(2026, 9, 3, 9, tzinfo=UTC)
UNIT = Unit("820001", "示例县柳林镇人民政府", "820001", "示例县柳林镇人民政府")
PASS = ReviewOutcome.PASS
RULE = TargetReviewRule(
    grades=(
        TargetReviewGrade("优", Decimal(90), "直接进入预算安排。"),
        TargetReviewGrade("差", Decimal(0), "不予安排预算。", may_enter=False),
    )
)


def overview(number: int, status: FilingStatus = FilingStatus.RECEIVED) -> FilingOverview:
    return FilingOverview(
        f"F{number}", "T1", "performance_target", "", UNIT.code, 2027, status, 1, 1_280_000_00, NOW
    )


def line(number: int) -> QueueLine:
    file = ReviewFile(f"F{number}", 1, ReviewLevel.OFFICE)
    return QueueLine(overview(number), UNIT, None, file, (ReviewStep(ReviewLevel.OFFICE),))


def test_points_give_the_grade_and_its_consequence(qtbot):
    fields = GradeFields()
    qtbot.addWidget(fields)
    fields.begin(RULE)
    assert fields.values(PASS) == ("", "")
    fields.points.setText("92.5")
    assert fields.values(PASS) == ("优", "92.5")
    assert fields.consequence.text() == "直接进入预算安排。"
    fields.grade.choose("差")
    with pytest.raises(InputError, match=r"按 92\.5 分应评“优”，评的是“差”"):
        fields.values(PASS)
    fields.points.setText("40")
    assert fields.values(ReviewOutcome.RETURN) == ("差", "40")
    with pytest.raises(InputError, match="评为“差”的绩效目标不能审核通过"):
        fields.values(PASS)
    for wrong in ("九十", "120", "-3", "NaN"):
        fields.points.setText(wrong)
        with pytest.raises(InputError, match="得分"):
            fields.values(PASS)
    fields.begin(None)
    assert fields.isHidden()
    assert fields.values(PASS) == ("", "")


def test_a_score_far_from_the_one_before_says_so_while_it_is_typed(qtbot):
    fields = GradeFields()
    qtbot.addWidget(fields)
    limit = ScoreGapSetting(noted=Decimal(5), large=Decimal(10))
    fields.begin(RULE, Scored(GivenScore("单位自评", Decimal(96), "优"), limit))
    assert fields.consequence.text() == "单位自评 96 分 优"
    fields.points.setText("92")
    assert "相差" not in fields.consequence.text()
    fields.points.setText("85.5")
    assert "相差 10.5 分，超过 10 分，请退回修改或列入复核" in fields.consequence.text()
    fields.begin(RULE)
    assert fields.consequence.text() == ""


def test_what_is_cut_follows_from_the_amounts(qtbot):
    fields = AmountFields()
    qtbot.addWidget(fields)
    sheet: Any = SimpleNamespace(
        has_amounts=True, submitted_fen=100_000_000, conclusions=("予以支持", "不予支持")
    )
    fields.begin(sheet)
    assert fields.values() == ("", 100_000_000, None)
    fields.approved.setText("80")
    assert fields.values() == ("", 100_000_000, 80_000_000)
    assert fields.cut_label.words() == "审减 20.00 万元"
    fields.approved.setText("120")
    assert "审定大于送审" in fields.cut_label.words()
    fields.approved.setText("-5")
    assert fields.cut_label.words() == "审定小于 0，请核对"
    fields.approved.setText("八十")
    with pytest.raises(AmountError):
        fields.values()
    fields.conclusion.choose("不予支持")
    fields.approved.clear()
    assert fields.values() == ("不予支持", 100_000_000, None)


def test_amounts_and_a_long_conclusion_are_never_cut(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    fields, column = AmountFields(), QVBoxLayout(holder)
    column.addWidget(fields)
    sheet: Any = SimpleNamespace(
        has_amounts=True, submitted_fen=96_500_000, conclusions=("调整完善后予以支持",)
    )
    fields.begin(sheet)
    holder.resize(px(680), px(80))
    holder.show()
    beside = fields.conclusion.y()
    fields.approved.setText("30")
    fields.conclusion.choose("调整完善后予以支持")
    assert holder.minimumSizeHint().width() < px(480)
    holder.resize(px(480), px(80))
    qtbot.waitUntil(lambda: fields.conclusion.y() > beside)
    assert fields.cut_label.text() == fields.cut_label.words() == "审减 66.50 万元"
    assert fields.conclusion.width() >= fields.conclusion.sizeHint().width()
    holder.resize(px(800), px(80))
    qtbot.waitUntil(lambda: fields.conclusion.x() > fields.approved.x())


def test_the_queue_as_a_list(qtbot, qtmodeltester):
    shown = QueueList()
    qtbot.addWidget(shown)
    chosen: list[QueueLine] = []
    shown.line_chosen.connect(chosen.append)
    lines = [line(number) for number in range(3)]
    shown.set_lines(lines)
    qtmodeltester.check(shown.lines)
    assert shown.choose("F1")
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    shown.step(1)
    assert [item.filing.filing_id for item in chosen] == ["F1", "F2"]
    shown.set_lines([lines[2], lines[1]])
    current = shown.current()
    assert current is not None
    assert current.filing.filing_id == "F2"
    assert len(chosen) == 2
    assert [item.filing.filing_id for item in shown.lines.chosen()] == ["F1"]
    shown.set_lines([lines[0]])
    assert shown.lines.chosen() == ()
    assert not shown.choose("F1")
    assert short_state_look(lines[0]).word == "待初审"
    assert figure_words(lines[0]) == "128.00 万元"


def test_the_approval_list_takes_amounts(qtbot, qtmodeltester):
    model = ApprovalLineModel()
    model.set_records(
        [ApprovalLine(overview(n, FilingStatus.PASSED), UNIT, None, "表", 100, 100) for n in range(2)]
    )
    qtmodeltester.check(model)
    model.tick_all(False)
    said: list[str] = []
    model.declined.connect(said.append)
    amount = model.index(1, 4)
    assert model.setData(amount, "3.2")
    assert [item.approved_fen for item in model.chosen()] == [3_200_000]
    assert not model.setData(amount, "三万")
    assert "三万" in said[0]
    assert model.setData(amount, "")
    assert [item.approved_fen for item in model.chosen()] == [None]
    assert not model.setData(model.index(0, 0), "5")


def test_remarks_are_gone_through_one_by_one(qtbot):
    panel = RemarkPanel()
    qtbot.addWidget(panel)
    gone: list[str] = []
    panel.place_requested.connect(gone.append)
    panel.step(1)
    states = (CommentState.SETTLED, CommentState.OPEN, CommentState.WITHDRAWN, CommentState.ANSWERED)
    panel.show_review([remark(n, state) for n, state in enumerate(states)], (), "李文", may_write=True)
    assert panel.count_label.text() == "意见 3"
    for by in (1, 1, 1, -1):
        panel.step(by)
    assert gone == ["P1", "P3", "P0", "P3"]
    open_card, answered, settled = panel.cards()
    assert not open_card.reword_button.isHidden()
    assert open_card.reopen_button.isHidden()
    assert answered.reword_button.isHidden()
    assert not answered.reopen_button.isHidden()
    assert settled.settle_button.isHidden()


def test_what_the_bureau_said_is_only_read(qtbot):
    """At a department's desk: named as the bureau's, gone through like the rest, nothing to press."""
    panel = RemarkPanel()
    qtbot.addWidget(panel)
    gone: list[str] = []
    panel.place_requested.connect(gone.append)
    assert panel.bureau_label.isHidden()
    panel.set_whose("主管部门意见")
    panel.show_review([remark(0, CommentState.OPEN)], (), "李文", may_write=True)
    opinion = replace(remark(3, CommentState.OPEN), place="", is_compulsory=False)
    panel.show_bureau([opinion, remark(1, CommentState.OPEN), remark(2, CommentState.ANSWERED)])
    assert panel.bureau_label.text() == "财政部门意见 3　未处理 1"
    cards = panel.bureau_cards()
    assert [card.findChildren(QPushButton) for card in cards] == [[], [], []]
    assert [card.accessibleName().split("，")[::2] for card in cards] == [
        ["财政部门意见", "财政部门"],
        ["财政部门意见", "未处理"],
        ["财政部门意见", "已答复"],
    ]
    for _ in range(4):
        panel.step(1)
    assert gone == ["P0", "", "P1", "P2"]
    assert panel.count_label.text() == "主管部门意见 1"
    panel.show_bureau(())
    assert panel.bureau_label.isHidden()


def remark(number: int, state: CommentState) -> ReviewComment:
    return ReviewComment(
        f"C{number}",
        "F1",
        1,
        ReviewLevel.OFFICE,
        f"P{number}",
        "指标值",
        "请核对。",
        "李文",
        NOW,
        state=state,
    )
