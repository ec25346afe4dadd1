"""The page 汇总 (figures for the leader): year, form and dimension chosen above, table and charts below, sources behind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from services.figures.counting import Group, grouped, met_before, total
from services.figures.measures import Measure, measures_of
from services.figures.records import Basis, Dimension
from ui.bureau.filter_chips import FilterChips
from ui.bureau.summary.behind_view import BehindView
from ui.bureau.summary.chart_panel import ChartPanel
from ui.bureau.summary.figure_cards import FigureCards
from ui.bureau.summary.figure_model import FigureRow
from ui.bureau.summary.figure_table import FigureTable
from ui.bureau.summary.summary_words import Aspect, behind_lines, behind_title, card_forms, card_words
from ui.theme import px
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.page import ListCard, Page

_ALL_FORMS = ""
_FIRST_FORM = "performance_target"
_FIRST_SHARE, _SECOND_SHARE = 63, 37


class SummaryView(Page):
    """Figures of a budget year (汇总); `open_requested` carries a filing's id, `year_chosen` a budget year,
    `comparison_wished` whether another year is wanted beside it, `export_requested` the year to be written.
    """

    open_requested = Signal(str)
    year_chosen = Signal(object)
    comparison_wished = Signal(bool)
    export_requested = Signal(int)
    preparation_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("汇总", "", parent)
        self._basis: Basis | None = None
        self._before: Basis | None = None
        self._opened: tuple[str, str, str, bool] | None = None
        self.year, self.form, self.dimension = MenuButton(), MenuButton(), MenuButton("按")
        self.dimension.set_choices([(one, one.label) for one in Dimension], Dimension.UNIT)
        self.compare = button("与上年比较", "filter", clicked=self._on_compare)
        self.compare.setCheckable(True)
        self.export_button = button("导出工作簿…", icon_name="excel", clicked=self._on_export)
        self.aspects = FilterChips([one.label for one in Aspect])
        self.cards = FigureCards()
        self.table, self.charts, self.behind = FigureTable(), ChartPanel(), BehindView()
        self.table.setAccessibleName("汇总数")
        self.empty = EmptyState(
            "还没有可汇总的表",
            "去准备…",
            hint="下发任务参数包、接收各单位的报送文件以后，这里自动汇总，不用另外操作。",
            icon_name="summary",
        )
        self._lay_out()
        self._connect()
        self.set_years((), 0)
        self._show()

    def set_years(self, years: Sequence[int], current: int) -> None:
        """Offer the budget years there are figures of."""
        self.year.set_choices([(year, f"{year}年预算") for year in years], current)
        self.year.setVisible(bool(years))

    def set_figures(self, basis: Basis | None, before: Basis | None) -> None:
        """Show the figures of a year, beside another's where one is given; None while there are none."""
        self._basis, self._before = basis, before
        forms = basis.form_ids() if basis else ()
        wished = self.form.value() if self.form.value() in (_ALL_FORMS, *forms) else None
        usual = _FIRST_FORM if _FIRST_FORM in forms else next(iter(forms), _ALL_FORMS)
        current = usual if wished is None else wished
        names = [(form_id, basis.titles[form_id]) for form_id in forms] if basis else []
        self.form.set_choices([*names, (_ALL_FORMS, "全部表")], current)
        self._show()

    def form_id(self) -> str:
        """The form in force, "" for all."""
        return str(self.form.value() or _ALL_FORMS)

    def _lay_out(self) -> None:
        for part in (self.year, self.form, self.dimension, self.compare, self.export_button):
            self.head.addWidget(part)
        self.tools = QWidget()
        tools = row(self.aspects, None, label("金额单位：万元　点数字看来源", "muted"))
        tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setLayout(tools)
        self.table_card = ListCard(self.table, self.empty, row(self.tools))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(12))
        self.splitter.setProperty("role", "pages")
        self.splitter.addWidget(self.table_card)
        self.splitter.addWidget(self.charts)
        self.splitter.setSizes([_FIRST_SHARE * 10, _SECOND_SHARE * 10])
        self.splitter.setStretchFactor(0, _FIRST_SHARE)
        self.splitter.setStretchFactor(1, _SECOND_SHARE)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(13)
        column.addWidget(self.cards)
        column.addWidget(self.splitter, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(figures)
        self.pages.addWidget(self.behind)
        self.body.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.year.chosen.connect(self.year_chosen)
        self.form.chosen.connect(lambda _value: self._on_chosen())
        self.dimension.chosen.connect(lambda _value: self._on_chosen())
        self.aspects.chosen.connect(lambda _number: self._on_chosen())
        self.cards.chosen.connect(self.form.choose)
        self.table.figure_opened.connect(self._on_figure)
        self.charts.figure_opened.connect(self._on_figure)
        self.behind.open_requested.connect(self.open_requested)
        self.behind.closed.connect(self._on_back)
        self.empty.wanted.connect(self.preparation_requested)

    def _on_chosen(self) -> None:
        self._opened = None
        self._show()

    def _show(self) -> None:
        """Everything anew from the figures and what is chosen."""
        basis = self._basis if self._basis is not None and not self._basis.is_empty else None
        choosers = (self.form, self.dimension, self.compare, self.export_button)
        for part in (*choosers, self.cards, self.charts, self.tools):
            part.setVisible(basis is not None)
        self.table_card.show_content(basis is not None)
        if basis is None:
            self.hint_label.setText("")
            self.pages.setCurrentIndex(0)
            return
        form_id, dimension = self.form_id(), Dimension(str(self.dimension.value()))
        groups = grouped(basis, dimension, form_id)
        measures = measures_of(basis, form_id)
        self._show_table(basis, groups, measures)
        self.cards.set_cards([card_words(basis, one) for one in card_forms(basis)], form_id)
        self.charts.set_figures(basis, form_id, dimension.label, groups)
        units = {line.belonging.unit_code for line in basis.lines} | {
            one.belonging.unit_code for one in basis.due
        }
        self.hint_label.setText(f"{len(units):,} 个单位　收到 {len(basis.lines):,} 份")
        self._show_again()

    def _show_table(self, basis: Basis, groups: Sequence[Group], measures: Sequence[Measure]) -> None:
        form_id, dimension = self.form_id(), Dimension(str(self.dimension.value()))
        before = self._before if self.compare.isChecked() else None
        shown = self._aspect(measures).of(measures, is_compared=before is not None)
        whole = total(basis, form_id)
        if before is None:
            rows = [FigureRow(whole, is_total=True), *(FigureRow(group) for group in groups)]
            self.table.figures.set_figures(dimension.label, shown, rows)
            return
        met = met_before(groups, grouped(before, dimension, form_id))
        first = FigureRow(whole, total(before, form_id), is_total=True)
        pairs = [FigureRow(group, then) for group, then in met]
        self.table.figures.set_figures(dimension.label, shown, [first, *pairs], before.budget_year)

    def _aspect(self, measures: Sequence[Measure]) -> Aspect:
        """What is shown: the kind in force, where the form has none of it the first it has."""
        kinds = [one for one in Aspect if one.tells(measures)]
        for number, one in enumerate(Aspect):
            self.aspects.chip(number).setVisible(one in kinds)
        current = list(Aspect)[self.aspects.current()]
        if current not in kinds:
            current = next(iter(kinds), Aspect.REPORTING)
            self.aspects.chip(list(Aspect).index(current)).setChecked(True)
        return current

    def _on_figure(self, wish: tuple[Group, Measure, bool]) -> None:
        group, measure, is_before = wish
        basis = self._before if is_before else self._basis
        if basis is None:
            return
        lines = behind_lines(basis, measure.behind(group))
        form = basis.titles.get(self.form_id(), "全部表")
        title = behind_title(basis.budget_year, form, group, measure, lines)
        self._opened = (group.key, measure.key, group.name, is_before)
        self.behind.search.setText("")
        self.behind.set_lines(title, lines, basis.titles)
        self.pages.setCurrentWidget(self.behind)
        self.behind.table.setFocus()

    def _show_again(self) -> None:
        """What stands behind the figure one was at, counted anew; a list that came from a chart stays as it was."""
        if self._opened is None:
            self.pages.setCurrentIndex(0)
            return
        model = self.table.figures
        for number in range(model.rowCount()):
            for column in range(1, model.columnCount()):
                found = model.behind(model.index(number, column))
                if found and (found[0].key, found[1].key, found[0].name, found[2]) == self._opened:
                    self._on_figure(found)
                    return

    def _on_back(self) -> None:
        self._opened = None
        self.pages.setCurrentIndex(0)
        self.table.setFocus()

    def _on_compare(self) -> None:
        self._opened = None
        self.comparison_wished.emit(self.compare.isChecked())
        self._show()

    def _on_export(self) -> None:
        if self._basis is not None:
            self.export_requested.emit(self._basis.budget_year)
