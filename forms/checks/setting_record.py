"""What every record of check settings is (校验参数项): its key in a kit, and its name for people."""

from __future__ import annotations

from typing import ClassVar

Words = tuple[str, ...]


class SettingRecord:
    """A record of check settings (校验参数项): its key in `check_settings`, and its name for people."""

    KEY: ClassVar[str]
    LABEL: ClassVar[str]
