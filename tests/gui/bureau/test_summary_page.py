"""汇总: what the page shows of given figures, how one comes to the filings behind a number, and that it is live."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from services.figures.records import Dimension
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.services.figures.sample import EVALUATION, TARGET, TOWN, basis, line
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.summary.bar_chart import Bar, BarChart
from ui.bureau.summary.figure_cards import CardWords, FigureCard
from ui.bureau.summary.figure_model import FigureModel
from ui.bureau.summary.summary_view import SummaryView
from ui.bureau.summary.summary_words import Aspect
from ui.theme import px


@pytest.fixture
def view(qtbot):
    page = SummaryView()
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.set_years((2027, 2026), 2027)
    page.set_figures(basis(), None)
    return page


def words(view: SummaryView) -> list[list[str]]:
    """Everything the table shows, heads first."""
    model: FigureModel = view.table.figures
    heads = [str(model.headerData(c, Qt.Orientation.Horizontal)) for c in range(model.columnCount())]
    cells = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return [heads, *cells]


def press(qtbot, view: SummaryView, row: int, head: str) -> None:
    """Click on a cell of the table."""
    index = view.table.figures.index(row, words(view)[0].index(head))
    place = view.table.visualRect(index).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_model_is_sound(view, qtmodeltester):
    qtmodeltester.check(view.table.figures)
    view.compare.click()
    view.set_figures(basis(), replace(basis(), budget_year=2026))
    qtmodeltester.check(view.table.figures)


def test_the_total_comes_first_and_rates_are_said_in_percent(view):
    heads, total, *groups = words(view)
    assert heads == ["单位", "收到（份）", "金额", "送审", "审定", "审减", "审减率"]
    assert total == ["合计", "4", "0.101033", "0.100033", "0.095", "0.005033", "5.03%"]
    assert [row[0] for row in groups] == [
        "示例县教育体育局本级",
        "示例县第一实验小学",
        "示例县柳林镇人民政府",
    ]
    assert groups[0][3:] == ["—"] * 4


def test_a_click_shows_the_filings_behind_and_opens_one(view, qtbot):
    press(qtbot, view, 1, "审减")  # nothing stands behind it
    assert view.pages.currentWidget() is not view.behind
    press(qtbot, view, 0, "审减")
    assert view.pages.currentWidget() is view.behind
    assert [one.filing_id for one in view.behind.shown()] == ["F1", "F2"]
    assert "合计" in view.behind.title.words()
    view.behind.search.setText("项目2")
    with qtbot.waitSignal(view.open_requested) as opened:
        qtbot.keyClick(view.behind.table, Qt.Key.Key_Return)
    assert opened.args == ["F2"]
    view.behind.search.setText("")
    qtbot.keyClick(view.behind.table, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is not view.behind


def test_what_is_missing_is_listed_without_a_form_to_open(view, qtbot):
    view.aspects.choose(list(Aspect).index(Aspect.REPORTING))
    press(qtbot, view, 0, "未报")
    (item,) = view.behind.shown()
    assert (item.name, item.filing_id) == ("项目8", "")
    assert view.behind.title.words().endswith(" · 合计 · 未报 1 份")
    with qtbot.assertNotEmitted(view.open_requested):
        qtbot.keyClick(view.behind.table, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("heading", "said"),
    [("收到（份）", "收到 4 份"), ("金额", "金额（万元） 0.101033 · 4 份")],
)
def test_the_heading_says_every_count_once(view, qtbot, heading, said):
    press(qtbot, view, 0, heading)
    assert view.behind.title.words().endswith(f" · 合计 · {said}")


def test_what_is_due_is_told_apart_into_what_came_and_what_did_not(view, qtbot):
    view.aspects.choose(list(Aspect).index(Aspect.REPORTING))
    press(qtbot, view, 0, "应报")
    assert "份 · 收到 " in view.behind.title.words()
    assert view.behind.title.words().endswith("，另有 1 项没有收到")


def test_what_one_looks_at_stays_when_figures_change(view, qtbot):
    press(qtbot, view, 0, "金额")
    more = (*basis().lines, line(99, TOWN, amount_fen=1))
    view.set_figures(replace(basis(), lines=more), None)
    assert view.pages.currentWidget() is view.behind
    assert "F99" in [one.filing_id for one in view.behind.shown()]


def test_cards_choose_the_form_and_charts_follow(view, qtbot):
    qtbot.mouseClick(view.cards.card(EVALUATION), Qt.MouseButton.LeftButton)
    assert view.form_id() == EVALUATION
    assert view.charts.score_card.isVisible()
    assert [(one.name, one.count) for one in view.charts.columns.columns()] == [
        ("优", 2),
        ("良", 1),
        ("中", 0),
        ("差", 0),
    ]
    place = view.charts.columns.column_place(1).center()
    qtbot.mouseClick(view.charts.columns, Qt.MouseButton.LeftButton, pos=place)
    assert [one.filing_id for one in view.behind.shown()] == ["F6"]
    assert "· 良（" in view.behind.title.words()
    assert view.behind.title.words().endswith(" · 收到 1 份")
    view.form.choose(TARGET)
    assert not view.charts.score_card.isVisible()
    names = [bar.name for bar in view.charts.bars.bars()]
    assert names[0] == "示例县第一实验小学"
    line_of_bar = view.charts.bars.bar_place(0)
    qtbot.mouseClick(view.charts.bars, Qt.MouseButton.LeftButton, pos=QPoint(60, line_of_bar.center().y()))
    assert [one.filing_id for one in view.behind.shown()] == ["F3"]


def test_another_year_stands_beside(view, qtbot):
    before = replace(basis(), budget_year=2026, lines=(line(1, TOWN, amount_fen=200_00),), due=())
    with qtbot.waitSignal(view.comparison_wished):
        view.compare.click()
    view.set_figures(basis(), before)
    heads, total, *groups = words(view)
    assert heads[:7] == ["单位", "收到（份）", "2026年", "增减", "金额", "2026年", "增减"]
    assert total[1:4] == ["4", "1", "+3"]
    assert groups[0][1:4] == ["1", "—", "—"]
    press(qtbot, view, 0, "2026年")
    assert view.behind.title.words().startswith("2026年")


def test_every_dimension_and_all_forms_can_be_chosen(view):
    for dimension in Dimension:
        view.dimension.choose(dimension)
        assert words(view)[0][0] == dimension.label
    view.form.choose("")
    assert "金额" not in words(view)[0]
    assert words(view)[1][0] == "合计"


def test_without_figures_the_page_says_what_to_do(view, qtbot):
    view.set_figures(None, None)
    assert not view.export_button.isVisible()
    assert view.empty.isVisible()
    with qtbot.waitSignal(view.preparation_requested):
        view.empty.button.click()


def test_no_ranking_by_self_score(view):
    view.form.choose(EVALUATION)
    assert "average" not in view.charts._measures
    assert Decimal("93.33") not in [bar.value for bar in view.charts.bars.bars()]


@pytest.mark.slow
def test_live_at_the_desk_and_written_out(desk: BureauDeskPage):
    desk.frame.navigation.button("summary").click()
    desk.settle()
    view = desk.frame.page("summary")
    assert isinstance(view, SummaryView)
    assert view._basis is not None
    assert view._basis.lines == ()
    desk.frame.navigation.button("intake").click()
    desk.receive(desk.folder / "post")
    desk.frame.navigation.button("summary").click()
    desk.settle()
    received = len(view._basis.lines)
    assert received == 2
    view.form.choose("")
    view.aspects.choose(list(Aspect).index(Aspect.REPORTING))
    view.table.figure_opened.emit(view.table.figures.behind(view.table.figures.index(0, 0)))
    view.behind.table.opened.emit(view.behind.table.currentIndex())
    desk.until(lambda: desk.frame.current_page() == "received")
    desk.frame.navigation.button("summary").click()
    view.export_button.click()
    desk.choose(desk.folder)
    dialog = desk.dialog(FilesDialog)
    assert [path.suffix for path in desk.folder.glob("*汇总*")] == [".xlsx"]
    dialog.accept()


def test_bars_of_like_names_are_told_apart_in_little_room(qtbot):
    chart = BarChart()
    qtbot.addWidget(chart)
    names = ("示例县柳林镇人民政府", "示例县青山镇人民政府", "示例县民政局")
    chart.set_bars([Bar(name, Decimal(1), "1") for name in names])
    metrics = chart.fontMetrics()
    room = metrics.horizontalAdvance("柳林镇人民政府")
    assert [chart.fitting_name(n, metrics, room) for n in range(3)] == [
        "柳林镇人民政府",
        "青山镇人民政府",
        "示例县民政局",
    ]
    assert chart.fitting_name(0, metrics, 2 * room) == names[0]


def test_a_card_with_little_room_says_the_rate(qtbot):
    card = FigureCard()
    qtbot.addWidget(card)
    card.set_words(
        CardWords(TARGET, "绩效目标", "16 / 52 份", "金额 842.16 万元", "送审 364.20 万元 · 审减率 38.08%")
    )
    card.show()
    for width, said in ((px(320), "送审 364.20 万元 · 审减率 38.08%"), (px(150), "审减率 38.08%")):
        card.resize(width, px(110))
        qtbot.waitUntil(lambda said=said: said in [label.text() for label in card.findChildren(QLabel)])
