"""Issuing a parameter kit (下发任务参数包): the bureau's settings, registers and trust in one signed file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms import registry
from forms.checks.settings import setting_faults
from forms.scoring.scheme_check import scheme_faults
from models.domain.errors import InputError, KitProblem
from models.domain.kit import ParameterKit, TrustMode
from models.domain.kit_json import kit_to_json
from models.domain.message import MessageType
from models.domain.project import FilingTask
from services import messages
from services.bureau_keys import BureauKeys, renew_revocation_list
from services.changes import Topic
from services.messages import taken_away_on_failure
from services.one_line import MAX_NAME, one_line
from services.own_kits import next_version, refuse_forgotten
from services.permission_table import Action
from services.permissions import require
from services.ports.store import PackageRecord
from services.received import archive_name, copy_to_archive
from services.revocations import FORMER_LISTS, FORMER_ROOTS, ROOT_LINKS, issued_certificates, texts
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class KitDraft:
    """What the bureau decides for its next kit (任务参数包草案); everything else comes from its template."""

    template: ParameterKit
    name: str
    tasks: tuple[FilingTask, ...]
    trust_mode: TrustMode


def templates(workspace: Workspace) -> Sequence[ParameterKit]:
    """Kits to begin from: the one issued last, the built-in ones, then those after real places."""
    with workspace.store.reading() as work:
        stored = work.kits.current(workspace.profile.working_year)
    tools, year = workspace.tools, workspace.profile.working_year
    return [*([stored.kit] if stored else []), *tools.builtin_kits(year), *tools.place_kits(year)]


def draft_from(workspace: Workspace, template: ParameterKit) -> KitDraft:
    """A draft that issues the template as it is under the bureau's own name."""
    profile = workspace.profile
    name = (
        template.name if not template.is_builtin else f"{profile.unit.name}{profile.working_year}年任务参数包"
    )
    return KitDraft(template, name, template.tasks, template.trust_mode)


def issue_kit(workspace: Workspace, draft: KitDraft, keys: BureauKeys, folder: Path) -> PackageRecord:
    """Write the signed kit into `folder`, keep it as current here; its record (its 核对码 goes on paper).

    InputError when something in it could not be used by the units: a task whose dates run backwards or
    whose form has no setting or an unsound score scheme, a check setting that is missing, an empty unit register. When keeping it
    fails, the file is taken away again: two kits of one version must never be about. KitProblem while a kit
    issued before a backup was restored has still to be taken back. NotAllowed for whom this is not the work of.
    """
    who = require(workspace, Action.ISSUE_KIT)
    _refuse_unusable(draft)
    refuse_forgotten(workspace)
    now, profile = workspace.tools.clock.now(), workspace.profile
    kit = _assembled(workspace, draft, renew_revocation_list(workspace, keys.root))
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    payload = messages.head(MessageType.PARAMETER_KIT, profile.unit, kit.working_year, number, now, None)
    payload["is_practice"] = kit.is_practice
    payload["parameter_kit"] = kit_to_json(kit)
    written = workspace.tools.writer.write(folder, messages.namer(payload), payload, {}, keys.bureau, now)
    with taken_away_on_failure(written):
        copy_to_archive(workspace, written.path, written.manifest_sha256)
        record = messages.sent_record(
            payload, written, keys.bureau, archive_name(written.manifest_sha256), now
        )
        with workspace.store.writing() as work:
            work.kits.add(kit, written.manifest_sha256, now)
            work.packages.add(record)
            said = f"下发任务参数包：{kit.name} 第 {kit.version} 版"
            work.audit.append(
                now, who.name, "kit", profile.unit.code, said, {"digest": written.manifest_sha256}
            )
            work.commit()
    workspace.changes.tell(Topic.KITS, Topic.PACKAGES)
    return record


def _refuse_unusable(draft: KitDraft) -> None:
    """Raise InputError for what every unit would stumble over."""
    if not 0 < len(one_line(draft.name)) <= MAX_NAME:
        raise InputError(f"名称没有填，或超过 {MAX_NAME} 字", "请重新填写", "任务参数包名称")
    faults = setting_faults(draft.template)
    if faults:
        raise InputError(f"校验参数“{faults[0]}”缺少或写错", "请改正后再下发", "任务参数包")
    if not draft.tasks:
        raise InputError("还没有任务", "请至少添加一项任务", "任务参数包")
    if len({task.task_id for task in draft.tasks}) != len(draft.tasks):
        raise InputError("有两项任务的编号相同", "请删去其中一项后重新添加", "任务")
    for task in draft.tasks:
        if task.closes_on < task.opens_on:
            raise InputError(f"“{task.name}”的截止日期早于开始日期", "请改正日期", "任务")
        setting = draft.template.form_setting(task.form_id, task.budget_year)
        if not registry.has(task.form_id) or setting is None:
            raise InputError(f"“{task.name}”没有可用的表", "请换一个参数包模板，或删去这项任务", "任务")
        draft.template.frame(setting.frame_id)
        scheme = draft.template.scheme(setting.scheme_id)
        if unsound := scheme_faults(scheme):
            raise InputError(f"计分方案“{scheme.name}”：{unsound[0]}", "请改正后再下发", "任务参数包")


def _assembled(workspace: Workspace, draft: KitDraft, revocation_list: str) -> ParameterKit:
    """The kit with registers, certificates and its next version."""
    profile = workspace.profile
    with workspace.store.reading() as work:
        units = tuple(work.registers.units())
        years = sorted({task.budget_year for task in draft.tasks})
        register = tuple(entry for year in years for entry in work.registers.entries(year))
        issued = issued_certificates(work)
        root = work.settings.get("root_certificate")
        former, links = texts(work, FORMER_ROOTS), texts(work, ROOT_LINKS)
        revocation_list += "".join(texts(work, FORMER_LISTS))
        version = next_version(work, workspace)
    if not units:
        raise InputError("单位名录还是空的", "请先导入单位名录再下发任务参数包", "任务参数包")
    if not root:
        raise KitProblem("还没有财政部门的签名密钥", "请先完成财政端设置")
    return replace(
        draft.template,
        kit_id=f"{profile.unit.code}-{profile.working_year}",
        name=one_line(draft.name),
        version=version,
        issuer_name=profile.unit.name,
        division_code=profile.unit.code,
        working_year=profile.working_year,
        issued_on=workspace.today,
        trust_mode=draft.trust_mode,
        tasks=draft.tasks,
        units=units,
        register=register,
        root_certificate=root,
        certificates=issued,
        revocation_list=revocation_list,
        former_roots=former,
        root_links=links,
        is_builtin=False,
        is_practice=profile.is_practice,
    )
