"""A table file's bytes (打开表格文件): only what can be a table, everything else with one sentence.

Old and foreign formats are refused with the sentence that says how to save them; `then` names what the
user was about to do (导入、检查), so that the sentence ends where he stands.
"""

from __future__ import annotations

from pathlib import Path

from documents.table_files.limits import MAX_FILE_BYTES
from models.domain.errors import InputError

_OLD_FILES = (".xls", ".et", ".wps", ".ett", ".xlt", ".xlsb", ".ods", ".numbers", ".htm", ".html")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of old Office files, and of .xlsx files locked with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def table_content(path: Path, known: tuple[str, ...], then: str) -> bytes:
    """The content of a file whose name ends in one of `known`; InputError for what cannot be a table."""
    suffix = path.suffix.lower()
    save_as = f"请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再{then}"
    if suffix in _OLD_FILES:
        raise InputError(f"不能直接读取 {suffix} 文件", save_as, path.name)
    if suffix not in known:
        raise InputError("不认识这种文件", f"请选择 {' 或 '.join(known[:2])} 文件", path.name)
    content = _content(path, then)
    if not content.startswith(_COMPOUND):
        return content
    if _ENCRYPTED in content:
        remedy = f"请用 Excel 或 WPS 打开，去掉打开密码后另存为 .xlsx 再{then}"
        raise InputError("文件加了打开密码", remedy, path.name)
    raise InputError("文件其实是老格式的工作簿", save_as, path.name)


def _content(path: Path, then: str) -> bytes:
    """The file's bytes, within limits."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError("文件太大", f"请删去图片和多余的表后另存再{then}", path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("找不到这个文件", "请确认文件还在原处，存储介质没有拔出", path.name) from error
    except OSError as error:
        raise InputError(
            "文件打不开", f"如果它正在 Excel 或 WPS 中打开，请先关闭再{then}", path.name
        ) from error
    if not content:
        raise InputError("文件是空的", "请确认选对了文件", path.name)
    return content
