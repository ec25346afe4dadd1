"""Issuing a parameter kit (下发任务参数包): the bureau's settings, registers and trust in one signed file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms.checks.settings import setting_faults
from models.domain.errors import InputError, KitProblem
from models.domain.kit import ParameterKit, TrustMode
from models.domain.kit_json import kit_to_json
from models.domain.message import MessageType
from models.domain.project import FilingTask
from services import messages
from services.bureau_keys import BureauKeys, renew_revocation_list
from services.changes import Topic
from services.ports.store import PackageRecord
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class KitDraft:
    """What the bureau decides for its next kit (任务参数包草案); everything else comes from its template."""

    template: ParameterKit
    name: str
    tasks: tuple[FilingTask, ...]
    trust_mode: TrustMode


def templates(workspace: Workspace) -> Sequence[ParameterKit]:
    """Kits to begin from: the one issued last, then the built-in ones."""
    with workspace.store.reading() as work:
        stored = work.kits.current(workspace.profile.working_year)
    built_in = workspace.tools.builtin_kits(workspace.profile.working_year)
    return ([stored.kit] if stored else []) + list(built_in)


def draft_from(workspace: Workspace, template: ParameterKit) -> KitDraft:
    """A draft that issues the template as it is under the bureau's own name."""
    profile = workspace.profile
    name = (
        template.name if not template.is_builtin else f"{profile.unit.name}{profile.working_year}年任务参数包"
    )
    return KitDraft(template, name, template.tasks, template.trust_mode)


def issue_kit(workspace: Workspace, draft: KitDraft, keys: BureauKeys, folder: Path) -> PackageRecord:
    """Write the signed kit into `folder`, keep it as current here; its record (its 核对码 goes on paper).

    InputError when a task's dates run backwards, a check setting is missing or no unit is in the register.
    """
    faults = setting_faults(draft.template)
    if faults:
        raise InputError(f"校验参数“{faults[0]}”缺少或写错", "请改正后再下发", "任务参数包")
    for task in draft.tasks:
        if task.closes_on < task.opens_on:
            raise InputError(f"“{task.name}”的截止日期早于开始日期", "请改正日期", "任务")
    now, profile = workspace.tools.clock.now(), workspace.profile
    kit = _assembled(workspace, draft, renew_revocation_list(workspace, keys.root))
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    payload = messages.head(MessageType.PARAMETER_KIT, profile.unit, kit.working_year, number, now, None)
    payload["is_practice"] = kit.is_practice
    payload["parameter_kit"] = kit_to_json(kit)
    written = workspace.tools.writer.write(folder, messages.namer(payload), payload, {}, keys.bureau, now)
    record = messages.sent_record(payload, written, keys.bureau, f"{written.manifest_sha256}.asice", now)
    workspace.archive.mkdir(exist_ok=True)
    files = workspace.tools.files
    files.write(workspace.archive / record.archive_name, files.read_back(written.path))
    with workspace.store.writing() as work:
        work.kits.add(kit, written.manifest_sha256, now)
        work.packages.add(record)
        work.commit()
    workspace.changes.tell(Topic.KITS, Topic.PACKAGES)
    return record


def _assembled(workspace: Workspace, draft: KitDraft, revocation_list: str) -> ParameterKit:
    """The kit with registers, certificates and its next version."""
    profile = workspace.profile
    with workspace.store.reading() as work:
        units = tuple(work.registers.units())
        years = sorted({task.budget_year for task in draft.tasks})
        register = tuple(entry for year in years for entry in work.registers.entries(year))
        issued = tuple(r.pem for r in work.certificates.all() if r.kind == "issued" and r.revoked_at is None)
        root = work.settings.get("root_certificate")
        stored = work.kits.current(profile.working_year)
    if not units:
        raise InputError("单位名录还是空的", "请先导入单位名录再下发任务参数包", "任务参数包")
    if not root:
        raise KitProblem("还没有财政部门的签名密钥", "请先完成财政端设置")
    return replace(
        draft.template,
        kit_id=f"{profile.unit.code}-{profile.working_year}",
        name=draft.name,
        version=stored.kit.version + 1 if stored else 1,
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
        is_builtin=False,
        is_practice=profile.is_practice,
    )
