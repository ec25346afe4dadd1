"""Databases of workspaces, in the folder or shared (各工作区的数据库): one opener for both, and moving between them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.domain.errors import EnvironmentProblem
from models.store.database_file import (
    DatabaseFile,
    new_file,
    parsed,
    read_file,
    without_password,
    write_file,
)
from models.store.opener import SqliteStoreOpener
from models.store.policy import StorePolicy
from models.store.problems import Trouble, place_of, problem
from models.store.sqlite_dialect import in_sentences
from models.store.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Engine

    from models.store.postgres_opener import PostgresStoreOpener
    from services.ports.databases import DatabaseFound, MoveReport, Step
    from services.ports.store import Backup


class WorkspaceDatabases:
    """Opens, shares and moves the databases of workspaces (工作区的数据库); psycopg is loaded for shared ones only."""

    def __init__(self, policy: StorePolicy | None = None) -> None:
        self._policy = policy or StorePolicy()
        self._sqlite = SqliteStoreOpener(self._policy)
        self._passwords: dict[str, str] = {}

    # StoreOpener ------------------------------------------------------------------------------

    def open(self, folder: Path, now: datetime, *, create: bool = False) -> SqlStore:
        """Open or create the database a folder names, or its own file; raises as `StoreOpener.open`."""
        file = read_file(folder)
        if file is None:
            return self._sqlite.open(folder, now, create=create)
        opener, url = self._postgres(), self._url(file.address)
        if self._comes_home(folder, file, now):
            return self._sqlite.open(folder, now)
        store = opener.open(folder, url, now, create=create)
        self._tidy(folder, file, now)
        return store

    def backups(self, folder: Path) -> Sequence[Backup]:
        """Backups of a workspace, newest first."""
        file = read_file(folder)
        if file is None:
            return self._sqlite.backups(folder)
        return self._postgres().backups(folder, self._url(file.address)).all()

    def restore(self, folder: Path, backup: Backup, now: datetime) -> None:
        """Put a verified backup in the place of the database; what was there is set aside."""
        file = read_file(folder)
        if file is None:
            self._sqlite.restore(folder, backup, now)
            return
        opener = self._postgres()
        opener.backups(folder, self._url(file.address)).restore(backup, now, opener.version)

    # SharedDatabases --------------------------------------------------------------------------

    def address(self, folder: Path) -> str:
        """The address of a folder's shared database, without password; "" when its database is its own file."""
        file = read_file(folder)
        return "" if file is None else file.address

    def desk(self, folder: Path) -> str:
        """What tells this desk from the others at the same database."""
        file = read_file(folder)
        return "" if file is None else file.desk

    def name(self, address: str) -> str:
        """Short words for an address: database and server."""
        url = parsed(address)
        return f"{url.database}@{url.host}" if url.host else str(url.database)

    def look(self, address: str, password: str = "") -> DatabaseFound:
        """Try a connection; whether a workspace is there, and the server's version."""
        from models.store import postgres_dialect
        from models.store.engine import READING
        from models.store.moving import is_unclaimed
        from services.ports.databases import DatabaseFound

        with (
            self._connected(self._keyed(address, password)) as engine,
            engine.connect().execution_options(**READING) as connection,
        ):
            if postgres_dialect.encoding_of(connection) != "UTF8":
                raise problem(Trouble.WRONG_ENCODING, postgres_dialect.place_on_server(engine.url))
            has = postgres_dialect.version_in(connection) is not None and not is_unclaimed(connection)
            server = str(connection.exec_driver_sql("SHOW server_version").scalar_one())
        return DatabaseFound(has, server.split(" ", maxsplit=1)[0])

    def use(self, folder: Path, address: str) -> None:
        """Let a folder without a database name a shared one; a password in the address counts for this run only."""
        url = parsed(address)
        shown = without_password(url)
        if url.password:
            self._passwords[shown] = str(url.password)
        file = read_file(folder)
        if file is not None and file.address == shown:
            return
        if file is not None or (folder / "workspace.db").exists():
            raise EnvironmentProblem(
                "这个文件夹已是另一个工作区的", "请用 --files 另指定一个文件夹", place_of(folder)
            )
        with in_sentences(place_of(folder)):
            folder.mkdir(parents=True, exist_ok=True)
            write_file(folder, new_file(shown))

    def join(self, folder: Path, address: str, password: str) -> None:
        """Like `use`, for good: the password goes to the account's own password file."""
        url = self._keyed(address, password)
        self.use(folder, address)
        self._keep_password(folder, url)

    def move_there(self, folder: Path, address: str, password: str, now: datetime, step: Step) -> MoveReport:
        """Move a folder's database to PostgreSQL; raises as `SharedDatabases.move_there`."""
        from models.store.moving import move_there

        url = self._keyed(address, password)
        self._sqlite.open(folder, now).close()  # brought to this program's version, with its own backup
        with self._connected(url) as engine:
            report = move_there(folder, engine, new_file(without_password(url)), now, step)
        self._keep_password(folder, url)
        return report

    def move_back(self, folder: Path, now: datetime, step: Step) -> MoveReport:
        """Move a shared database into the folder; raises as `SharedDatabases.move_back`."""
        from models.store.moving import move_back

        self.open(folder, now).close()
        with self._connected(self._url(self.address(folder))) as engine:
            return move_back(folder, engine, self._policy, now, step)

    # Inside -----------------------------------------------------------------------------------

    def _comes_home(self, folder: Path, file: DatabaseFile, now: datetime) -> bool:
        """Whether a move back was cut off after the shared database had let go; then it is finished here."""
        if not file.leaving:
            return False
        from models.store.moving import finish_leaving

        with self._connected(self._url(file.address)) as engine:
            return finish_leaving(folder, engine, file, now)

    def _tidy(self, folder: Path, file: DatabaseFile, now: datetime) -> None:
        """Finish a move to the shared database that was cut off after the folder had named it."""
        if not (folder / "workspace.db").exists():
            return
        from models.store.moving import claim, set_aside

        with self._connected(self._url(file.address)) as engine:
            claim(engine)
        with in_sentences(place_of(folder)):
            set_aside(folder, now)

    def _keep_password(self, folder: Path, url: URL) -> None:
        """Put a password that was given where libpq finds it the next time."""
        from models.store.password_file import keep_password

        if url.password:
            with in_sentences(place_of(folder)):
                keep_password(url, str(url.password))

    def _postgres(self) -> PostgresStoreOpener:
        from models.store.postgres_opener import PostgresStoreOpener

        return PostgresStoreOpener(self._policy)

    def _keyed(self, address: str, password: str) -> URL:
        """An address with the password given beside it, or the one written in it."""
        url = parsed(address)
        if password:
            url = url.set(password=password)
        if url.password:
            self._passwords[without_password(url)] = str(url.password)
        return url

    def _url(self, address: str) -> URL:
        """A kept address with the password of this run; without one libpq looks into its password file."""
        password = self._passwords.get(address)
        return parsed(address).set(password=password) if password else parsed(address)

    @contextmanager
    def _connected(self, url: URL) -> Iterator[Engine]:
        """An engine for one task."""
        engine = self._postgres().engine(url)
        try:
            yield engine
        finally:
            engine.dispose()
