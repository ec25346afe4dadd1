"""Names of packages inside a department's (随附文件的名称): the same at both desks, whatever a file is called now."""

from __future__ import annotations

from models.domain.message import NESTED_FOLDER, MessageType, package_file_name
from services.ports.store import PackageRecord

SENT = "carried"
"""Key under which a department's sent package keeps which packages it brought."""


def member_of(record: PackageRecord) -> str:
    """A package's place in the department's: under the name its sender's program gave it."""
    name = package_file_name(
        record.unit_code,
        record.working_year,
        MessageType(record.message_type),
        record.number,
        record.manifest_sha256,
    )
    is_plain = name.isascii() and len(name) <= 120 and all(c.isalnum() or c in "._-" for c in name)
    return NESTED_FOLDER + (name if is_plain and name[0].isalnum() else f"{record.manifest_sha256}.asice")
