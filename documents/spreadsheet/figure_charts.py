"""Charts in workbooks (图表): drawn by the spreadsheet from the table's own cells, in the program's colours."""

from __future__ import annotations

from typing import Any, NamedTuple

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from services.ports.figure_books import ChartKind, FigureChart

_COLOURS = ("17697A", "7FB0BA", "B98A2F", "A1231C")
_LINES = "E3E7EA"
_NARROWEST_CM, _WIDEST_CM, _ROW_CM = 14.0, 26.0, 0.53
_LEAST_CM, _MOST_CM, _BAR_CM = 7.5, 42.0, 0.75


class ChartPlace(NamedTuple):
    """Where a chart stands and what it reads (图表位置): rows and columns from 1; `head` names the series.

    `width` is the table's, in cm.
    """

    row: int
    column: int
    head: int
    first: int
    last: int
    width: float


def add_chart(target: Worksheet, chart: FigureChart, place: ChartPlace) -> int:
    """Put a chart on a sheet; how many rows it takes, the gap below included."""
    made: Any = BarChart()
    made.type = "col" if chart.kind is ChartKind.COLUMNS else "bar"
    if chart.kind is ChartKind.STACKED:
        made.grouping, made.overlap = "stacked", 100
    for number, column in enumerate(chart.series):
        values = Reference(target, min_col=column + 1, min_row=place.first, max_row=place.last)
        made.series.append(Series(values))
        head = target.cell(place.head, column + 1)
        made.series[number].tx = SeriesLabel(StrRef(f"{quote_sheetname(target.title)}!{head.coordinate}"))
        made.series[number].graphicalProperties.solidFill = _COLOURS[number % len(_COLOURS)]
        made.series[number].invertIfNegative = False
    made.set_categories(Reference(target, min_col=chart.names + 1, min_row=place.first, max_row=place.last))
    _dress(made, chart)
    bars = (place.last - place.first + 1) * (len(chart.series) if chart.kind is ChartKind.BARS else 1)
    lying = max(_LEAST_CM, min(_MOST_CM, 3 + bars * _BAR_CM))
    made.width = max(_NARROWEST_CM, min(_WIDEST_CM, place.width))
    made.height = _LEAST_CM + 1.5 if chart.kind is ChartKind.COLUMNS else lying
    target.add_chart(made, f"{get_column_letter(place.column)}{place.row}")
    return int(made.height / _ROW_CM) + 3


def _dress(made: Any, chart: FigureChart) -> None:
    """Title, axes that are really drawn, values on the bars, a legend only where it tells something."""
    made.title = chart.title
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.title = chart.unit or None
    made.y_axis.scaling.min = 0
    made.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_LINES))
    made.gapWidth = 60
    made.x_axis.tickLblSkip = 1
    made.dataLabels = DataLabelList()
    made.dataLabels.showVal = True
    for unwanted in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(made.dataLabels, unwanted, False)
    if chart.kind is not ChartKind.COLUMNS:
        made.y_axis.crosses = "max"  # the scale stays below although the order is turned round
        made.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
    if len(chart.series) == 1:
        made.legend = None
    else:
        made.legend.position = "b"
