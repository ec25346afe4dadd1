"""The bureau's item models under Qt's own checks, and lists that give up columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from main import Adapters
from models.domain.verdict import Reason, VerdictWord
from services.check_thresholds import thresholds_of
from services.intake_rows import IntakeOutcome, IntakeRow
from services.package_lines import line_of_row
from tests.gui.bureau.conftest import NOW
from ui.bureau.fitting_table import FittingTable
from ui.bureau.intake_view import COLUMNS, IntakeView
from ui.bureau.threshold_table import ThresholdModel
from ui.bureau.threshold_words import words_of
from ui.bureau.verdict_looks import verdict_look
from ui.widgets.record_model import RecordModel


def _line(number: int):
    row = IntakeRow(
        path=Path(f"{number}.asice"),
        outcome=IntakeOutcome.REFUSED,
        word=VerdictWord.CANNOT_JUDGE,
        reasons=(Reason("unregistered_signer", "首次收到该单位的签名，还没有登记。请比对核对码。"),),
        unit_code="820001",
        unit_name="示例县柳林镇人民政府",
        contents="2027年项目支出绩效目标申报表 2 份",
        version=1,
        signer=None,
        manifest_sha256="",
        filing_count=2,
        size=1000,
    )
    return line_of_row(row, NOW)


def _kits():
    return Adapters().builtin_kits(2026)


def test_the_list_model_is_sound(qtmodeltester):
    model = RecordModel(COLUMNS)
    model.set_records([_line(number) for number in range(3)])
    qtmodeltester.check(model)
    assert model.index(0, 2).data() == "2027年绩效目标 2 份"


def test_the_threshold_model_is_sound(qtmodeltester):
    model = ThresholdModel()
    model.set_records(thresholds_of(_kits()[0]))
    qtmodeltester.check(model)


def test_every_figure_of_every_kit_has_a_name():
    for kit in _kits():
        assert all(words_of(threshold)[0] for threshold in thresholds_of(kit))


@pytest.mark.parametrize("word", list(VerdictWord))
def test_every_verdict_has_word_tone_and_icon(word):
    look = verdict_look(word)
    assert look.word == word.label
    assert look.icon


def test_a_narrow_list_gives_up_columns_in_order(qtbot):
    table = FittingTable(COLUMNS, (3, 4))
    qtbot.addWidget(table)
    table.resize(1400, 300)
    table.show()
    table.set_records([_line(1)])
    assert not any(table.isColumnHidden(n) for n in range(len(COLUMNS)))
    table.resize(640, 300)
    assert table.isColumnHidden(3)
    table.resize(1400, 300)
    assert not table.isColumnHidden(3)


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_intake_fits_a_small_screen(qtbot, text_scale, scale):
    text_scale(scale)
    view = IntakeView()
    qtbot.addWidget(view)
    view.set_lines([_line(number) for number in range(4)], 0)
    assert view.minimumSizeHint().width() <= 1366 - 165 * scale
