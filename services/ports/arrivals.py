"""Filings met for the first time, written together (首次收到的填报件成批入库): what an intake asks and gives at once.

A county's week brings hundreds of packages nobody has seen before. Asking and writing row by row for each costs more
than judging its signature; so a batch asks once what of it is here, and what is new is added by one statement a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.domain.evidence import EvidenceFile
from models.domain.filing import Filing
from models.domain.project import Project, ProjectYear
from services.ports.store_records import FilingFigures, PackageRecord, SubmittedVersion


@dataclass(frozen=True, slots=True)
class Asked:
    """Identities a batch brings (本批标识): of packages, filings, projects."""

    packages: frozenset[str]
    filings: frozenset[str]
    projects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Met:
    """What of them the store holds (已有部分); projects with what is kept of them, their years by budget year."""

    packages: frozenset[str]
    filings: frozenset[str]
    projects: Mapping[str, Project]
    years: Mapping[tuple[str, int], ProjectYear]


@dataclass(frozen=True, slots=True)
class ArrivedFiling:
    """A filing the store does not hold (首次收到的填报件), its only version, and its evidence."""

    filing: Filing
    figures: FilingFigures
    version: SubmittedVersion
    evidence: tuple[EvidenceFile, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Everything new of a batch (成批入库内容): nothing in it may be there already, and nothing twice.

    Notes under 未接收（待核实） on the packages' paths are dropped along with it.
    """

    packages: tuple[PackageRecord, ...]
    filings: tuple[ArrivedFiling, ...]
    projects: tuple[Project, ...]
    years: tuple[ProjectYear, ...]
