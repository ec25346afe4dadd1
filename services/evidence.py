"""Evidence at the clerk's desk (佐证材料): attach, rename, remove and bring back, make smaller; what it weighs.

Removing is undoable until the form is sealed; what a sealed version carries stays for good.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms.checks.evidence_settings import EvidenceSetting
from forms.evidence import has_place
from models.domain.errors import DeskError, InputError
from models.domain.evidence import Evidence, EvidenceFile, ending_of
from models.domain.filing import Filing
from services import evidence_files
from services.changes import Topic
from services.evidence_files import TakenFile
from services.evidence_places import reuse_of
from services.job import JobContext
from services.path_text import path_text
from services.ports.store import FilingQuery, UnitOfWork
from services.workspaces import Workspace

_MEGABYTE = 1024 * 1024
_LONGEST_NOTE = 100


@dataclass(frozen=True, slots=True)
class SizeMeter:
    """What the evidence weighs in bytes (大小): of this form, of all forms still to be handed in, and the limits."""

    form_bytes: int
    package_bytes: int
    advised_bytes: int
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The evidence of one filing as a screen shows it (佐证材料清单).

    `reuse` says by digest and place (`evidence_places.reuse_key`) where the same file is used too;
    `stray` are ids of files whose row has been deleted: they stay at home when the form is sealed.
    """

    filing_id: str
    items: tuple[Evidence, ...]
    removed: tuple[Evidence, ...]
    meter: SizeMeter
    rules: EvidenceSetting
    reuse: Mapping[str, tuple[str, ...]]
    stray: frozenset[str] = frozenset()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of files somebody wanted to attach (添加结果): those added, and why others were not."""

    added: tuple[Evidence, ...]
    refused: tuple[str, ...]


def evidence_list(workspace: Workspace, filing_id: str) -> EvidenceList:
    """The evidence of a filing; InputError when the filing is not there."""
    rules = evidence_files.rules_of(workspace, workspace.current_kit().kit)
    with workspace.store.reading() as work:
        filing = _filing(work, filing_id)
        items = tuple(work.evidence.find([filing_id]))
        removed = tuple(work.evidence.find([filing_id], in_bin=True))
        reuse = reuse_of(work, filing_id, [item.file for item in items])
        meter = _meter(work, filing, items, rules)
    stray = frozenset(i.evidence_id for i in items if not has_place(filing.answers, i.file.place))
    is_open = filing.status.is_editable
    return EvidenceList(filing_id, items, removed, meter, rules, reuse, stray, is_open)


def no_evidence(workspace: Workspace, filing_id: str) -> EvidenceList:
    """The empty list of a form that has never been saved."""
    rules = evidence_files.rules_of(workspace, workspace.current_kit().kit)
    meter = SizeMeter(0, 0, rules.advised_megabytes * _MEGABYTE, rules.package_megabytes * _MEGABYTE)
    return EvidenceList(filing_id, (), (), meter, rules, {})


def attach(
    workspace: Workspace, filing_id: str, place: str, paths: Sequence[Path], ctx: JobContext
) -> Attached:
    """Attach files to a row (`place` is its path) or to the filing as a whole (""), one by one.

    A file that cannot be attached is told and the others go on. InputError when the form is not open
    for changes; Cancelled when it was stopped, what was attached by then stays.
    """
    rules = evidence_files.rules_of(workspace, workspace.current_kit().kit)
    with workspace.store.reading() as work:
        _refuse_closed(_filing(work, filing_id))
    added: list[Evidence] = []
    refused: list[str] = []
    try:
        for index, path in enumerate(paths):
            ctx.step(index, len(paths), path_text(path.name))
            try:
                file = evidence_files.take_in(workspace, path, rules)
                added.append(_add(workspace, filing_id, place, file, rules))
            except DeskError as error:
                refused.append(error.sentence)
    finally:
        if added:
            workspace.changes.tell(Topic.EVIDENCE)
    return Attached(tuple(added), tuple(refused))


def put_smaller(workspace: Workspace, evidence_id: str, content: bytes, ending: str) -> Evidence:
    """Take a picture's smaller copy in its place; the large one goes to what was removed and can come back."""
    rules = evidence_files.rules_of(workspace, workspace.current_kit().kit)
    with workspace.store.reading() as work:
        old = _known(work, evidence_id)
    name = old.file.name
    stem = name[: -len(ending_of(name)) - 1] if ending_of(name) else name
    file = evidence_files.taken(evidence_files.shown_name(f"{stem}.{ending}"), content)
    made = _add(workspace, old.filing_id, old.file.place, file, rules, instead_of=old)
    workspace.changes.tell(Topic.EVIDENCE)
    return made


def rename(workspace: Workspace, evidence_id: str, name: str, note: str) -> Evidence:
    """Give a file another name and note; its ending stays. InputError for an empty or taken name."""
    with workspace.store.writing() as work:
        old = _known(work, evidence_id)
        _refuse_closed(_filing(work, old.filing_id))
        ending = ending_of(old.file.name)
        tail = f".{ending}" if ending else ""
        stem = name.strip().removesuffix(tail).strip()
        if not stem:
            raise InputError("文件名没有填", "请填写文件名", "佐证材料")
        wanted = evidence_files.shown_name(stem + tail)
        taken = _names(work, old.filing_id, old.file.place, but=old)
        if wanted in taken:
            raise InputError(f"这里已经有“{wanted}”", "请换一个名称", "佐证材料")
        plain = "".join(char if char.isprintable() else " " for char in note).strip()[:_LONGEST_NOTE]
        made = old.renamed(wanted, plain)
        work.evidence.put(made)
        work.commit()
    workspace.changes.tell(Topic.EVIDENCE)
    return made


def remove(workspace: Workspace, evidence_id: str) -> Evidence:
    """Take a file off the form; it can be brought back until the form is sealed."""
    with workspace.store.writing() as work:
        old = _known(work, evidence_id)
        _refuse_closed(_filing(work, old.filing_id))
        made = replace(old, removed_at=workspace.tools.clock.now())
        work.evidence.put(made)
        work.commit()
    workspace.changes.tell(Topic.EVIDENCE)
    return made


def bring_back(workspace: Workspace, evidence_id: str) -> Evidence:
    """Attach a removed file again; InputError when the same file has been attached there meanwhile."""
    with workspace.store.writing() as work:
        old = _known(work, evidence_id)
        _refuse_closed(_filing(work, old.filing_id))
        names = _names(work, old.filing_id, old.file.place)
        if any(item.file.sha256 == old.file.sha256 for item in names.values()):
            raise InputError("这里已经有同一个文件", "不用再恢复", old.file.name)
        file = replace(old.file, name=evidence_files.numbered_name(old.file.name, names))
        made = replace(old, file=file, removed_at=None)
        work.evidence.put(made)
        work.commit()
    workspace.changes.tell(Topic.EVIDENCE)
    return made


def open_copy(workspace: Workspace, evidence_id: str) -> Path:
    """A copy to look at; EnvironmentProblem when the kept file is gone or damaged."""
    with workspace.store.reading() as work:
        item = _known(work, evidence_id)
    return evidence_files.copy_to_look_at(workspace, item.file, evidence_files.read(workspace, item.file))


def save(workspace: Workspace, evidence_ids: Sequence[str], folder: Path, ctx: JobContext) -> list[Path]:
    """Save attached files into a folder under their own names; existing files stay, a number is added."""
    with workspace.store.reading() as work:
        items = [_known(work, evidence_id) for evidence_id in evidence_ids]
    saved: list[Path] = []
    for index, item in enumerate(items):
        ctx.step(index, len(items), item.file.name)
        content = evidence_files.read(workspace, item.file)
        saved.append(evidence_files.save_out(workspace, folder, item.file, content))
    return saved


def _add(
    workspace: Workspace,
    filing_id: str,
    place: str,
    file: TakenFile,
    rules: EvidenceSetting,
    *,
    instead_of: Evidence | None = None,
) -> Evidence:
    """Keep the bytes, then note them; when the note fails the bytes are swept away later."""
    evidence_files.refuse_kind(file.name, rules)
    evidence_files.refuse_size(file.name, len(file.content), rules)
    evidence_files.keep(workspace, file)
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        filing = _filing(work, filing_id)
        _refuse_closed(filing)
        names = _names(work, filing_id, place, but=instead_of)
        if any(item.file.sha256 == file.sha256 for item in names.values()):
            raise InputError("这里已经添加过同一个文件", "不用重复添加", file.name)
        if not has_place(filing.answers, place):
            raise InputError("要添加佐证材料的这一行已不在表里", "请重新选择指标后再添加", file.name)
        _refuse_weight(work, filing, file, rules, instead_of)
        name = evidence_files.numbered_name(file.name, names)
        note = instead_of.file.note if instead_of else ""
        words = EvidenceFile(place, name, len(file.content), file.sha256, note)
        made = Evidence(f"E{secrets.token_hex(10)}", filing_id, words, now, workspace.profile.person_name)
        if instead_of is not None:
            work.evidence.put(replace(instead_of, removed_at=now))
        work.evidence.put(made)
        work.commit()
    return made


def _filing(work: UnitOfWork, filing_id: str) -> Filing:
    """The filing evidence belongs to."""
    filing = work.filings.get(filing_id)
    if filing is None:
        raise InputError("这份表还没有保存", "请先保存，再添加佐证材料", "佐证材料")
    return filing


def _known(work: UnitOfWork, evidence_id: str) -> Evidence:
    """One attached or removed file."""
    item = work.evidence.get(evidence_id)
    if item is None:
        raise InputError("找不到这份佐证材料", "可能已在别的窗口处理，请重新打开这份表", "佐证材料")
    return item


def _refuse_closed(filing: Filing) -> None:
    """InputError when a filing is not open for changes."""
    if not filing.status.is_editable:
        raise InputError(
            f"这份表{filing.status.label}，不能改动佐证材料", "请先点“修改后重新报送”", "佐证材料"
        )


def _names(
    work: UnitOfWork, filing_id: str, place: str, *, but: Evidence | None = None
) -> Mapping[str, Evidence]:
    """What is attached at one place, by name."""
    return {
        item.file.name: item
        for item in work.evidence.find([filing_id])
        if item.file.place == place and (but is None or item.evidence_id != but.evidence_id)
    }


def _refuse_weight(
    work: UnitOfWork, filing: Filing, file: TakenFile, rules: EvidenceSetting, instead_of: Evidence | None
) -> None:
    """InputError when a form alone would be more than a package may carry."""
    here = [i.file for i in work.evidence.find([filing.filing_id]) if i != instead_of]
    total = weight([*here, EvidenceFile("", file.name, len(file.content), file.sha256)])
    if total > rules.package_megabytes * _MEGABYTE:
        raise InputError(
            f"添加后共 {total / _MEGABYTE:.1f} MB，超过一份报送文件的上限 {rules.package_megabytes} MB",
            "请先缩小照片或移除不需要的文件",
            file.name,
        )


def weight(files: Sequence[EvidenceFile]) -> int:
    """Bytes files take in a package, where the same content travels once."""
    return sum({file.member: file.size for file in files}.values())


def _meter(work: UnitOfWork, filing: Filing, items: Sequence[Evidence], rules: EvidenceSetting) -> SizeMeter:
    """The weight of this form's evidence, and of all that waits to be handed in."""
    waiting = [
        other.filing_id
        for other in work.filings.overview(FilingQuery(unit_code=filing.unit_code))
        if other.status.is_editable
    ]
    together = work.evidence.find({*waiting, filing.filing_id})
    return SizeMeter(
        weight([item.file for item in items]),
        weight([item.file for item in together]),
        rules.advised_megabytes * _MEGABYTE,
        rules.package_megabytes * _MEGABYTE,
    )
