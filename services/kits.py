"""Parameter kits on the clerk's desk (任务参数包): looking at one, comparing its 核对码, taking it in."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from forms.kinds import show_date
from models.domain.check_code import check_code_of_digest
from models.domain.errors import EnvironmentProblem, KitProblem
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Verdict
from services.changes import Topic
from services.desk_trust import kit_trust
from services.draft_moves import move_drafts
from services.gravest import what_is_wrong
from services.indicator_library import desk_library
from services.kit_differences import kit_differences
from services.own_certificates import take_home
from services.ports.exchange import TrustMaterial
from services.ports.store import StoredKit
from services.received import keep_received
from services.tools import Tools
from services.workspaces import Workspace, put_profile

_OLD_LIST = "stale_revocation_list"
"""Reason code of a kit of long ago, or of a machine whose date runs ahead."""


_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tar"})


class RootChange(enum.Enum):
    """Whether a kit brings another root (根证书是否更换), and whether the root known here has signed for it."""

    NONE = "none"
    ANNOUNCED = "announced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KitOffer:
    """A kit looked at but not yet taken in (待装入的任务参数包).

    `check_code` is compared with the paper when the bureau, or its new root, is not known yet (`needs_comparison`).
    """

    path: Path
    kit: ParameterKit
    digest: str
    check_code: str
    issued_at: str
    needs_comparison: bool
    judged: Judgement
    differences: tuple[str, ...] = ()
    root_change: RootChange = RootChange.NONE


def look_at_kit(tools: Tools, path: Path, known: ParameterKit | None = None) -> KitOffer:
    """Read and judge a kit file. KitProblem says why it cannot be taken in.

    The first kit brings its own root, so its 核对码 must be compared on paper; a later one must come
    from the root that is known, and its number may not be lower.
    """
    now = tools.clock.now()
    first = tools.reader.judge(path, TrustMaterial(), now, inspect_documents=False)
    payload = first.payload
    if payload is None or first.message_type != MessageType.PARAMETER_KIT.value:
        wrong = (
            "这个文件不是任务参数包" if payload is not None else what_is_wrong(tools.reasons, first.verdict)
        )
        raise KitProblem(wrong, _other_file(path, first.verdict), path.name)
    kit = kit_from_json(payload.get("parameter_kit"))
    _refuse_other_county(kit, known, path.name)
    change = _root_change(tools, kit, known)
    judged = tools.reader.judge(path, kit_trust(kit), now)
    if not judged.verdict.is_acceptable:
        wrong, remedy = what_is_wrong(tools.reasons, judged.verdict), "请向财政部门重新索取任务参数包"
        if _has(judged.verdict, _OLD_LIST):
            remedy = f"请先看电脑日期（{show_date(now.date())}）对不对；没有错的，{remedy.removeprefix('请')}"
        raise KitProblem(wrong, remedy, path.name)
    same_place = known is not None and known.kit_id == kit.kit_id
    if known is not None and same_place and kit.version < known.version:
        raise KitProblem(
            f"这是第 {kit.version} 版，本机已是第 {known.version} 版", "请使用较新的任务参数包", path.name
        )
    return KitOffer(
        path=path,
        kit=kit,
        digest=judged.manifest_sha256 or "",
        check_code=check_code_of_digest(bytes.fromhex(judged.payload_sha256 or "")),
        issued_at=str(payload.get("created_at", "")),
        needs_comparison=change is RootChange.UNKNOWN
        or (not kit.is_practice and not (known is not None and known.root_certificate)),
        judged=judged,
        differences=tuple(kit_differences(known, kit)) if known is not None else (),
        root_change=change,
    )


def _other_file(path: Path, verdict: Verdict) -> str:
    """What to do about a file that is no kit: most often it came in an archive, or was not copied to its end."""
    if path.suffix.lower() in _ARCHIVES:
        return "这是压缩包，请先解压，再选择里面的任务参数包文件"
    if path.suffix.lower() == ".asice" and _has(verdict, "container_truncated"):
        return "可能没有拷完，请重新拷贝财政部门下发的任务参数包文件"
    return "请选择财政部门下发的任务参数包文件"


def _has(verdict: Verdict, code: str) -> bool:
    return any(reason.code == code for reason in verdict.reasons)


def _root_change(tools: Tools, kit: ParameterKit, known: ParameterKit | None) -> RootChange:
    """Whether the kit brings another root than the one known here, and whether that one has announced it."""
    before = known.root_certificate if known is not None else ""
    if not before or before.split() == kit.root_certificate.split():
        return RootChange.NONE
    announced = tools.authority.is_announced(before, kit.root_links, kit.root_certificate)
    return RootChange.ANNOUNCED if announced else RootChange.UNKNOWN


def early_clock(kit: ParameterKit, now: datetime) -> EnvironmentProblem | None:
    """What is wrong when the machine's date lies before the kit was issued; None when it does not."""
    if now.date() >= kit.issued_on:
        return None
    return EnvironmentProblem(
        f"电脑日期 {show_date(now.date())}早于任务参数包的下发日期 {show_date(kit.issued_on)}",
        "请把电脑日期调整正确后再试",
    )


def _refuse_other_county(kit: ParameterKit, known: ParameterKit | None, where: str) -> None:
    """Practice and real kits are never mixed; a later kit carries the root it is judged by."""
    if known is None:
        return
    if kit.is_practice and not known.is_practice:
        raise KitProblem("这是演示用的任务参数包", "请选择财政部门正式下发的任务参数包", where)
    if known.is_practice and not kit.is_practice:
        raise KitProblem("这里是演示工作区，不能装入正式的任务参数包", "请新建正式的工作区", where)
    if known.root_certificate and known.division_code != kit.division_code:
        raise KitProblem("这是另一个财政部门的任务参数包", "请向财政部门核实这个文件的来源", where)


def take_kit(workspace: Workspace, offer: KitOffer) -> int:
    """Take a kit in: it becomes current, drafts move to it, the unit's own certificate comes home.

    How many drafts went to another task. KitProblem when the unit is not in its register or a newer
    version was taken in before; then nothing changes.
    """
    kit = offer.kit
    mine = workspace.profile.unit
    unit = kit.unit(mine.code)
    if kit.units and unit is None:
        raise KitProblem(
            f"任务参数包的单位名录里没有 {mine.code} {mine.name}", "请联系财政部门把本单位加入名录后重新下发"
        )
    with workspace.store.reading() as work:
        versions = [
            s.kit.version for s in work.kits.all() if s.kit.kit_id == kit.kit_id and not s.kit.is_builtin
        ]
    if max(versions, default=0) > kit.version:
        raise KitProblem(
            f"这是第 {kit.version} 版，本机已装入过第 {max(versions)} 版",
            "请使用较新的任务参数包",
            offer.path.name,
        )
    moved = keep_offer(workspace, offer)
    take_home(workspace, kit.certificates)
    workspace.changes.tell(Topic.KITS, Topic.FILINGS, Topic.KEYS)
    return moved


def keep_offer(workspace: Workspace, offer: KitOffer) -> int:
    """Keep a kit that came as a file, with the file itself, and bring the drafts under it; how many moved."""
    keep_received(workspace, offer.path, offer.judged, {})
    now = workspace.tools.clock.now()
    return _keep(workspace, offer.kit, offer.digest, now, moves=True)


def code_of_kit(workspace: Workspace, stored: StoredKit) -> str:
    """核对码 of a kit that came as a file, "" for a built-in one."""
    with workspace.store.reading() as work:
        record = work.packages.get(stored.digest) if stored.digest else None
    return check_code_of_digest(bytes.fromhex(record.payload_sha256)) if record else ""


def keep_kit(workspace: Workspace, kit: ParameterKit, digest: str, now: datetime) -> None:
    """Store a kit as the current one, with the unit's line of the register as the profile's unit."""
    _keep(workspace, kit, digest, now, moves=False)


def _keep(workspace: Workspace, kit: ParameterKit, digest: str, now: datetime, *, moves: bool) -> int:
    """Kit, profile and drafts in one transaction: a program that is killed leaves all or nothing."""
    unit = kit.unit(workspace.profile.unit.code) or workspace.profile.unit
    profile = replace(workspace.profile, unit=unit, working_year=kit.working_year)
    with workspace.store.writing() as work:
        stored = work.kits.current(kit.working_year)
        work.kits.add(kit, digest, now)
        put_profile(work, profile)
        before = stored.kit if stored else None
        moved = move_drafts(work, unit, kit, before, desk_library(workspace, work)) if moves else 0
        work.commit()
    workspace.profile = profile
    return moved
