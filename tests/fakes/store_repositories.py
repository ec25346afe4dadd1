"""Repositories of the store in memory (内存存储): settings, kits, registers, projects, packages, certificates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.domain.ex_ante_rule import rule_in_force
from models.domain.kit import ParameterKit
from models.domain.kit_head import KitHead
from models.domain.project import Project, ProjectYear, RegisterEntry, Unit
from models.store.values import fen_column
from services.ports.arrivals import Arrivals, Asked, Met
from services.ports.store import (
    CertificateRecord,
    IntakeDecision,
    PackageRecord,
    QuarantineRecord,
    StoredKit,
)
from tests.fakes.store_evidence import FakeEvidence
from tests.fakes.store_filings import FakeFilings
from tests.fakes.store_state import Session, as_kept, moment, unknown


class FakeSettings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> Any:
        found = self._session.state.settings.get(key)
        return None if found is None else as_kept(found)

    def some(self, keys: Collection[str]) -> Mapping[str, Any]:
        return {key: found for key in keys if (found := self.get(key)) is not None}

    def put(self, key: str, value: Any) -> None:
        self._session.changing.settings[key] = as_kept(value)

    def next_number(self, name: str) -> int:
        counters = self._session.changing.counters
        counters[name] = counters.get(name, 0) + 1
        return counters[name]

    def raise_number(self, name: str, least: int) -> None:
        counters = self._session.changing.counters
        counters[name] = max(counters.get(name, 0), least)


class FakeKits:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, kit: ParameterKit, digest: str, taken_at: datetime) -> None:
        def identity(item: ParameterKit) -> tuple[int, str, int]:
            return item.working_year, item.kit_id, item.version

        others = [
            replace(old, is_current=False) if old.kit.working_year == kit.working_year else old
            for old in self._session.changing.kits
            if (identity(old.kit), old.digest) != (identity(kit), digest)
        ]
        self._session.state.kits = [*others, StoredKit(kit, digest, moment(taken_at), is_current=True)]

    def current(self, working_year: int) -> StoredKit | None:
        kits = self._session.state.kits
        return next((k for k in kits if k.is_current and k.kit.working_year == working_year), None)

    def current_head(self, working_year: int, unit_code: str) -> KitHead | None:
        stored = self.current(working_year)
        if stored is None:
            return None
        kit = stored.kit
        own = tuple(entry for entry in kit.register if entry.unit_code == unit_code)
        rule = rule_in_force(kit.ex_ante, kit.check_settings)
        return KitHead(kit.name, kit.version, kit.working_year, kit.tasks, own, rule)

    def working_years(self) -> Sequence[int]:
        return sorted({stored.kit.working_year for stored in self._session.state.kits}, reverse=True)

    def all(self) -> Sequence[StoredKit]:
        kits = enumerate(self._session.state.kits)
        return [kit for _n, kit in sorted(kits, key=lambda item: (item[1].taken_at, item[0]), reverse=True)]


class FakeRegisters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put_units(self, units: Sequence[Unit]) -> None:
        self._session.changing.units.update({unit.code: unit for unit in units})

    def remove_unit(self, code: str) -> None:
        self._session.changing.units.pop(code, None)

    def units(self) -> Sequence[Unit]:
        return sorted(self._session.state.units.values(), key=lambda unit: unit.code)

    def replace_entries(self, budget_year: int, entries: Sequence[RegisterEntry]) -> None:
        if any(entry.budget_year != budget_year for entry in entries):
            raise ValueError("a line of another budget year in this year's project register")
        for entry in entries:
            fen_column(entry.budget_fen)
        self._session.changing.entries[budget_year] = tuple(entries)

    def entries(self, budget_year: int, unit_code: str | None = None) -> Sequence[RegisterEntry]:
        found = self._session.state.entries.get(budget_year, ())
        return [entry for entry in found if unit_code in (None, entry.unit_code)]

    def entry_years(self) -> Sequence[int]:
        return sorted(year for year, entries in self._session.state.entries.items() if entries)


class FakeProjects:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, project: Project) -> None:
        self._session.changing.projects[project.project_id] = project

    def put_year(self, year: ProjectYear) -> None:
        fen_column(year.budget_fen)
        self._session.changing.years[year.project_id, year.budget_year] = year

    def get(self, project_id: str) -> Project | None:
        return self._session.state.projects.get(project_id)

    def list(self, unit_code: str | None = None, *, in_bin: bool = False) -> Sequence[Project]:
        state = self._session.state
        return [
            project
            for project in state.projects.values()
            if unit_code in (None, project.unit_code) and (project.project_id in state.binned) is in_bin
        ]

    def some(self, project_ids: Collection[str]) -> Sequence[Project]:
        return [project for project in self.list() if project.project_id in project_ids]

    def bureau_offices(self) -> Mapping[tuple[str, int], str]:
        return {(y.project_id, y.budget_year): y.bureau_office for y in self.years() if y.bureau_office}

    def years_of(self, project_ids: Collection[str]) -> Sequence[ProjectYear]:
        return [year for year in self.years() if year.project_id in project_ids]

    def years(self, project_id: str | None = None, budget_year: int | None = None) -> Sequence[ProjectYear]:
        order = {known: position for position, known in enumerate(self._session.state.projects)}
        found = [
            year
            for year in self._session.state.years.values()
            if project_id in (None, year.project_id) and budget_year in (None, year.budget_year)
        ]
        return sorted(found, key=lambda year: (order.get(year.project_id, 0), year.budget_year))

    def remove_year(self, project_id: str, budget_year: int) -> None:
        self._session.changing.years.pop((project_id, budget_year), None)

    def put_in_bin(self, project_id: str, at: datetime) -> None:
        if project_id not in self._session.changing.projects:
            raise unknown("个项目")
        self._session.state.binned[project_id] = moment(at)

    def restore(self, project_id: str) -> None:
        if project_id not in self._session.changing.projects:
            raise unknown("个项目")
        self._session.state.binned.pop(project_id, None)


class FakePackages:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: PackageRecord) -> None:
        known = self._session.changing.packages.get(record.manifest_sha256)
        self._session.state.packages[record.manifest_sha256] = replace(
            record,
            signer=as_kept(record.signer),
            verdict=as_kept(record.verdict),
            at=moment(record.at),
            receipt_sha256=record.receipt_sha256 or (known.receipt_sha256 if known else ""),
        )

    def met(self, asked: Asked) -> Met:
        state = self._session.state
        return Met(
            frozenset(asked.packages & state.packages.keys()),
            frozenset(asked.filings & state.filings.keys()),
            {key: state.projects[key] for key in asked.projects & state.projects.keys()},
            {key: year for key, year in state.years.items() if key[0] in asked.projects},
        )

    def arrive(self, arrivals: Arrivals) -> None:
        projects, filings = FakeProjects(self._session), FakeFilings(self._session)
        evidence = FakeEvidence(self._session)
        for project in arrivals.projects:
            projects.put(project)
        for year in arrivals.years:
            projects.put_year(year)
        for one in arrivals.filings:
            version = one.version
            filings.save(one.filing, one.figures, expected_revision=None)
            filings.add_version(version)
            evidence.put_submitted(version.filing_id, version.version, version.manifest_sha256, one.evidence)
        for record in arrivals.packages:
            self.add(record)
            self.drop_quarantine(record.source_path)

    def get(self, manifest_sha256: str) -> PackageRecord | None:
        return self._session.state.packages.get(manifest_sha256)

    def beginning(self, digits: str) -> Sequence[PackageRecord]:
        found = self._session.state.packages
        return [found[key] for key in sorted(found) if key.startswith(digits)]

    def beginnings(self) -> frozenset[str]:
        return frozenset(key[:8] for key in self._session.state.packages)

    def find(self, direction: str, message_type: str | None = None) -> Sequence[PackageRecord]:
        found = [
            record
            for record in self._session.state.packages.values()
            if record.direction == direction and message_type in (None, record.message_type)
        ]
        return sorted(found, key=lambda record: (record.at, record.number), reverse=True)

    def set_receipt(self, manifest_sha256: str, receipt_sha256: str) -> None:
        known = self._session.changing.packages.get(manifest_sha256)
        if known is None:
            raise unknown("份报送文件")
        self._session.state.packages[manifest_sha256] = replace(known, receipt_sha256=receipt_sha256)

    def put_quarantine(self, record: QuarantineRecord) -> None:
        kept = replace(record, signer=as_kept(record.signer), at=moment(record.at))
        self._session.changing.quarantine[record.path, record.sha256] = kept

    def quarantine(self) -> Sequence[QuarantineRecord]:
        found = sorted(
            self._session.state.quarantine.values(), key=lambda record: (record.path, record.sha256)
        )
        return sorted(found, key=lambda record: record.at, reverse=True)

    def drop_quarantine(self, path: str) -> None:
        state = self._session.changing
        state.quarantine = {key: value for key, value in state.quarantine.items() if key[0] != path}

    def add_decision(self, decision: IntakeDecision) -> None:
        self._session.changing.decisions.append(replace(decision, at=moment(decision.at)))

    def decisions(self, filing_id: str | None = None) -> Sequence[IntakeDecision]:
        found = [item for item in self._session.state.decisions if filing_id in (None, item.filing_id)]
        return found[::-1]


class FakeCertificates:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: CertificateRecord) -> None:
        key = (record.serial, record.kind, record.fingerprint)
        known = self._session.changing.certificates.get(key)
        revoked = record.revoked_at or (known.revoked_at if known else None)
        self._session.state.certificates[key] = replace(record, at=moment(record.at), revoked_at=revoked)

    def all(self) -> Sequence[CertificateRecord]:
        found = self._session.state.certificates
        return [found[key] for key in sorted(found, key=lambda key: (found[key].at, key))]

    def revoke(self, serial: str, at: datetime) -> None:
        found = {key: item for key, item in self._session.changing.certificates.items() if key[0] == serial}
        if not found:
            raise unknown("张证书")
        for key, item in found.items():
            self._session.state.certificates[key] = replace(item, revoked_at=moment(at))
