"""单位负责人签名 at the unit's desk (负责人签名控制): a file chosen, looked at, signed with the second password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError, WrongPassword
from services import countersigning, token_keys
from services.countersigning import HalfSigned
from services.key_names import HEAD
from services.ports.exchange import CertificateInfo, WrittenPackage
from services.ports.store import PackageRecord
from ui.desks.base import DeskController, DeskParts
from ui.filer.countersign_dialog import CountersignDialog
from ui.widgets.file_drop import choose_file, choose_folder

FILTER = "报送文件 (*.asice)"


class CountersignFlow(DeskController):
    """The second signature (负责人签名); `told` carries one sentence on what was done."""

    told = Signal(str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.dialog: CountersignDialog | None = None

    def choose(self) -> None:
        """Choose a half-signed file, from a stick for one."""
        choose_file(self.frame, "选择等待负责人签名的报送文件", FILTER, lambda path: self.look_at(Path(path)))

    def sign_own(self, manifest_sha256: str) -> None:
        """Sign a package made at this desk: where it was written, else the desk's own copy into a folder chosen."""
        with self.workspace.store.reading() as work:
            record = work.packages.get(manifest_sha256)
        if record is None:
            return
        path = Path(record.source_path)
        if path.is_file():
            self.look_at(path)
            return
        choose_folder(self.frame, "签名后的报送文件存到", lambda folder: self._copy(record, Path(folder)))

    def look_at(self, path: Path) -> None:
        """Judge the file and show what is to be signed."""
        self.run(
            lambda _ctx: (
                countersigning.look_at(self.workspace, path),
                countersigning.head_certificate(self.workspace),
            ),
            lambda found: self._show(*found),
        )

    def _copy(self, record: PackageRecord, folder: Path) -> None:
        files, kept = self.workspace.tools.files, self.workspace.archive / record.archive_name

        def work(_ctx: object) -> Path:
            files.write(folder / record.file_name, files.read_back(kept))
            return folder / record.file_name

        self.run(work, self.look_at)

    def _show(self, half: HalfSigned, head: CertificateInfo | None) -> None:
        place = token_keys.place_of(self.workspace, HEAD)
        dialog = CountersignDialog(half, head, "" if place is None else place.label, self.frame)
        self.dialog = dialog

        def failed(error: DeskError) -> None:
            if isinstance(error, WrongPassword):
                dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
            else:
                dialog.show_problem(error.sentence)

        def done(written: WrittenPackage) -> None:
            told = (
                f"负责人已签名，{written.path.name} 已写入并校验无误。请打印封面盖章，连同文件交给财政部门。"
            )
            self.told.emit(told)

        dialog.submitted.connect(
            lambda password: self.run_for(
                dialog,
                lambda _ctx: countersigning.countersign(self.workspace, half, half.path.parent, password),
                done,
                failed,
            )
        )
        self.open_dialog(dialog)
