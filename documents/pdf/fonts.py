"""Font files as reportlab faces (字体文件): read once per process, embedded as subsets that copy right.

Reading the 14 MB of 宋体 takes about 0.1 s, so every face is kept for the life of the process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

import resources
from documents.pdf.to_unicode import to_unicode_cmap

_RESTRICTED = 0x0002
"""OS/2 fsType bit 1: the maker forbids embedding."""


class EmbeddedFont(TTFont):
    """A TrueType font whose subsets copy and search right, beyond the BMP too (内嵌字体)."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the subsets, then put the right ToUnicode tables in the place of reportlab's."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode_cmap(name, subset)

    @property
    def is_embeddable(self) -> bool:
        """Whether the font's maker allows it inside a document (OS/2 fsType)."""
        face: Any = self.face
        return not int.from_bytes(face.get_table("OS/2")[8:10], "big") & _RESTRICTED

    def has(self, char: str) -> bool:
        """Whether the font has a shape for the character."""
        return ord(char) in self.face.charToGlyph

    def em_width(self, char: str) -> float:
        """Width of the character, 1 for a full square."""
        face: Any = self.face
        return float(face.getCharWidth(ord(char))) / 1000


@cache
def load_font(path: Path) -> EmbeddedFont:
    """The font of a file; reportlab's TTFError or OSError when it is none that can be embedded."""
    font = EmbeddedFont(f"desk:{path.name}", str(path))
    pdfmetrics.registerFont(font)
    return font


def shipped_font(file_name: str) -> EmbeddedFont:
    """One of the fonts in resources/fonts."""
    return load_font(resources.path("fonts", file_name))
