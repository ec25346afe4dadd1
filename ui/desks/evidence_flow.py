"""Evidence at the clerk's desk (佐证材料控制): what the panel wishes, done by the services, shown again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.evidence import Evidence
from services import evidence, evidence_files
from services.changes import ChangeSet, Topic
from services.evidence import Attached, EvidenceList
from services.job import JobContext
from ui import photos
from ui.desks.autosave import Autosave, Batch
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.evidence_thumbnails import Thumbnails
from ui.jobs import Lane
from ui.theme import Tone
from ui.widgets.file_drop import choose_folder
from ui.wizard.evidence_dialogs import ShrinkDialog, ShrunkPhoto, WordsDialog
from ui.wizard.evidence_wishes import (
    AddFiles,
    BringBack,
    ChangeWords,
    EvidenceWish,
    OpenFile,
    RemoveFile,
    SaveFiles,
    ShrinkPhotos,
)
from ui.wizard.view import WizardView

_WORTH = 0.9
"""A smaller copy that is not at most this share of the photograph is not worth taking."""


class EvidenceFlow(DeskController):
    """The evidence of the form that is open (佐证材料控制)."""

    def __init__(
        self, parts: DeskParts, view: WizardView, saving: Autosave, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self._view, self._saving = view, saving
        self._shown: EvidenceList | None = None
        self._thumbnails = Thumbnails(self)
        view.evidence_wished.connect(self._on_wished)

    @property
    def shown(self) -> EvidenceList | None:
        """What is shown of the open form, None while nothing is."""
        return self._shown

    def refresh(self) -> None:
        """Show the evidence of the form that is open now; one never saved has none yet."""
        opened = self._saving.opened
        self._shown = None
        if opened is None:
            return
        filing_id = opened.filing.filing_id
        if opened.is_new:
            self.run(lambda _ctx: evidence.no_evidence(self.workspace, filing_id), self._show)
        else:
            self.run(lambda _ctx: evidence.evidence_list(self.workspace, filing_id), self._show)

    def on_change(self, change: ChangeSet) -> None:
        """Files came or went, here or in another window."""
        if Topic.EVIDENCE in change.topics and self._view.is_open():
            self.refresh()

    def add(self, place: str, paths: tuple[Path, ...]) -> None:
        """Attach files; what was typed is kept first, so that the row is there."""
        self._when_kept(lambda filing_id: self._attach(filing_id, place, paths))

    # Inside -----------------------------------------------------------------------------------

    def _show(self, shown: EvidenceList) -> None:
        opened = self._saving.opened
        if opened is None or opened.filing.filing_id != shown.filing_id or not self._view.is_open():
            return
        self._shown = shown
        self._view.set_evidence(shown, self._thumbnails.images)
        self._thumbnails.read(
            shown,
            lambda items: [evidence_files.read(self.workspace, item.file) for item in items],
            self._on_thumbnails,
        )

    def _on_thumbnails(self) -> None:
        if self._view.is_open():
            self._view.set_thumbnails(self._thumbnails.images)

    def _on_wished(self, wish: EvidenceWish) -> None:
        if isinstance(wish, AddFiles):
            self.add(wish.place, wish.paths)
        elif isinstance(wish, OpenFile):
            wanted = wish.evidence_id
            self.run(lambda _ctx: evidence.open_copy(self.workspace, wanted), open_outside)
        elif isinstance(wish, SaveFiles):
            choose_folder(self.frame, "另存到文件夹", lambda folder: self.save(wish, Path(folder)))
        elif isinstance(wish, ChangeWords):
            self._ask_words(wish.evidence_id)
        elif isinstance(wish, ShrinkPhotos):
            self._shrink(wish.evidence_ids)
        else:
            self._put_aside(wish)

    def save(self, wish: SaveFiles, folder: Path) -> None:
        """Write files into a folder, under their own names."""

        def done(saved: list[Path]) -> None:
            self.frame.notice.show_notice(f"已另存 {len(saved)} 个文件到“{folder}”")

        self.run(
            lambda ctx: evidence.save(self.workspace, wish.evidence_ids, folder, ctx), done, lane=Lane.LONG
        )

    def _put_aside(self, wish: RemoveFile | BringBack) -> None:
        """Remove or bring back; removing says how to undo it."""
        evidence_id = wish.evidence_id
        if isinstance(wish, BringBack):
            self.run(lambda _ctx: evidence.bring_back(self.workspace, evidence_id))
            return

        def removed(item: Evidence) -> None:
            self._say(f"已移除“{item.file.name}”，报送前可以在佐证材料栏里恢复。")

        self.run(lambda _ctx: evidence.remove(self.workspace, evidence_id), removed)

    def _when_kept(self, then: Callable[[str], object]) -> None:
        """Go on with the filing's id once everything typed is in the database; a new form is kept as it stands."""
        opened = self._saving.opened
        if opened is None:
            return
        self._view.flush()
        if opened.is_new and not self._saving.is_pending:
            session = self._view.session
            self._saving.note(Batch(dict(session.answers), session.explanations, session.counts))
        self._saving.when_saved(lambda: then(opened.filing.filing_id))

    def _attach(self, filing_id: str, place: str, paths: tuple[Path, ...]) -> None:
        def progress(done: int, total: int, text: str) -> None:
            self._say(f"正在添加（{done + 1} / {total}）：{text}")

        self.run(
            lambda ctx: evidence.attach(self.workspace, filing_id, place, paths, ctx),
            self._on_attached,
            progress=progress,
            lane=Lane.LONG,
        )

    def _on_attached(self, result: Attached) -> None:
        """Say what was taken and what was not, with the reason."""
        told = [f"已添加 {len(result.added)} 个文件。"] if result.added else []
        told += [f"没有添加：{sentence}" for sentence in result.refused]
        self._say("\n".join(told), Tone.CARE if result.refused else Tone.GOOD)

    def _ask_words(self, evidence_id: str) -> None:
        item = self._item(evidence_id)
        if item is None:
            return
        dialog = WordsDialog(item, self.frame)
        dialog.words_chosen.connect(
            lambda name, note: self.run_for(
                dialog, lambda _ctx: evidence.rename(self.workspace, evidence_id, name, note)
            )
        )
        self.open_dialog(dialog)

    def _shrink(self, evidence_ids: tuple[str, ...]) -> None:
        """Make smaller copies off the window's thread, then show what they would save."""
        shown = self._shown
        items = [item for one in evidence_ids if (item := self._item(one)) is not None]
        if shown is None or not items:
            return
        side, quality = shown.rules.photo_side, shown.rules.photo_quality

        def work(ctx: JobContext) -> list[ShrunkPhoto]:
            made = []
            for index, item in enumerate(items):
                ctx.step(index, len(items), item.file.name)
                content = evidence_files.read(self.workspace, item.file)
                smaller = photos.smaller(content, side, quality)
                if smaller is not None and len(smaller.content) <= item.file.size * _WORTH:
                    made.append(ShrunkPhoto(item, smaller))
            return made

        self.run(work, self._on_shrunk, progress=self._on_shrinking, lane=Lane.LONG)

    def _on_shrinking(self, done: int, total: int, text: str) -> None:
        self._say(f"正在缩小照片（{done + 1} / {total}）：{text}")

    def _on_shrunk(self, made: list[ShrunkPhoto]) -> None:
        self._view.frame.notice.close_notice()
        if not made:
            self._say("照片已经够小，或不是能缩小的格式，没有改动。")
            return
        dialog = ShrinkDialog(made, self.frame)
        dialog.photos_accepted.connect(lambda chosen: self._take_smaller(dialog, chosen))
        self.open_dialog(dialog)

    def _take_smaller(self, dialog: ShrinkDialog, chosen: tuple[ShrunkPhoto, ...]) -> None:
        def work(ctx: JobContext) -> int:
            for index, photo in enumerate(chosen):
                ctx.step(index, len(chosen), photo.item.file.name)
                evidence.put_smaller(
                    self.workspace, photo.item.evidence_id, photo.smaller.content, photos.ENDING
                )
            return len(chosen)

        self.run_for(dialog, work, lambda count: self._say(f"已缩小 {count} 张照片。", Tone.GOOD))

    def _item(self, evidence_id: str) -> Evidence | None:
        """An attached file by its id."""
        items = self._shown.items if self._shown else ()
        return next((item for item in items if item.evidence_id == evidence_id), None)

    def _say(self, sentence: str, tone: Tone = Tone.ACCENT) -> None:
        """Tell something above the page of the open form."""
        if self._view.is_open():
            self._view.frame.notice.show_notice(sentence, tone)
