"""Chinese line breaking (避头尾): where a line of official text may end.

No closing punctuation begins a line, no opening bracket ends one, numbers and Latin words stay whole,
and a paragraph's last line is not a single character. Widths come from the caller, so that the PDF
(real glyphs) and the workbook (estimated widths) break by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Advance = Callable[[str], float]
"""Width of one character, in the same measure as the line width."""

_CLOSING = "，。、；：？！）】〉》」』〕］｝…—·％‰℃°′″”’々～／"
_OPENING = "（【〈《「『〔［｛“‘￥≥≤＞＜±№"
_NO_START = frozenset(_CLOSING + "%,.;:?!)]}")
_NO_END = frozenset(_OPENING + "([{¥$")
_BLANKS = " \u3000\u00a0"
_LATIN = r"[!-~\u00c0-\u052f]+"
_SPLINTER = re.compile(rf"[{_OPENING}]?.[{_CLOSING}{_BLANKS}]{{0,2}}", re.DOTALL)
"""A character of a piece too wide for a line, with the punctuation it keeps."""

LABEL_WORDS = (
    "满意度",
    "可持续",
    "指标",
    "效益",
    "影响",
    "目标",
    "资金",
    "总额",
    "代码",
    "名称",
    "单位",
    "措施",
    "情况",
    "成本",
    "环境",
    "原因",
    "改进",
    "年度",
    "财政",
    "拨款",
    "整改",
    "完成",
)
"""Words of the forms' labels that a narrow column does not break inside."""


def break_lines(text: str, width: float, advance: Advance, words: tuple[str, ...] = ()) -> list[str]:
    """The lines of `text` in a column of `width`; a line break in the text always breaks.

    `words` are Chinese words not to be broken inside, for short texts such as labels.
    """
    if "\n" not in text and width_of(text, advance) <= width:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(_atoms(paragraph, words), width, advance))
    return lines


def width_of(text: str, advance: Advance) -> float:
    """Width of a text set in one line."""
    return sum(map(advance, text))


@cache
def _unit_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A number, Latin or kept word, or one other character; blanks hang on what stands before them."""
    kept = "".join(f"{re.escape(word)}|" for word in words)
    return re.compile(rf"[{_BLANKS}]*(?:{_LATIN}|{kept}[^{_BLANKS}])[{_BLANKS}]*|[{_BLANKS}]+")


def _atoms(paragraph: str, words: tuple[str, ...]) -> list[str]:
    """Pieces between which a line may end."""
    atoms: list[str] = []
    for unit in _unit_pattern(words).findall(paragraph):
        glued = atoms and (
            (unit[0] in _NO_START and atoms[-1][-1] not in _BLANKS) or atoms[-1][-1] in _NO_END
        )
        if glued:
            atoms[-1] += unit
        else:
            atoms.append(unit)
    return atoms


def _trimmed(line: str) -> str:
    """A line without the blanks that hang over its end; a line of blanks alone stays."""
    return line.rstrip(_BLANKS) or line


def _paragraph(atoms: list[str], width: float, advance: Advance) -> list[str]:
    """Greedy lines of one paragraph, each a list of pieces until the end."""
    lines: list[list[str]] = [[]]
    used = 0.0
    for atom in atoms:
        for piece in _fitting(atom, width, advance):
            if lines[-1] and used + width_of(_trimmed(piece), advance) > width:
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += width_of(piece, advance)
    _mend_last_line(lines, width, advance)
    return [_trimmed("".join(line)) for line in lines]


def _fitting(atom: str, width: float, advance: Advance) -> list[str]:
    """The atom, or its characters one by one when it is wider than a whole line."""
    return [atom] if width_of(_trimmed(atom), advance) <= width else _SPLINTER.findall(atom)


def _mend_last_line(lines: list[list[str]], width: float, advance: Advance) -> None:
    """Give a lone character company: the last line of a paragraph takes one piece from the line before."""
    if len(lines) < 2 or len(lines[-1]) != 1 or len(lines[-2]) < 3 or len(lines[-1][0].strip()) > 2:
        return
    company = lines[-2][-1]
    if width_of(company + _trimmed(lines[-1][0]), advance) <= width:
        lines[-1].insert(0, lines[-2].pop())
