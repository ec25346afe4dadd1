"""Independent readers of what the product writes: poppler and LibreOffice."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import resources

FONT_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>宋体</family><prefer><family>Noto Serif SC</family></prefer></alias>
<alias binding="same"><family>仿宋</family><prefer><family>Noto Serif SC</family></prefer></alias>
<alias binding="same"><family>黑体</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>"""
"""Office machines have 宋体, 仿宋 and 黑体; the shipped faces stand for them here."""


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout


def fonts_of(pdf: Path) -> list[dict[str, str]]:
    """What pdffonts says of every font."""
    rows = run("pdffonts", str(pdf)).splitlines()[2:]
    pattern = re.compile(r"(\S+)\s+(.+?)\s+(\S+)\s+(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+")
    names = ("name", "type", "encoding", "embedded", "subset", "unicode")
    matches = [pattern.fullmatch(row.strip()) for row in rows]
    return [dict(zip(names, match.groups(), strict=True)) for match in matches if match]


def text_of(pdf: Path, *options: str) -> str:
    return run("pdftotext", *options, str(pdf), "-")


def page_count(pdf: Path) -> int:
    return int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", str(pdf)))[1])


def packed(text: str) -> str:
    """A text without any blanks, for comparing across line ends."""
    return "".join(text.split())


def converted(workbooks: Sequence[Path], kind: str, folder: Path) -> dict[str, Path]:
    """The workbooks as LibreOffice converts them in one go, with a profile and fonts of its own, by name."""
    settings = folder / "fonts.conf"
    settings.write_text(
        FONT_SETTINGS.format(fonts=resources.path("fonts"), cache=folder / "fontcache"), encoding="utf-8"
    )
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", kind, "--outdir", str(folder), *map(str, workbooks)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
    subprocess.run(command, capture_output=True, check=True, timeout=180, env=environment)
    suffix = kind.partition(":")[0]
    return {path.stem: next(folder.glob(f"{path.stem}*.{suffix}")) for path in workbooks}
