"""A large county's packages for measuring (测量用的大县报送文件): made once into a folder, taken in again and again.

What is real: the bureau with its root, register and issued kit; sixty units whose keys lie in key files (with scrypt's
cost turned down, since nobody attacks them) and whose certificates the bureau's root has issued; the answers of the
practice county's target declarations, checked by the program's own checks; documents drawn and signed by the program;
containers written and signed by the real writer, every one with its own project, filing, manifest and signature.
What is not: a drawn PDF and workbook serve several packages of the same unit (signing 2,300 of each would take an hour
and change nothing about reading them), and evidence is random bytes, as photographs are to a reader.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from exchange.key_file import Scrypt
from exchange.vault import FolderKeyVault, KeyPolicy
from forms import registry
from forms.checks import catalog
from forms.context import FormContext
from forms.findings import count_findings
from main import Adapters
from models.domain.evidence import EvidenceFile
from models.domain.kit import ParameterKit
from models.domain.message import WORKBOOKS_SIGNED, MessageType
from models.domain.project import FilingTask, Project, ProjectYear, RegisterEntry, Unit
from services import kit_issue, messages, printing, setup
from services.bureau_keys import BureauKeys
from services.kit_issue import KitDraft
from services.ports.exchange import SignerRole, Subject, UnlockedKey
from services.ports.store import CertificateRecord
from services.workspaces import Workspace

UNITS = 60
DRAWN = 4
"""Documents drawn for each unit; its packages take them in turns."""
YEAR = 2027
FORM = "performance_target"
SMALLEST, LARGEST = 100_000, 1_000_000
PAPERS_ONLY = 5
"""Every so many packages carry no evidence: they weigh what their documents weigh, below 100 KB."""
BUREAU, STICK = "bureau", "stick"
_PASSWORDS = ("measure-root-1", "measure-leaf-2")


@dataclass
class _Sender:
    """A unit with its key and the documents drawn for it so far."""

    unit: Unit
    key: UnlockedKey
    drawn: list[dict[str, bytes]]
    number: int = 0


def built(folder: Path, count: int) -> Path:
    """A bureau's folder that has received nothing and a stick with `count` packages; made unless it is there."""
    done = folder / f"made-{count}"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / STICK).mkdir(parents=True)
        _build(folder, count)
        done.touch()
    return folder


def _build(folder: Path, count: int) -> None:
    tools = Adapters()
    kit = tools.practice.practice_kit()
    wanted = setup.BureauSetup(
        kit.division_code, kit.issuer_name, "李文", kit.working_year, *_PASSWORDS, is_practice=True
    )
    workspace, keys = setup.set_up_bureau(tools, folder / BUREAU, wanted)
    units = _units(tools.practice.practice_units())
    samples = _samples(tools, kit)
    entries = _entries(samples, units, count)
    with workspace.store.writing() as work:
        work.registers.put_units(units)
        work.registers.replace_entries(YEAR, entries)
        work.commit()
    kit_issue.issue_kit(workspace, KitDraft(kit, kit.name, kit.tasks, kit.trust_mode), keys, folder)
    senders = {unit.code: sender for unit, sender in _senders(workspace, keys, units, folder)}
    for number, entry in enumerate(entries):
        _package(
            workspace, senders[entry.unit_code], entry, samples[number % len(samples)][1], number, folder
        )
    workspace.close()


def _units(known: Sequence[Unit]) -> list[Unit]:
    """Sixty units after the practice county's."""
    return [
        replace(
            known[n % len(known)],
            code=f"7{n:05}",
            name=f"{known[n % len(known)].name}第{n // len(known) + 1}分局",
        )
        for n in range(UNITS)
    ]


def _samples(tools: Adapters, kit: ParameterKit) -> list[tuple[RegisterEntry, dict[str, Any]]]:
    """Register lines of the practice county with its answers, those whose form may be sealed."""
    task = next(task for task in kit.tasks if task.form_id == FORM and task.budget_year == YEAR)
    found = []
    for entry in tools.practice.practice_register(YEAR):
        answers = tools.practice.practice_target_answers(entry.project_code, YEAR)
        if answers is not None and FORM in entry.forms_due:
            context = _context(kit, task, Unit(entry.unit_code, "示例单位"), entry, 0)
            report = catalog.runner(registry.form(FORM), context).run(answers)
            if not count_findings(report.findings, {}).blocking:
                found.append((entry, dict(answers)))
    return found


def _context(
    kit: ParameterKit, task: FilingTask, unit: Unit, entry: RegisterEntry, number: int
) -> FormContext:
    """What a target declaration is filled in for."""
    project = Project(f"p-{number:06}", entry.project_name, unit.code, entry.project_code, entry.category)
    year = ProjectYear(project.project_id, YEAR, entry.budget_fen, entry.fund_type, entry.bureau_office, True)
    return FormContext(kit, task, unit, project, year, entry, has_ex_ante_evaluation=True)


def _entries(
    samples: Sequence[tuple[RegisterEntry, dict[str, Any]]], units: Sequence[Unit], count: int
) -> list[RegisterEntry]:
    """A register of `count` lines, each a sample under another name, code and unit."""
    found = []
    for number in range(count):
        sample, unit = samples[number % len(samples)][0], units[number % len(units)]
        code = f"{sample.project_code[:-6]}{number:06}"
        name = f"{sample.project_name}（{number + 1}标段）"
        found.append(replace(sample, project_code=code, project_name=name, unit_code=unit.code))
    return found


def _senders(
    workspace: Workspace, keys: BureauKeys, units: Sequence[Unit], folder: Path
) -> Iterator[tuple[Unit, _Sender]]:
    """Each unit with a key whose certificate the bureau has issued and noted."""
    now, authority = datetime.now(UTC) - timedelta(minutes=5), workspace.tools.authority
    vault = FolderKeyVault(folder / "keys", KeyPolicy(scrypt=Scrypt(n=2)))
    for unit in units:
        subject, name = Subject("张三", unit.code, unit.name, SignerRole.UNIT), f"unit-{unit.code}"
        own = vault.create(name, subject, _PASSWORDS[0], now)
        issued = authority.issue(keys.root, own.pem, subject, now)
        vault.take_certificate(name, issued.pem)
        record = CertificateRecord(issued.serial, "issued", unit.code, issued.fingerprint, issued.pem, now)
        with workspace.store.writing() as work:
            work.certificates.add(record)
            work.commit()
        yield unit, _Sender(unit, vault.unlock(name, _PASSWORDS[0], now), [])


def _package(
    workspace: Workspace,
    sender: _Sender,
    entry: RegisterEntry,
    answers: dict[str, Any],
    number: int,
    folder: Path,
) -> None:
    """One submission of one target declaration onto the stick."""
    kit, writer = workspace.current_kit().kit, workspace.tools.writer
    task = next(task for task in kit.tasks if task.form_id == FORM and task.budget_year == YEAR)
    context = _context(kit, task, sender.unit, entry, number)
    whole = {**answers, "project_name": entry.project_name, "project_code": entry.project_code}
    moment = datetime.now(UTC) - timedelta(minutes=1)
    if len(sender.drawn) < DRAWN:
        sender.drawn.append(_documents(workspace, context, whole, sender.key, moment))
    members = dict(sender.drawn[sender.number % len(sender.drawn)])
    sender.number += 1
    listed = _evidence(members, number)
    payload = _payload(context, task, whole, listed, (number, sender.number), moment)
    writer.write(folder / STICK, messages.namer(payload), payload, members, sender.key, moment)


def _documents(
    workspace: Workspace, context: FormContext, answers: dict[str, Any], key: UnlockedKey, moment: datetime
) -> dict[str, bytes]:
    """The official form as PDF and workbook, both signed."""
    form, tools = registry.form(FORM), workspace.tools
    counts = count_findings(catalog.runner(form, context).run(answers).findings, {})
    marks = printing.marks_of(context, counts, "A" * 16)
    printed = printing.draw(tools.documents, printing.sheets_of(form, context, answers), marks)
    stem = f"documents/01_{FORM}_{YEAR}"
    return {
        f"{stem}.pdf": tools.writer.sign_pdf(printed.pdf, key, moment),
        f"{stem}.xlsx": tools.writer.sign_workbook(printed.workbook, key, moment),
    }


def _evidence(members: dict[str, bytes], number: int) -> list[dict[str, Any]]:
    """A photograph that brings the package to its size, and what the payload says of it."""
    if number % PAPERS_ONLY == 0:
        return []
    chance = random.Random(number)
    wanted = round(SMALLEST * (LARGEST / SMALLEST) ** chance.random())
    rest = wanted - sum(map(len, members.values()))
    if rest <= 0:
        return []
    content = chance.randbytes(rest)
    file = EvidenceFile("", f"现场照片{number}.jpg", len(content), hashlib.sha256(content).hexdigest())
    members[file.member] = content
    return [{**asdict(file), "member": file.member}]


def _payload(
    context: FormContext,
    task: FilingTask,
    answers: dict[str, Any],
    listed: list[dict[str, Any]],
    numbers: tuple[int, int],
    moment: datetime,
) -> dict[str, Any]:
    """payload.json as a unit's desk writes it; everything the checks ask about is explained."""
    project, kit = context.project, context.kit
    assert project is not None
    report = catalog.runner(registry.form(FORM), context).run(answers)
    explanations = {finding.explanation_key: "已核实，属实。" for finding in report.findings}
    counts = count_findings(report.findings, explanations)
    assert counts.allows_sealing, report.findings
    payload = messages.head(MessageType.SUBMISSION, context.unit, kit.working_year, numbers[1], moment, kit)
    filing = {
        "filing_id": f"f-{numbers[0]:06}", "task_id": task.task_id, "form_id": FORM,
        "form_version": registry.head(FORM).version, "budget_year": YEAR, "unit_code": context.unit.code,
        "project": {"project_id": project.project_id, "project_code": project.project_code,
                    "name": project.name, "category": project.category},
        "version": 1, "answers": answers, "explanations": explanations,
        "findings": [finding.to_json(explanations) for finding in report.findings],
        "not_checked": [list(item) for item in report.not_run],
        **({"evidence": listed} if listed else {}),
    }  # fmt: skip
    payload |= {"sender": {"name": "张三", "phone": ""}, "is_practice": kit.is_practice}
    return {**payload, WORKBOOKS_SIGNED: True, "exemptions": [], "filings": [filing]}
