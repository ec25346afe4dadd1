"""密钥保管页 (key ceremony record): one page for the safe, printed when a root is made or its copies are.

Who was there, which root, where the media lie, who keeps the password, and what to do in need; signed by hand.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from forms.kinds import show_date
from models.domain.check_code import spaced_check_code
from models.domain.errors import InputError
from services import token_keys
from services.one_line import one_line
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.root_copies import RootCopy, root_copies
from services.workspaces import Workspace

_ROWS = 3
_STEPS = (
    "需要恢复时：打开财政端“参数与证书”的“证书”页，点“根密钥保管…”，选“从备份恢复…”，选择介质里的 root.key.json，输入根密码。",
    "根密钥丢失（电脑和两份介质都不能用）：在同一处选“重建根证书…”，重新下发任务参数包，各单位凭新的核对单逐组核对后装入。",
    "根密钥或根密码可能被他人知道：立即按第 2 条重建，并在重建时选“根密钥或根密码可能被他人知道”，原来的根证书随即作废。",
    "介质与根密码由两人分开保管，不联网、不转借；每年核对一次介质能否读出，更换保管人时重新打印本页。",
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What people fill in before the page is printed (保管情况): witnesses as “name, duty”, places by medium, who keeps
    the password."""

    witnesses: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    password_keeper: str = ""


def ceremony_page(workspace: Workspace, keeping: Keeping) -> bytes:
    """The page as PDF. InputError while there is no root here."""
    if "root" not in workspace.vault.names():
        raise InputError("本机没有根密钥", "请先从备份恢复根密钥", "密钥保管页")
    info, unit = workspace.vault.certificate("root"), workspace.profile.unit
    made = workspace.local(info.not_before)
    ends = workspace.local(info.not_after)
    facts = (
        CoverLine("财政部门", f"{unit.name}（{unit.code}）"),
        CoverLine("根证书有效期", f"{show_date(made.date())}至{show_date(ends.date())}"),
        CoverLine("根证书核对码", spaced_check_code(info.fingerprint)),
        CoverLine("根证书指纹", _fingerprint(info.pem)),
        CoverLine("签发密钥", _daily_key(workspace)),
        CoverLine("根密码保管人", one_line(keeping.password_keeper) or "　"),
        CoverLine("本页打印日期", show_date(workspace.today)),
    )
    cover = Cover(
        title="根密钥保管记录",
        facts=facts,
        contents_head=("介质", "备份写入并核验的时间", "介质名称、编号", "存放地点、保管人", "保管人签字"),
        contents=tuple(_media(workspace, keeping)),
        enclosures_head=("在场人员", "职务", "签字", "日期"),
        enclosures=tuple(_witnesses(keeping)),
        notes=_STEPS,
        foot=("经办人：", "负责人：", "日期：", "财政部门（盖章）："),
    )
    mark = PageMark.PRACTICE if workspace.profile.is_practice else PageMark.NONE
    return workspace.tools.documents.cover(cover, PageMarks(mark))


def _daily_key(workspace: Workspace) -> str:
    """Where the other key lies, which is in no copy of the root: whoever opens the safe must not look for it there."""
    place = token_keys.place_of(workspace, "bureau")
    if place is None:
        return "密钥文件，不在介质里；密码忘记或文件丢失时用根密码补办"
    return f"在 UKey“{place.label}”里，不能备份；丢失、损坏时用根密码补办"


def _media(workspace: Workspace, keeping: Keeping) -> list[tuple[str, ...]]:
    """A line for each of the two media, blank where nothing is known yet: then it is written by hand."""
    copies: tuple[RootCopy | None, ...] = (*root_copies(workspace)[-2:], None, None)[:2]
    places = (*keeping.places, ("", ""), ("", ""))[:2]
    return [
        (f"第 {number} 份", _time(workspace, copy), one_line(name) or "　", one_line(place) or "　", "　")
        for number, (copy, (name, place)) in enumerate(zip(copies, places, strict=True), 1)
    ]


def _time(workspace: Workspace, copy: RootCopy | None) -> str:
    if copy is None:
        return "还没有备份"
    moment = workspace.local(datetime.fromisoformat(copy.at))
    return f"{show_date(moment.date())} {moment:%H:%M}"


def _witnesses(keeping: Keeping) -> list[tuple[str, ...]]:
    """A line for everybody who was there, at least three to sign on."""
    known: list[tuple[str, ...]] = [
        (one_line(name), one_line(duty) or "　", "　", "　")
        for name, duty in keeping.witnesses
        if name.strip()
    ]
    return known + [("　", "　", "　", "　")] * max(0, _ROWS - len(known))


def _fingerprint(pem: str) -> str:
    """SHA-256 of the certificate in groups of four, as openssl and browsers reckon it."""
    body = "".join(line for line in pem.splitlines() if line and not line.startswith("-----"))
    digits = hashlib.sha256(base64.b64decode(body)).hexdigest().upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
