"""How a letter reads on the screen (函件预览文字): the words that will be printed, without the page around them."""

from __future__ import annotations

from services.ports.letters import Letter

_NO_NUMBER = "（发文字号空着，打印后手写）"


def letter_text(letter: Letter) -> str:
    """The letter as plain text: its frame, then the list form by form."""
    parts = [letter.sender, letter.number or _NO_NUMBER, "", letter.title, "", letter.salutation]
    parts += [f"　　{paragraph}" for paragraph in letter.paragraphs]
    parts += ["", f"　　附件：{letter.enclosed.title}", "", letter.sender, letter.dated]
    if letter.note:
        parts.append(f"（{letter.note}）")
    parts += ["", f"附件　{letter.enclosed.title}"]
    shared = letter.enclosed.shared
    for row in letter.enclosed.rows:
        number, *named = row[:shared]
        if number:
            parts += ["", f"{number}．{'　'.join(map(_in_line, named))}"]
        place, said, *asked = row[shared:]
        aside = "".join(f"（{_in_line(text)}）" for text in asked)
        parts.append(f"　　{_in_line(place)}：{_in_line(said)}{aside}")
    return "\n".join(parts)


def _in_line(text: str) -> str:
    """A cell's text in one line."""
    return "　".join(text.split("\n"))
