"""Monitoring tasks at the bureau: the period and its month are given with the task and kept."""

from __future__ import annotations

import pytest

from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.task_dialog import TaskDialog

pytestmark = pytest.mark.gui


def test_a_monitoring_task_names_its_month_and_keeps_it(desk: BureauDeskPage):
    page = desk.kit().kit
    page.tasks.add_button.click()
    dialog = desk.dialog(TaskDialog)
    dialog.form.setCurrentIndex(dialog.form.findData("monitoring"))
    assert dialog.name.text().startswith("运行监控〔")
    dialog.period.setText("1—10月")
    dialog.period_month.setCurrentIndex(dialog.period_month.findData(10))
    dialog.accept_button.click()
    made = page.draft().tasks[-1]
    assert (made.form_id, made.period, made.period_month) == ("monitoring", "1—10月", 10)
    page.tasks.edit(made)
    again = desk.dialog(TaskDialog)
    assert again.period_month.currentText() == "10月底"
    again.accept_button.click()
    assert page.draft().tasks[-1] == made
