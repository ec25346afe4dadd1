"""Texts read out of a PDF are lines, however its fonts are cut into parts."""

from __future__ import annotations

from exchange.pdf_text import pdf_texts


def pdf(content: str) -> bytes:
    """A page that shows something in two parts of a font: code 1 is 核 in the first, 对 in the second."""
    tables = [f"<01> <{ord(character):04X}>" for character in "核对"]
    objects = [
        "<< /Type /Pages /Kids [ 2 0 R ] >>",
        "<< /Type /Page /Contents 3 0 R /Resources << /Font << /F+0 4 0 R /F+1 5 0 R >> >> >>",
        f"<< >>\nstream\n{content}\nendstream",
        "<< /ToUnicode 6 0 R >>",
        "<< /ToUnicode 7 0 R >>",
        *(f"<< >>\nstream\n{table}\nendstream" for table in tables),
    ]
    return "\n".join(f"{n} 0 obj\n{one}\nendobj" for n, one in enumerate(objects, 1)).encode("ascii")


def test_a_line_in_several_parts_of_a_font_is_one_text() -> None:
    shown = r"BT 1 0 0 1 5 5 Tm /F+0 9 Tf 10 TL (\001) Tj /F+1 9 Tf 10 TL (\001: 7Q) Tj ET"
    assert pdf_texts(pdf(shown)) == ("核对: 7Q",)


def test_lines_are_texts_of_their_own() -> None:
    shown = r"BT /F+0 9 Tf (\001) Tj T* (A) Tj ET BT /F+1 9 Tf (\001) Tj ET BT ET"
    assert pdf_texts(pdf(shown)) == ("核", "A", "对")
