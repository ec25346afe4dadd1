"""生成报送文件: only what is ready can be ticked, nothing is lost when a step fails, the end says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from forms.findings import Finding, Place, Severity
from models.domain.evidence import EvidenceFile
from models.domain.filing import FilingStatus
from services.ports.exchange import CertificateInfo, SignerRole, Subject
from tests.gui.filer.sample import NOW, SEAL_LINES, SIGNER
from tests.gui.pages.sealing import SealingPage
from ui.desks.filer_records import seal_line, seal_signer
from ui.filer.records import SealOutcome
from ui.filer.seal_dialog import SealDialog, SealRequest

STICK = Path("E:/报送")
OUTCOME = SealOutcome(STICK / "990001_2026_submission_3_4f1a2b3c.asice", 1_234_567, "ABCDEFGHIJKLMNOP", 2)


@pytest.fixture
def page(qtbot):
    dialog = SealDialog()
    dialog.set_candidates(SEAL_LINES)
    dialog.set_signer(SIGNER)
    dialog.set_target(STICK, 3_400_000_000)
    dialog.set_steps(("校验内容", "生成表样", "签名", "写入文件", "读回核验"))
    return SealingPage(qtbot, dialog)


@pytest.fixture
def signing(page):
    page.go_on()
    page.type_password("正确的密码")
    return page


def test_what_is_ready_is_ticked_the_rest_says_why(page):
    assert page.lines() == [("农村公路养护", True), ("示例县柳林镇人民政府", True), ("饮水安全", False)]
    page.tick("饮水安全")
    assert page.lines()[2] == ("饮水安全", False)
    assert "1 份还不能报送" in page.dialog.choose_page.count_label.text()
    page.dialog.choose_page.table.grab()


def test_what_need_not_be_filed_can_go_alone(page, qtbot):
    page.dialog.set_candidates(())
    choosing = page.dialog.choose_page
    assert not choosing.is_complete()
    page.dialog.set_exempted(2)
    assert choosing.is_complete()
    assert choosing.exempt_label.isVisible()
    assert "可以只报送无需填报说明（2 项）" in choosing.empty.hint_label.text()
    page.go_on()
    assert page.dialog.sign_page.contents.text() == "没有选表，只报送无需填报说明"
    page.type_password("正确的密码")
    with qtbot.waitSignal(page.dialog.seal_requested) as told:
        page.go_on()
    assert told.args[0].filing_ids == ()


def test_what_is_not_ready_can_be_opened_from_here(page, qtbot):
    page.stand_at("农村公路养护")
    assert not page.dialog.choose_page.open_button.isVisible()
    page.stand_at("饮水安全")
    with qtbot.waitSignal(page.dialog.filing_requested) as told:
        page.dialog.choose_page.open_button.click()
    assert told.args == ["target", "p8"]


def test_wanted_filings_alone_are_ticked(qtbot):
    dialog = SealDialog()
    dialog.set_candidates(SEAL_LINES, {"F9"})
    page = SealingPage(qtbot, dialog)
    assert page.lines() == [("农村公路养护", False), ("示例县柳林镇人民政府", True), ("饮水安全", False)]


def test_nothing_ticked_nothing_to_go_on_with(page):
    page.tick("农村公路养护")
    page.tick("示例县柳林镇人民政府")
    assert not page.may_go_on()
    page.dialog.choose_page.all_box.click()
    assert page.may_go_on()


def test_nothing_there_says_what_to_do(qtbot):
    dialog = SealDialog()
    dialog.set_candidates(())
    page = SealingPage(qtbot, dialog)
    assert dialog.choose_page.card.empty.isVisible()
    assert not page.may_go_on()


def test_a_desk_that_cannot_seal_says_why(page):
    page.dialog.set_obstacle("装入财政部门的任务参数包后才能生成报送文件。")
    assert page.dialog.choose_page.notice.isVisible()
    assert not page.may_go_on()
    page.dialog.set_obstacle("")
    assert page.may_go_on()


def test_who_signs_what_is_shown_before_the_password(page):
    page.go_on()
    assert page.title() == "核对并签名"
    sign = page.dialog.sign_page
    assert sign.name_label.text() == "张敏"
    assert sign.code.code() == "K7Q2M4XZ9PLWRT3B"
    assert sign.checks[0].look().word == "必改 0"
    assert sign.checks[1].look().word == "需说明 2，已逐条说明"
    assert "农村公路养护" in sign.contents.text()
    assert sign.space_label.text() == "剩余空间 3.2 GB"
    assert not page.may_go_on()


def test_back_keeps_the_choice(page):
    page.tick("农村公路养护")
    page.go_on()
    page.go_back()
    assert page.lines()[0] == ("农村公路养护", False)


def test_without_a_folder_one_cannot_go_on(signing):
    assert signing.may_go_on()
    signing.dialog.set_target(None, None)
    assert not signing.may_go_on()


def test_another_folder_is_asked_for(signing, qtbot, tmp_path):
    with qtbot.waitSignal(signing.dialog.folder_chosen) as told:
        signing.dialog.sign_page._on_folder(str(tmp_path))
    assert told.args == [tmp_path]


def test_sealing_hands_over_everything_at_once(signing, qtbot):
    with qtbot.waitSignal(signing.dialog.seal_requested) as told:
        qtbot.keyClick(signing.dialog.sign_page.password, Qt.Key.Key_Return)
    assert told.args == [SealRequest(("F3", "F9"), STICK, "正确的密码")]
    assert signing.title() == "正在生成"
    assert not signing.dialog.next_button.isVisible()


def test_steps_are_told_as_they_are_done(signing):
    signing.go_on()
    signing.dialog.set_progress(2, 5, "签名（1 / 2）")
    panel = signing.dialog.progress_page.panel
    assert panel.count_label.text() == "2 / 5 步"
    assert panel.step_label.words() == "签名（1 / 2）"
    roles = [words.property("role") for _, words in signing.dialog.progress_page._lines]
    assert roles == ["", "", "strong", "muted", "muted"]


def test_a_wrong_password_waits_and_keeps_everything(signing, qtbot):
    signing.go_on()
    wait = signing.dialog.sign_page.wait
    wait._timer.setInterval(5)
    signing.dialog.show_wrong_password("签名密码不正确。", 3)
    assert signing.title() == "核对并签名"
    assert wait.words.text().startswith("签名密码不正确。请 3 秒后再试")
    assert not signing.may_go_on()
    qtbot.waitUntil(signing.may_go_on)
    assert signing.dialog.choose_page.chosen() == SEAL_LINES[:2]


def test_a_failure_says_why_and_keeps_everything(signing):
    signing.go_on()
    signing.dialog.show_failure("U 盘已写满。请换一个 U 盘后重试。")
    assert signing.dialog.problem() == "U 盘已写满。请换一个 U 盘后重试。"
    assert signing.dialog.sign_page.password.text() == "正确的密码"
    assert signing.may_go_on()


def test_while_it_runs_closing_means_stopping(signing, qtbot):
    signing.go_on()
    with qtbot.waitSignal(signing.dialog.cancel_requested):
        qtbot.keyClick(signing.dialog, Qt.Key.Key_Escape)
    assert signing.dialog.isVisible()
    signing.dialog.show_cancelled()
    assert "没有生成文件" in signing.dialog.problem()
    qtbot.keyClick(signing.dialog, Qt.Key.Key_Escape)
    assert not signing.dialog.isVisible()


def test_the_end_names_file_and_code_and_forgets_the_password(signing, qtbot):
    signing.go_on()
    signing.dialog.show_result(OUTCOME)
    result = signing.dialog.result_page
    assert result.words.text() == "已写入并校验无误，可以安全拔出"
    assert result.file_label.words() == OUTCOME.path.name
    assert result.code.code() == "ABCDEFGHIJKLMNOP"
    assert signing.dialog.sign_page.password.text() == ""
    for signal, button in (
        (signing.dialog.cover_requested, result.cover_button),
        (signing.dialog.open_folder_requested, result.folder_button),
        (signing.dialog.forms_requested, result.forms_button),
    ):
        with qtbot.waitSignal(signal) as told:
            button.click()
        assert told.args == [OUTCOME]
    signing.go_on()
    assert not signing.dialog.isVisible()


def _candidate(
    blocking=0, to_explain=0, obstacle="", explanations=None, findings=(), evidence=(), remarks=()
):
    opened = SimpleNamespace(
        filing=SimpleNamespace(
            filing_id="F1",
            task_id="target",
            project_id="p1",
            budget_year=2027,
            status=FilingStatus.DRAFT,
            answers={"indicators": [{"row_id": "r1"}]},
            explanations=explanations or {},
        ),
        title="项目支出绩效目标申报表",
        context=SimpleNamespace(
            project=SimpleNamespace(name="农村公路养护"), unit=None, evidence=tuple(evidence)
        ),
    )
    counts = SimpleNamespace(blocking=blocking, to_explain=to_explain)
    report = SimpleNamespace(findings=findings)
    return SimpleNamespace(opened=opened, counts=counts, report=report, obstacle=obstacle, remarks=remarks)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (_candidate(), "可报送"),
        (_candidate(blocking=2, to_explain=1), "必改 2"),
        (_candidate(to_explain=1), "需说明 1"),
        (_candidate(remarks=[SimpleNamespace(is_done=done) for done in (False, True)]), "意见未处理 1"),
    ],
)
def test_a_candidate_as_a_line(given, word):
    assert seal_line(given).look.word == word
    assert seal_line(given).subject == "农村公路养护"


def test_explanations_that_say_something_count():
    findings = [Finding(code, Severity.EXPLAIN, Place("annual_target"), "", "", "") for code in ("C8", "C7")]
    told = {findings[0].explanation_key: "按合同", findings[1].explanation_key: " "}
    assert seal_line(_candidate(explanations=told, findings=findings)).explained == 1


FILES = tuple(
    EvidenceFile(place, name, size, sha256)
    for place, name, size, sha256 in (
        ("", "实施方案.pdf", 1_600_000, "a" * 64),
        ("indicators[r1]", "现场照片.jpg", 800_000, "b" * 64),
        ("indicators[gone]", "旧合同.pdf", 5_000, "c" * 64),
    )
)


def test_files_of_a_deleted_row_stay_at_home():
    assert [file.name for file in seal_line(_candidate(evidence=FILES)).evidence] == [
        "实施方案.pdf",
        "现场照片.jpg",
    ]


def test_what_travels_along_is_named_before_the_password(page):
    page.dialog.set_candidates([replace(SEAL_LINES[0], evidence=FILES[:2]), SEAL_LINES[1]])
    model = page.dialog.choose_page.table.ticks
    notes = [model.index(row, model.columnCount() - 1).data() for row in range(2)]
    assert notes == ["已说明 2 处，佐证材料 2 个", ""]
    page.go_on()
    sign = page.dialog.sign_page
    assert sign.evidence_head.text() == "随附佐证材料 2 个，共 2.3 MB"
    assert sign.evidence.text() == "实施方案.pdf（1.5 MB）\n现场照片.jpg（781 KB）"
    page.go_back()
    page.tick("农村公路养护")
    page.go_on()
    assert not sign.evidence_head.isVisible()
    assert not sign.evidence.isVisible()


CERTIFICATE = CertificateInfo(
    "",
    Subject("张敏", "990001", "示例县柳林镇人民政府", SignerRole.UNIT),
    "K7Q2M4XZ9PLWRT3B",
    "01",
    NOW - timedelta(days=1),
    NOW + timedelta(days=1095),
    True,
)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "待登记"),
        ({"is_self_signed": False}, "已登记"),
        ({"not_after": datetime(2026, 8, 1)}, "已过期"),
    ],
)
def test_how_far_the_bureau_knows_the_key(changes, word):
    signer = seal_signer(replace(CERTIFICATE, **changes), NOW)
    assert signer.state.word == word
    assert signer.name == "张敏"
