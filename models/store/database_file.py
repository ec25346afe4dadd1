"""The small file that names a workspace's database elsewhere (数据库地址文件): `database.json` in its folder.

It holds no password: libpq's own password file of the person's account does (`models.store.password_file`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from models.domain.errors import InputError
from models.store.durable_files import flush_to_disk, put_in_place
from models.store.problems import Trouble, place_of, problem

NAME = "database.json"


class DatabaseFile(NamedTuple):
    """Where the database is (数据库地址): address without password, this desk's own mark, and a move under way.

    `leaving` is the schema's new name while the workspace is being moved back into the folder: whoever opens
    the folder next finds out by it whether the move was finished.
    """

    address: str
    desk: str
    leaving: str = ""


def new_file(address: str) -> DatabaseFile:
    """The file of a desk that begins to use a database."""
    import secrets  # a start looks whether there is such a file, and makes none

    return DatabaseFile(address, secrets.token_hex(4))


def read_file(folder: Path) -> DatabaseFile | None:
    """The file in a folder; None when the workspace's database lies in the folder itself.

    Raises StorageProblem when it cannot be understood, EnvironmentProblem when it cannot be read.
    """
    path = folder / NAME
    try:
        return DatabaseFile(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise problem(Trouble.CANNOT_OPEN, place_of(folder)) from error
    except (ValueError, TypeError) as error:
        raise problem(Trouble.DAMAGED, place_of(folder)) from error


def write_file(folder: Path, file: DatabaseFile) -> None:
    """Name the database, whole or not at all. Raises OSError."""
    ready = folder / f".{NAME}.new"
    ready.write_text(json.dumps(file._asdict(), ensure_ascii=False, indent=1), "utf-8")
    flush_to_disk(ready)
    put_in_place(ready, folder / NAME)


def remove_file(folder: Path) -> None:
    """The folder's own database counts again. Raises OSError."""
    os.replace(folder / NAME, folder / f"{NAME}.old")


def parsed(address: str) -> URL:
    """An address as its parts. Raises InputError naming what is missing, never with the password in it."""
    try:
        url = make_url(address.strip())
        _refuse_unusable(url)
    except (ArgumentError, ValueError) as error:
        raise _unusable("地址的写法不对") from error
    if url.host or "host" in url.query:  # a socket's folder is told in the query, as libpq spells it
        return url.set(drivername="postgresql+psycopg")
    return url.set(drivername="postgresql+psycopg", host="127.0.0.1")


def without_password(url: URL) -> str:
    """The address as it is kept and shown; libpq would take a password from the options as well."""
    kept = {name: value for name, value in url.query.items() if name not in ("password", "passfile")}
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, kept)
    return bare.render_as_string(hide_password=False)


def _refuse_unusable(url: URL) -> None:
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise _unusable("只支持 PostgreSQL 数据库")
    if not url.username:
        raise _unusable("地址里没有用户名")
    if not url.database:
        raise _unusable("地址里没有数据库名称")


def _unusable(what: str) -> InputError:
    return InputError(
        what, "请照“postgresql+psycopg://用户名@服务器:端口/数据库名称”的样子填写", "数据库地址"
    )
