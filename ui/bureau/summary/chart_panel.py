"""The charts beside the table (汇总图): groups by size above, points by grade below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from forms.number_format import plain_number
from services.figures.counting import Figures, Group
from services.figures.distribution import distribution, likeness
from services.figures.measures import COUNT, Measure, measures_of
from services.figures.records import Basis, FigureLine
from ui.bureau.summary.bar_chart import BarChart
from ui.bureau.summary.column_chart import ChartColumn, ColumnChart
from ui.bureau.summary.summary_words import bars_of, chart_measures, chart_words, likeness_words
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import Card
from ui.widgets.labels import label, paragraph


class ChartPanel(QWidget):
    """Both charts (汇总图); `figure_opened` carries (group, figure, of the other year) as the table does."""

    figure_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._dimension = ""
        self._measures: dict[str, Measure] = {}
        self._pressed: tuple[tuple[Group, Measure], ...] = ()
        self._bands: tuple[Group, ...] = ()
        self._alike: Group | None = None
        self.measure = MenuButton()
        self.bars, self.columns = BarChart(), ColumnChart()
        self.bars.setAccessibleName("各组比较")
        self.columns.setAccessibleName("得分分布")
        self.bar_title = label("", "section")
        self.hint = paragraph("", "muted")
        self.alike_button = button("查看", "link", clicked=self._on_alike)
        self.bar_card, self.score_card = Card(margin=14), Card("得分分布", margin=14)
        self._lay_out()
        self.measure.chosen.connect(lambda _value: self._show_bars())
        self.bars.bar_pressed.connect(self._on_bar)
        self.columns.column_pressed.connect(self._on_column)

    def set_figures(self, basis: Basis, form_id: str, dimension: str, groups: Sequence[Group]) -> None:
        """Draw other figures; the measure one was at stays, where the form has it."""
        self._groups, self._dimension = tuple(groups), dimension
        drawn = chart_measures(measures_of(basis, form_id))
        before = self.measure.value()
        current = next((one for one in drawn if one.key == before), drawn[0])
        self._measures = {one.key: one for one in drawn}
        self.measure.set_choices([(one.key, chart_words(one)) for one in drawn], current.key)
        self._show_bars()
        self._show_scores(basis, form_id)

    def _lay_out(self) -> None:
        head = self.bar_card.head
        head.addWidget(self.bar_title)
        head.addStretch(1)
        head.addWidget(self.measure)
        self.bar_card.body.addLayout(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QFrame()
        inner.setProperty("role", "pane")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bars)
        column.addStretch(1)
        area.setWidget(inner)
        self.bar_card.body.addWidget(area, 1)
        self.score_card.head.addWidget(self.alike_button)
        self.score_card.body.addWidget(self.columns)
        self.score_card.body.addWidget(self.hint)
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        both.addWidget(self.bar_card, 1)
        both.addWidget(self.score_card)

    def _show_bars(self) -> None:
        measure = self._measures[str(self.measure.value())]
        found = bars_of(self._groups, measure)
        self._pressed = tuple((group, measure) for group, _ in found)
        self.bar_title.setText(f"各{self._dimension}比较" if found else "还没有可画的数字")
        self.bars.set_bars([bar for _, bar in found])

    def _show_scores(self, basis: Basis, form_id: str) -> None:
        """Points by grade; away where the form has no points."""
        scored = [line for line in basis.lines if line.form_id == form_id and line.score is not None]
        bands = basis.bands.get(form_id, ())
        self.score_card.setVisible(bool(scored and bands))
        if not scored or not bands:
            return
        full = basis.full_scores[form_id]
        found = distribution(scored, bands, full)
        self._bands = tuple(_group(f"{band.name}（{band.range_words}）", band.lines) for band in found)
        self.columns.set_columns([ChartColumn(b.name, b.short_words, len(b.lines)) for b in found])
        alike = likeness(scored, full, basis.same_scores_from)
        words = likeness_words(alike, plain_number(full))
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.alike_button.setVisible(bool(words))
        lines = {line.filing_id: line for line in (*alike.full_marks, *alike.same_everywhere)}
        self._alike = _group("得分雷同", tuple(lines.values()))

    def _on_bar(self, number: int) -> None:
        self.figure_opened.emit((*self._pressed[number], False))

    def _on_column(self, number: int) -> None:
        self.figure_opened.emit((self._bands[number], COUNT, False))

    def _on_alike(self) -> None:
        self.figure_opened.emit((self._alike, COUNT, False))


def _group(name: str, lines: Sequence[FigureLine]) -> Group:
    """Some filings as a group of their own."""
    return Group(name, name, Figures(count=len(lines)), tuple(lines), ())
