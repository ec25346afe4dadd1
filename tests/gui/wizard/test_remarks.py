"""Reviewers' remarks beside the form: states, marks, the way to each, answers, proposals taken over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from forms.answers import value_at
from forms.findings import Place
from models.domain.review import CommentState, ReviewComment, ReviewLevel
from services.remark_answers import RemarkSheet
from tests.forms.cases import ROADS, context
from tests.gui.desks.county import NOW
from tests.gui.pages.remarks import RemarksPage
from tests.gui.pages.wizard_page import CTRL

CELL = Place("indicators", "r2", "planned_value")


def remark(number: int, place: str, text: str, **more: object) -> ReviewComment:
    made = ReviewComment(f"C{number}", "F1", 1, ReviewLevel.OFFICE, place, f"位置{number}", text, "李文", NOW)
    return replace(made, **more)  # type: ignore[arg-type]


TARGET = remark(1, "annual_target", "请写明里程", seen="原来的目标", proposed="全年养护农村公路 62 公里。")
VALUE = remark(2, CELL.path, "与台账不符", proposed="60")
TABLE = remark(3, "indicators", "缺少成本指标")
OPINION = remark(4, "", "请按意见修改。", is_compulsory=False)


@pytest.fixture
def remarks(wizard) -> RemarksPage:
    """A form returned with three remarks and a general opinion."""
    wizard.open(context(), ROADS)
    shown = (TARGET, VALUE, TABLE, OPINION)
    wizard.view.set_remarks(RemarkSheet(shown, wizard.view.session.answers))
    wizard.settle()
    return RemarksPage(wizard)


def test_what_is_open_stands_beside_the_form_and_at_its_place(wizard, remarks):
    assert remarks.panel.isVisible()
    assert remarks.states() == ["未处理", "未处理", "未处理", "供参考"]
    assert remarks.count() == "还有 3 条未处理，共 4 条"
    form = wizard.view.session.form
    steps = [form.step_of(key).key for key in ("annual_target", "indicators")]
    assert [wizard.step_note(key).rpartition("，")[2] for key in steps] == ["意见 1", "意见 2"]
    assert wizard.view.frame.head.remarks.accessibleName() == "审核意见，3 条未处理，共 4 条"
    assert wizard.field("annual_target").has_remark()
    model = wizard.table().model
    looks = {
        (r, c): model.look(model.index(r, c)).has_remark for r in range(2) for c in range(model.columnCount())
    }
    assert [place for place, marked in looks.items() if marked] == [(1, model.index_of(CELL).column())]
    assert "审核意见：与台账不符" in model.index_of(CELL).data(Qt.ItemDataRole.ToolTipRole)


def test_f8_goes_from_remark_to_remark_and_round(wizard, remarks):
    remarks.on()
    assert (remarks.current(), wizard.view.frame.beside.place) == ([TARGET.text], Place("annual_target"))
    remarks.on()
    assert (remarks.current(), wizard.view.frame.beside.place) == ([VALUE.text], CELL)
    remarks.on()
    remarks.on()
    assert remarks.current() == [TARGET.text]
    remarks.on(-1)
    assert remarks.current() == [TABLE.text]
    wizard.press(Qt.Key.Key_R, CTRL)
    assert not remarks.panel.isVisible()


def test_a_change_answers_a_remark_and_its_mark_goes(wizard, remarks):
    wizard.fill("annual_target", "全年养护农村公路 50 公里，路面完好率达到 95%。")
    wizard.view.check_now()
    assert remarks.states()[0] == "已改"
    assert not wizard.field("annual_target").has_remark()
    assert remarks.count() == "还有 2 条未处理，共 4 条"


def test_a_proposal_is_one_step_that_can_be_undone(wizard, remarks):
    before = value_at(wizard.view.session.answers, CELL)
    remarks.take(VALUE)
    assert value_at(wizard.view.session.answers, CELL) == "60"
    assert remarks.states()[1] == "已改"
    wizard.undo()
    wizard.view.check_now()
    assert value_at(wizard.view.session.answers, CELL) == before
    assert remarks.states()[1] == "未处理"


@pytest.mark.parametrize(
    ("place", "proposed", "words"),
    [
        ("annual_fiscal_fen", "大约三十万", "不能直接填入"),
        ("indicators[r99].planned_value", "60", "已经不在表里"),
        ("indicators", "增加成本指标", "说的不是某一格"),
        ("indicators[r2].gone", "60", "已经不在表里"),
        ("gone", "60", "已经不在表里"),
        ("indicators[r2].weight", "很多", "不能直接填入"),
    ],
)
def test_a_proposal_that_cannot_be_taken_over_says_why(wizard, place, proposed, words):
    wizard.open(context(), ROADS)
    before = wizard.view.session.answers
    one = remark(1, place, "请核实", proposed=proposed)
    wizard.view.set_remarks(RemarkSheet((one,), before))
    wizard.settle()
    remarks = RemarksPage(wizard)
    remarks.take(one)
    said = remarks.card(one).problem()
    assert words in said
    assert "请按意见自行修改" in said
    assert wizard.view.session.answers == before


def test_an_answer_is_handed_on_and_what_did_not_do_is_told(wizard, remarks, qtbot):
    with qtbot.waitSignal(wizard.view.remark_answered) as told:
        remarks.answer(TABLE, "本项目没有成本指标")
    assert told.args == [TABLE.comment_id, "本项目没有成本指标"]
    sent = wizard.view.session.answers
    said = replace(TABLE, state=CommentState.ANSWERED, answer="本项目没有成本指标")
    wizard.view.set_remarks(RemarkSheet((TARGET, VALUE, said, OPINION), sent))
    assert remarks.states()[2] == "已答复"
    assert remarks.card(TABLE).editor.toPlainText() == "本项目没有成本指标"
    again = replace(TABLE, version=2, answer="本项目没有成本指标")
    wizard.view.set_remarks(RemarkSheet((again,), sent))
    card = remarks.card(again)
    assert (remarks.states(), card.editor.toPlainText()) == (["未处理"], "")
    remarks.flow.show_problem(again.comment_id, "答复没有保存。")
    assert card.problem() == "答复没有保存。"


def test_typing_goes_on_while_other_remarks_come(wizard, remarks):
    remarks.answer(TABLE, "正在写的答复")
    wizard.view.set_remarks(RemarkSheet((TARGET, VALUE, TABLE, OPINION), {}))
    assert remarks.card(TABLE).editor.toPlainText() == "正在写的答复"


def test_a_reader_answers_nothing(wizard):
    wizard.open(context(), ROADS, read_only=True)
    wizard.view.set_remarks(RemarkSheet((TARGET,), ROADS))
    wizard.settle()
    remarks = RemarksPage(wizard)
    assert not remarks.panel.isVisible()
    wizard.press(Qt.Key.Key_R, CTRL)
    card = remarks.card(TARGET)
    assert remarks.panel.isVisible()
    assert card.editor.isReadOnly()
    assert card.take.isHidden()
    assert card.reply.isHidden()
