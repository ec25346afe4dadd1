"""Deciding on the ticked lines together (批量审核控制): with progress, and a result that says what was left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from forms import registry
from models.domain.desk_user import DeskUser
from models.domain.review import ReviewOutcome
from services.job import JobContext
from services.review.deciding import BulkResult, DecisionDraft, decide_many
from services.review.queue import QueueLine
from services.review.sheet import bulk_choices
from ui.bureau.bulk_decision_dialog import BulkDecisionDialog, BulkResultDialog
from ui.desks.base import DeskController, DeskParts
from ui.jobs import Lane
from ui.widgets.progress_panel import ProgressDialog

AT_ONCE = 20
"""So many are decided between two looks at the cancel button."""


class BulkReview(DeskController):
    """Decides on many at once (批量审核控制); `decided` carries the ids of the filings that were."""

    decided = Signal(object)

    def __init__(self, parts: DeskParts, who: Callable[[], DeskUser], parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._who = who

    def ask(self, lines: Sequence[QueueLine]) -> None:
        """Ask what is to be decided on these lines, as they were seen."""

        def show(choices: tuple[tuple[ReviewOutcome, ...], tuple[str, ...]]) -> None:
            dialog = BulkDecisionDialog([name_of(line) for line in lines], *choices, self.frame)

            def submitted(draft: DecisionDraft) -> None:
                dialog.accept()
                self._decide(lines, draft)

            dialog.submitted.connect(submitted)
            self.open_dialog(dialog)

        self.run(lambda _ctx: bulk_choices(self.workspace, lines), show)

    def _decide(self, lines: Sequence[QueueLine], draft: DecisionDraft) -> None:
        who, seen = self._who(), [(line.filing.filing_id, line.file.revision) for line in lines]
        names = {line.filing.filing_id: name_of(line) for line in lines}
        progress = ProgressDialog("正在批量审核", self.frame, counter="份")

        def work(ctx: JobContext) -> BulkResult:
            decided: list[str] = []
            refused: list[tuple[str, str]] = []
            for start in range(0, len(seen), AT_ONCE):
                ctx.step(start, len(seen), names[seen[start][0]])
                part = decide_many(self.workspace, who, seen[start : start + AT_ONCE], draft)
                decided += part.decided
                refused += part.refused
            return BulkResult(tuple(decided), tuple(refused))

        def done(result: BulkResult) -> None:
            progress.finish()
            self.decided.emit(result.decided)
            told = [(names[filing_id], why) for filing_id, why in result.refused]
            self.open_dialog(BulkResultDialog(len(result.decided), told, self.frame))

        def failed(error: BaseException) -> None:
            progress.finish()
            self.parts.door.show(error)

        def stopped() -> None:
            progress.finish()
            self.frame.notice.show_notice("已停止。已办理的有效，其余的仍在待审列表里。")

        job = self.run(work, done, failed, progress=progress.set_progress, cancelled=stopped, lane=Lane.LONG)
        progress.cancel_requested.connect(job.cancel)
        self.open_dialog(progress)


def name_of(line: QueueLine) -> str:
    """A line in words: unit, project where it is about one, year and form."""
    form = registry.head(line.filing.form_id).short_title
    project = f"　{line.subject}" if line.project else ""
    return f"{line.unit.name}{project}　{line.filing.budget_year}年{form}"
