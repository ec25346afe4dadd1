"""Evidence of received forms at the bureau's desk (收到的佐证材料控制): shown per row, opened as copies, saved out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.evidence import EvidenceFile
from services import received_evidence
from services.evidence import EvidenceList
from services.ports.store import SubmittedVersion
from ui.bureau.received_form_page import ReceivedFormPage
from ui.bureau.records import WrittenFiles
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.evidence_thumbnails import Thumbnails
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder
from ui.wizard.evidence_wishes import EvidenceWish, OpenFile, SaveFiles


class ReceivedEvidenceFlow(DeskController):
    """The evidence of the version that is shown (收到的佐证材料控制)."""

    def __init__(
        self,
        parts: DeskParts,
        page: ReceivedFormPage,
        tell: Callable[[WrittenFiles], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        self._page, self._tell = page, tell
        self._shown: EvidenceList | None = None
        self._thumbnails = Thumbnails(self)
        page.version_shown.connect(self._on_version)
        page.evidence_wished.connect(self._on_wished)

    @property
    def shown(self) -> EvidenceList | None:
        """What is shown, None while nothing is."""
        return self._shown

    def save(self, files: tuple[EvidenceFile, ...], folder: Path) -> None:
        """Write files of the version shown into a folder."""
        version = self._page.version()
        if version is None:
            return
        manifest = version.manifest_sha256

        def done(saved: list[Path]) -> None:
            sentence = f"已另存 {len(saved)} 个佐证材料，都是报送时的原件。"
            self._tell(WrittenFiles("已另存", sentence, folder, tuple(saved)))

        self.run(
            lambda ctx: received_evidence.save(self.workspace, manifest, files, folder, ctx),
            done,
            lane=Lane.LONG,
        )

    def _on_version(self, version: SubmittedVersion) -> None:
        self._shown = None
        self.run(
            lambda _ctx: received_evidence.received_list(self.workspace, version),
            lambda shown: self._show(version, shown),
        )

    def _show(self, version: SubmittedVersion, shown: EvidenceList) -> None:
        if self._page.version() != version or not self._page.wizard().is_open():
            return
        self._shown = shown
        self._page.wizard().set_evidence(shown, self._thumbnails.images)
        manifest = version.manifest_sha256
        self._thumbnails.read(
            shown,
            lambda items: received_evidence.contents(self.workspace, manifest, [i.file for i in items]),
            self._on_thumbnails,
        )

    def _on_thumbnails(self) -> None:
        if self._page.wizard().is_open():
            self._page.wizard().set_thumbnails(self._thumbnails.images)

    def _on_wished(self, wish: EvidenceWish) -> None:
        version = self._page.version()
        if version is None:
            return
        if isinstance(wish, OpenFile):
            (file,) = self._files((wish.evidence_id,))
            manifest = version.manifest_sha256
            self.run(
                lambda _ctx: received_evidence.copy_to_look_at(self.workspace, manifest, file),
                open_outside,
                lane=Lane.LONG,
            )
        elif isinstance(wish, SaveFiles):
            files = self._files(wish.evidence_ids)
            choose_folder(self.frame, "佐证材料另存到文件夹", lambda folder: self.save(files, Path(folder)))

    def _files(self, evidence_ids: tuple[str, ...]) -> tuple[EvidenceFile, ...]:
        """Files of the list by their ids."""
        items = self._shown.items if self._shown else ()
        return tuple(item.file for item in items if item.evidence_id in evidence_ids)
