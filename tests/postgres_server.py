"""A real PostgreSQL for tests: a cluster of its own in a scratch folder, run by an unprivileged account."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL, text

from models.store.engine import WRITING
from models.store.postgres_opener import PostgresStoreOpener
from tests.store.samples import NOW

PASSWORD = "口令:含\\冒号"
_USER = "desk"
_QUICK = ("fsync=off", "full_page_writes=off", "max_connections=60", "listen_addresses=", "port=5432")


def programs() -> Path:
    """The newest PostgreSQL among Debian's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    assert found, "PostgreSQL is missing: ./test installs Debian's package postgresql"
    return found[-1].parent


@dataclass
class Server:
    """A running cluster, reached by a socket in its own folder; nothing listens on the network."""

    folder: Path

    def url(self, database: str) -> URL:
        """The address of a database, with its password."""
        here = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", _USER, PASSWORD, None, None, database, here)

    def database(self, name: str) -> URL:
        """A database, made when it is not there."""
        with self.connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if known is None:
                connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def connect(self, database: str) -> psycopg.Connection:
        """A plain connection that commits by itself."""
        return psycopg.connect(
            host=str(self.folder), user=_USER, password=PASSWORD, dbname=database, autocommit=True
        )


def _as_nobody(*command: str) -> list[str]:
    """The command as PostgreSQL wants it: never as root."""
    if os.getuid() != 0:
        return list(command)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


@contextmanager
def running_server() -> Iterator[Server]:
    """A cluster for one block. Its folder has a short path: a socket's name is limited."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    data, secret = folder / "data", folder / "secret"
    secret.write_text(f"{PASSWORD}\n", "utf-8")
    if os.getuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    options = ("--auth=scram-sha-256", f"--pwfile={secret}", "--locale=C.UTF-8", "--no-sync")
    control = _as_nobody(str(programs() / "pg_ctl"), f"--pgdata={data}", "--silent", "--wait")
    try:
        _run(_as_nobody(str(programs() / "initdb"), f"--pgdata={data}", f"--username={_USER}", *options))
        settings = " ".join(f"-c {setting}" for setting in (*_QUICK, f"unix_socket_directories={folder}"))
        _run([*control, f"--log={folder / 'log'}", f"--options={settings}", "start"])
        yield Server(folder)
    finally:
        subprocess.run([*control, "--mode=immediate", "stop"], cwd="/", capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's programs; what it complains of is the test's message."""
    done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


def emptied(url: URL, opener: PostgresStoreOpener, folder: Path) -> URL:
    """The address of a new workspace: its tables are made once and emptied afterwards, which is quicker."""
    folder.mkdir(exist_ok=True)
    opener.open(folder, url, NOW, create=True).close()
    engine = opener.engine(url)
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        )
        listed = ", ".join(name for name in names.scalars() if name != "schema_versions")
        connection.execute(text(f"TRUNCATE {listed} RESTART IDENTITY CASCADE"))
    engine.dispose()
    return url
