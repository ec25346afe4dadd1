"""The page 证书 at the bureau (证书控制): revoking, renewals, the list that goes out alone, the way to the root's care."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services import bureau_keys, key_renewals, trust_lists
from services.bureau_keys import BureauKeys
from services.certificate_list import CertificateLine
from services.job import JobContext
from services.ports.store import PackageRecord
from ui.bureau.certificates_page import CertificatesPage
from ui.bureau.revoke_dialog import RevokeDialog, RevokeWish
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.bureau_root_flow import RootFlow
from ui.widgets.file_drop import choose_folder


class TrustFlow(DeskController):
    """What can be done on the page of keys; `told` carries one sentence on what was done."""

    told = Signal(str)

    def __init__(
        self, parts: DeskParts, access: KeyAccess, page: CertificatesPage, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self._access = access
        self.roots = RootFlow(parts, access, self)
        self.roots.told.connect(self.told)
        page.renew_requested.connect(self._on_renew)
        page.revoke_requested.connect(self._on_revoke)
        page.grant_requested.connect(self._on_grant)
        page.list_requested.connect(self._on_list)
        page.keeping_requested.connect(self.roots.begin)

    def close(self) -> None:
        """Let go."""
        self.roots.close()
        super().close()

    def _on_renew(self) -> None:
        def renew(keys: BureauKeys) -> None:
            told = "证书注销名单已更新。下一次下发任务参数包时一起交给各单位，也可以单独导出证书名单。"
            self.run(
                lambda _ctx: bureau_keys.renew_revocation_list(self.workspace, keys.root),
                lambda _pem: self.told.emit(told),
            )

        self._access.need("更新证书注销名单要用本局的签名。", renew)

    def _on_revoke(self, line: CertificateLine) -> None:
        dialog = RevokeDialog(line, self.workspace.today, self.frame)
        why = "注销签名要用本局的签名。"
        dialog.submitted.connect(
            lambda wish: self._access.need(why, lambda keys: self._revoke(wish, dialog, keys), dialog)
        )
        self.open_dialog(dialog)

    def _revoke(self, wish: RevokeWish, dialog: RevokeDialog, keys: BureauKeys) -> None:
        line = wish.line
        told = (
            f"已注销 {line.unit_name}{line.person_name} 的签名，注销名单已更新。"
            "请下发任务参数包或导出证书名单，让各单位也知道。"
        )
        self.run_for(
            dialog,
            lambda _ctx: bureau_keys.revoke_key(
                self.workspace, keys, line.fingerprint, wish.reason, self._moment(wish), wish.note
            ),
            lambda _count: self.told.emit(told),
        )

    def _moment(self, wish: RevokeWish) -> datetime | None:
        """The beginning of the day chosen, by the clock on the desk."""
        if wish.since is None:
            return None
        zone = self.workspace.tools.clock.now().tzinfo
        return datetime.combine(wish.since, time(), zone)

    def _on_grant(self) -> None:
        self._access.need("签发续期证书要用本局的签名。", self._grant)

    def _grant(self, keys: BureauKeys) -> None:
        def work(_ctx: JobContext) -> int:
            waiting = [item for item in key_renewals.open_renewals(self.workspace) if not item.obstacle]
            return key_renewals.grant_renewals(self.workspace, keys, waiting)

        told = "已签发 {count} 份续期证书。请下发任务参数包，或导出证书名单交给这些单位。"
        self.run(work, lambda count: self.told.emit(told.format(count=count)))

    def _on_list(self) -> None:
        def ask(keys: BureauKeys) -> None:
            choose_folder(
                self.frame, "证书名单存到文件夹", lambda folder: self._write_list(keys, Path(folder))
            )

        self._access.need("导出证书名单要用本局的签名。", ask)

    def _write_list(self, keys: BureauKeys, folder: Path) -> None:
        def done(record: PackageRecord) -> None:
            self.told.emit(f"已导出 {record.file_name}，请交给各单位在“回执与退回”里装入。")

        self.run(lambda _ctx: trust_lists.write_trust_list(self.workspace, keys, folder), done)
