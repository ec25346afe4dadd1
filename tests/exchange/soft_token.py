"""A software token (SoftHSM2) in a folder of its own; SOFTHSM2_CONF has to name it before the module is loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pkcs11

from exchange.token_vault import Pkcs11Tokens
from services.ports.tokens import TokenPlace

PIN = "246810"
_MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)
LABEL = "绩效UKey"


class SoftToken:
    """One initialised token; `pull_out` and `plug_in` do what a hand does."""

    def __init__(self, folder: Path) -> None:
        assert shutil.which("softhsm2-util"), "softhsm2-util is missing"
        self._store, self._away = folder / "tokens", folder / "away"
        self._store.mkdir(parents=True)
        settings = folder / "softhsm2.conf"
        settings.write_text(
            f"directories.tokendir = {self._store}\nobjectstore.backend = file\nlog.level = ERROR\n"
        )
        os.environ["SOFTHSM2_CONF"] = str(settings)
        command = [
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            LABEL,
            "--pin",
            PIN,
            "--so-pin",
            "87654321",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        self.module = next(path for path in _MODULES if Path(path).is_file())
        (found,) = Pkcs11Tokens().tokens(self.module)
        self.place: TokenPlace = found.place

    def pull_out(self) -> None:
        self._away.mkdir(exist_ok=True)
        for part in self._store.iterdir():
            part.rename(self._away / part.name)

    def plug_in(self) -> None:
        for part in self._away.iterdir():
            part.rename(self._store / part.name)

    def close(self) -> None:
        """Let the module go, so the next one reads its own settings."""
        pkcs11.unload(self.module)
        os.environ.pop("SOFTHSM2_CONF", None)
