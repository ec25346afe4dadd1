"""Shared databases in memory (内存数据库的位置): folders that name one, moves that note themselves."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from models.domain.errors import EnvironmentProblem
from services.ports.databases import DatabaseFound, MoveReport, Step, TableCopied

REPORT = MoveReport((TableCopied("filings", 34, "a" * 64), TableCopied("units", 7, "b" * 64)), "旧库")


class FakeDatabases:
    """Implements `services.ports.databases.SharedDatabases`; addresses with `nowhere` in them cannot be reached."""

    def __init__(self) -> None:
        self.addresses: dict[Path, str] = {}
        self.taken: set[str] = set()
        self.passwords: list[str] = []

    def address(self, folder: Path) -> str:
        return self.addresses.get(folder, "")

    def desk(self, folder: Path) -> str:
        return folder.name if folder in self.addresses else ""

    def name(self, address: str) -> str:
        return address.rsplit("/", 1)[-1]

    def look(self, address: str, password: str = "") -> DatabaseFound:
        if "nowhere" in address:
            raise EnvironmentProblem("连不上多人共用的数据库", "请检查网线", self.name(address))
        return DatabaseFound(address in self.taken, "15.4")

    def use(self, folder: Path, address: str) -> None:
        self.addresses[folder] = address

    def join(self, folder: Path, address: str, password: str) -> None:
        self.passwords.append(password)
        self.addresses[folder] = address

    def move_there(self, folder: Path, address: str, password: str, now: datetime, step: Step) -> MoveReport:
        step(41, 41, "核对数据")
        self.passwords.append(password)
        self.addresses[folder] = address
        self.taken.add(address)
        return REPORT

    def move_back(self, folder: Path, now: datetime, step: Step) -> MoveReport:
        step(41, 41, "核对数据")
        self.taken.discard(self.addresses.pop(folder))
        return REPORT
