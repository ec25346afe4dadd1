"""Intake at the bureau's desk (接收控制): runs, first meetings of keys, what waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from models.domain.check_code import spaced_check_code
from models.domain.errors import DeskError
from models.domain.project import Unit
from services import intake, key_registration, package_lines
from services.bureau_keys import BureauKeys
from services.changes import ChangeSet, Topic
from services.intake_rows import IntakeReport, IntakeRow
from services.job import JobContext
from services.package_files import WORKBOOK_SUFFIXES, workbooks_in
from services.package_lines import PackageLine
from services.workspaces import DeskRole, Workspace
from ui.bureau.choosing import choose_files
from ui.bureau.intake_view import IntakeView
from ui.bureau.records import RunTotals
from ui.bureau.register_key_dialog import OtherKey, RegisterKeyDialog
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_decision_flow import DecisionFlow
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.bureau_paper_flow import PaperFlow
from ui.desks.bureau_refresh import Refresher
from ui.jobs import Job, Lane
from ui.theme import Tone
from ui.widgets.dates import full_date
from ui.widgets.file_drop import choose_folder

PAGE = "intake"
PACKAGE_FILTER = "预算绩效文件 (*.asice)"
LIVE_MS = 1_000
"""How often the list grows while a run goes on."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows (接收页数据)."""

    lines: tuple[PackageLine, ...]
    is_ready: bool


class IntakeFlow(DeskController):
    """The page 接收; `open_requested` and `receipts_requested` are for others to fulfil."""

    open_requested = Signal(object)
    receipt_requested = Signal(object)
    all_receipts_requested = Signal()
    preparation_requested = Signal()
    attention_counted = Signal(int)

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access
        self._job: Job | None = None
        self._totals = RunTotals()
        self._coming: deque[IntakeRow] = deque()
        self._live: dict[str, PackageLine] = {}
        self._books = 0
        self._known: tuple[PackageLine, ...] = ()
        self._clock = QElapsedTimer()
        self.view = IntakeView()
        self.frame.add_page(PAGE, self.view)
        self.decisions = DecisionFlow(parts, self)
        self.decisions.decided.connect(self.view.show_told)
        self.papers = PaperFlow(parts, self)
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        self._connect()
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Packages, kits and unit names show here."""
        if change.topics & {Topic.PACKAGES, Topic.KITS, Topic.REGISTERS}:
            self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        self._refresher.request()

    @property
    def is_running(self) -> bool:
        """Whether packages are being taken in."""
        return self._job is not None

    def take(self, paths: Sequence[Path]) -> None:
        """Take in files and folders; one run at a time."""
        if self.is_running or not paths:
            return
        place = str(paths[0]) if len(paths) == 1 else f"{paths[0].parent}（{len(paths)} 项）"
        self._start(place, lambda ctx: self._receive(list(paths), ctx))

    def cancel(self) -> None:
        """Stop after the package being judged; what came in stays."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Let the page go."""
        self.decisions.close()
        self.papers.close()
        super().close()

    # A run ------------------------------------------------------------------------------------

    def _start(self, place: str, work: Callable[[JobContext], IntakeReport]) -> None:
        self._totals, self._live, self._books = RunTotals(), {}, 0
        self._coming.clear()
        self._clock.start()
        self.view.begin_run(place)
        self._job = self.parts.jobs.run(
            work, self._on_done, self._on_failed, self._on_step, cancelled=self._on_stopped, lane=Lane.LONG
        )

    def _receive(self, paths: list[Path], ctx: JobContext) -> IntakeReport:
        """In the job's thread: the packages; and how many workbooks lay beside them, which have a way of their own."""
        report = intake.receive(self.workspace, paths, ctx, self._coming.append)
        self._books = workbooks_in(paths)
        return report

    def _drain(self) -> None:
        """Take note of the lines judged since the last look; on the window's thread."""
        now = self.workspace.tools.clock.now()
        while self._coming:
            row = self._coming.popleft()
            self._totals.add(row)
            self._live[str(row.path)] = package_lines.line_of_row(row, now)

    def _on_step(self, done: int, total: int, text: str) -> None:
        self._drain()
        self.view.show_progress(done, total, text, self._totals)
        if self._clock.elapsed() > LIVE_MS and self._live:
            self._clock.restart()
            fresh = list(reversed(self._live.values()))
            old = [line for line in self._known if line.path not in self._live]
            self._fill([*fresh, *old])

    def _on_done(self, report: IntakeReport) -> None:
        self._drain()
        books = f"另有 {self._books} 个 Excel 表，请用“接收 Excel 表…”接收。" if self._books else ""
        if not report.rows:
            self._end(f"没有找到报送文件。{books or '请确认选对了文件夹。'}", Tone.CARE)
            return
        is_care = bool(self._totals.refused or books)
        self._end(f"接收完成：{self._totals.sentence}。{books}", Tone.CARE if is_care else Tone.GOOD)

    def _on_stopped(self) -> None:
        self._drain()
        told = f"已停止：{self._totals.sentence}。已接收的都保留，再次选择同一文件夹可以继续。"
        self._end(told, Tone.CARE)

    def _on_failed(self, error: BaseException) -> None:
        self._drain()
        if isinstance(error, DeskError):
            self._end(f"{error.sentence}已接收的都保留。", Tone.BAD)
        else:
            self._end("接收没有完成，已接收的都保留。", Tone.BAD)
            self.parts.door.show(error)

    def _end(self, sentence: str, tone: Tone) -> None:
        self._job = None
        self.view.end_run(sentence, tone)
        self.refresh()

    # The list ---------------------------------------------------------------------------------

    def _prepare(self) -> Callable[[JobContext], _Shown]:
        self._drain()
        workspace = self.workspace
        return lambda _ctx: _read(workspace)

    def _show(self, shown: _Shown) -> None:
        self._known = shown.lines
        if self.is_running:
            return
        self.view.set_ready(shown.is_ready)
        self._fill(shown.lines)
        self.attention_counted.emit(sum(line.needs_attention for line in shown.lines))

    def _fill(self, lines: Sequence[PackageLine]) -> None:
        self.view.set_lines(lines, sum(line.awaits_receipt for line in lines))

    # Wishes -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        view = self.view
        view.paths_chosen.connect(self._on_paths)
        view.books_requested.connect(self.papers.choose)
        view.unsigned_requested.connect(self.papers.show_unsigned)
        self.papers.told.connect(view.show_told)
        self.papers.counted.connect(view.set_unsigned)
        view.folder_requested.connect(self._on_folder)
        view.files_requested.connect(self._on_files)
        view.cancel_requested.connect(self.cancel)
        view.open_requested.connect(self.open_requested)
        view.register_requested.connect(self._on_register)
        view.receipt_requested.connect(self.receipt_requested)
        view.all_receipts_requested.connect(self.all_receipts_requested)
        view.dismiss_requested.connect(self._on_dismiss)
        view.decision_requested.connect(self._on_decision)
        view.preparation_requested.connect(self.preparation_requested)

    def _on_paths(self, paths: Sequence[Path]) -> None:
        """Workbooks lead to where they are looked at one by one, everything else is taken in."""
        books = [path for path in paths if path.suffix.lower() in WORKBOOK_SUFFIXES]
        self.take([path for path in paths if path not in books])
        self.papers.look_at(books)

    def _on_folder(self) -> None:
        choose_folder(
            self.frame,
            "选择装有报送文件的文件夹",
            lambda path: self.take([Path(path)]),
            self._beginning(),
        )

    def _beginning(self) -> str:
        """Where the folder dialog begins: at the practice department where its units' new files lie."""
        profile = self.workspace.profile
        if not self.parts.practice_password or profile.role is not DeskRole.DEPARTMENT:
            return ""
        from services.demo_department import NEW

        return str(self.workspace.folder.parent / NEW)

    def _on_files(self) -> None:
        choose_files(
            self.frame,
            "选择报送文件",
            PACKAGE_FILTER,
            lambda paths: self.take([Path(path) for path in paths]),
        )

    def _on_dismiss(self, line: PackageLine) -> None:
        self.run(lambda _ctx: intake.set_aside(self.workspace, line.path))

    def _on_decision(self, line: PackageLine) -> None:
        if not self.is_running:
            self.decisions.ask(line)

    def _on_register(self, line: PackageLine) -> None:
        if not self.is_running:
            self.run(
                lambda _ctx: _known_of(self.workspace, line),
                lambda found: self._ask_register(line, *found),
            )

    def _ask_register(self, line: PackageLine, unit: Unit | None, others: Sequence[OtherKey]) -> None:
        dialog = RegisterKeyDialog(line, unit, others, self.frame)
        why = "登记签名、签发证书要用本局的签名。"
        dialog.submitted.connect(
            lambda _line: self._access.need(why, lambda keys: self._register(line, keys, dialog), dialog)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _register(self, line: PackageLine, keys: BureauKeys, dialog: RegisterKeyDialog) -> None:
        waiting = line.waiting
        if waiting is None or self.is_running:
            return
        dialog.set_busy(True)
        self._totals, self._live = RunTotals(), {}

        def done(_report: IntakeReport | None) -> None:
            self._drain()
            dialog.accept()
            self._job = None
            who = f"{line.unit_name}{line.signer.name if line.signer else ''}"
            told = f"已登记{who}的签名：{self._totals.sentence}。"
            self.view.show_told(told, Tone.CARE if self._totals.refused else Tone.GOOD)
            self.refresh()

        def failed(error: BaseException) -> None:
            self._job = None
            dialog.set_busy(False)
            if isinstance(error, DeskError):
                dialog.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        dialog_revoked = dialog.revoked()
        self._job = self.parts.jobs.run(
            lambda ctx: key_registration.register_and_receive(
                self.workspace, keys, waiting, ctx, self._coming.append, dialog_revoked
            ),
            done,
            failed,
            cancelled=lambda: done(None),
            lane=Lane.LONG,
        )


def _read(workspace: Workspace) -> _Shown:
    """The list, and whether a kit of the year is in force."""
    with workspace.store.reading() as work:
        is_ready = work.kits.current(workspace.profile.working_year) is not None
    return _Shown(package_lines.package_lines(workspace), is_ready)


def _known_of(workspace: Workspace, line: PackageLine) -> tuple[Unit | None, tuple[OtherKey, ...]]:
    """The unit by the bureau's own register, and its keys in force of the same role as the one that waits."""
    with workspace.store.reading() as work:
        unit = next((item for item in work.registers.units() if item.code == line.unit_code), None)
    signer = line.waiting.signer if line.waiting is not None else {}
    pem, mine = str(signer.get("certificate") or ""), str(signer.get("fingerprint") or "")
    named = str(signer.get("replaces") or "")
    others = []
    for record in key_registration.keys_in_force(workspace, line.unit_code, pem, mine):
        info = workspace.tools.authority.read_certificate(record.pem)
        since = full_date(record.at)
        words = f"{info.subject.person_name}，{since}登记，核对码 {spaced_check_code(info.fingerprint)}"
        others.append(OtherKey(info.fingerprint, words, info.fingerprint == named))
    return unit, tuple(others)
