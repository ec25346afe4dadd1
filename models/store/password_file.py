"""Passwords of shared databases (数据库密码), in libpq's own password file of the person's account.

Neither the workspace's folder nor the address ever holds one: a folder copied to a stick must not open the
database. pg_dump and every other program of PostgreSQL find it there as well.
Source: https://www.postgresql.org/docs/current/libpq-pgpass.html
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqlalchemy import URL

from models.store.durable_files import flush_to_disk, put_in_place

_PORT = 5432
"""PostgreSQL's own port."""


def password_file() -> Path:
    """Where libpq looks for passwords."""
    given = os.environ.get("PGPASSFILE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
        return Path(roaming) / "postgresql" / "pgpass.conf"
    return Path.home() / ".pgpass"


def keep_password(url: URL, password: str) -> None:
    """Keep the password of a server, database and user; what the file says of others stays. Raises OSError."""
    path = password_file()
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        lines = []
    server, port = url.host or str(url.query.get("host", "")), str(url.port or _PORT)
    head = ":".join(map(_escaped, (server, port, url.database or "", url.username or "")))
    others = [line for line in lines if not line.startswith(f"{head}:")]
    path.parent.mkdir(parents=True, exist_ok=True)
    ready = path.with_name(f"{path.name}.new")
    ready.unlink(missing_ok=True)
    ready.touch(mode=0o600)
    # The first line that fits counts, and lines of others may name every database by a star.
    ready.write_text("\n".join([f"{head}:{_escaped(password)}", *others, ""]), "utf-8")
    flush_to_disk(ready)
    put_in_place(ready, path)


def _escaped(value: str) -> str:
    """A field of a line."""
    return value.replace("\\", "\\\\").replace(":", "\\:")
