"""Attack 25: a PDF that was changed after signing, or can do something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from exchange import cms
from exchange.writer import CanonicalPackageWriter
from tests.exchange.attack import (
    ALTERED,
    INVALID,
    Attack,
    attack,
)
from tests.exchange.rawzip import seal
from tests.exchange.world import (
    NOW,
    World,
    plain_pdf,
    signed_pdf,
)


def documents() -> Iterator[Attack]:
    """25: a PDF that was changed after signing, or can do something."""

    def document(change: Callable[[bytes], bytes]) -> Callable[[World], bytes]:
        return lambda world: seal(world.unit, members={"documents/a.pdf": change(signed_pdf(world.unit))})

    def active(source: bytes) -> Callable[[World], bytes]:
        return lambda world: seal(world.unit, members={"documents/a.pdf": _active_pdf(world, source)})

    yield attack("25 incremental update", "pdf_not_whole", ALTERED, document(_updated))
    yield attack(
        "25 document of no kind",
        "document_kind",
        ALTERED,
        lambda w: seal(w.unit, members={"documents/a.docm": b"PK"}),
    )
    yield attack("25 trailing bytes", "pdf_not_whole", ALTERED, document(lambda data: data + b"\n"))
    yield attack("25 cut short", "pdf_not_whole", ALTERED, document(lambda data: data[:-1]))
    yield attack(
        "25 second signature",
        "pdf_signatures",
        ALTERED,
        lambda w: seal(w.unit, members={"documents/a.pdf": _signed_twice(w)}),
    )
    yield attack("25 unsigned", "pdf_unsigned", INVALID, document(lambda _data: b"%PDF-1.4\n%%EOF\n"))
    yield attack(
        "25 changed text",
        "pdf_signature_bad",
        INVALID,
        document(lambda data: data.replace(b"(untitled)", b"(untitlee)")),
    )
    yield attack("25 something in the hole", "pdf_signature_bad", INVALID, document(_filled_hole))
    yield attack("25 range beside the hole", "pdf_form", ALTERED, document(_moved_range))
    yield attack(
        "25 JavaScript",
        "pdf_active_content",
        ALTERED,
        active(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    )
    yield attack(
        "25 JavaScript, name escaped",
        "pdf_active_content",
        ALTERED,
        active(b"/Names << /J#61vaScript 9 0 R >>"),
    )
    yield attack("25 Launch", "pdf_active_content", ALTERED, active(b"/X << /S /Launch /F (calc.exe) >>"))
    yield attack(
        "25 embedded file", "pdf_active_content", ALTERED, active(b"/Names << /EmbeddedFiles 9 0 R >>")
    )
    yield attack("25 object streams", "pdf_form", ALTERED, active(b"/X << /Type /ObjStm >>"))
    yield attack(
        "25 reference into a stream",
        "pdf_form",
        ALTERED,
        lambda w: seal(w.unit, members={"documents/a.pdf": _hidden_object(w)}),
    )


def _updated(data: bytes) -> bytes:
    return (
        data + b"1 0 obj\n<< /F1 2 0 R >>\nendobj\nxref\n0 0\ntrailer\n<< /Size 1 >>\nstartxref\n0\n%%EOF\n"
    )


def _signed_twice(world: World) -> bytes:
    import io

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf(world.unit)))
    steps: Any = PdfCMSEmbedder(SigFieldSpec("Second")).write_cms("Second", writer)
    next(steps)
    steps.send(SigObjSetup(SignatureObject(bytes_reserved=8192)))
    prepared, output = steps.send(SigIOSetup("sha256"))
    steps.send(cms.sign(world.unit, prepared.document_digest, None))
    return bytes(output.getvalue())


def _filled_hole(data: bytes) -> bytes:
    end = data.index(b">\n/ByteRange")
    return data[: end - 4] + b"DEAD" + data[end:]


def _moved_range(data: bytes) -> bytes:
    """The hole one byte wider than the hexadecimal text it should be."""
    start = data.index(b"/ByteRange [0 ") + len(b"/ByteRange [0 ")
    end = data.index(b" ", start)
    return data[:start] + str(int(data[start:end]) - 1).encode().rjust(end - start, b"0") + data[end:]


def _active_pdf(world: World, entry: bytes) -> bytes:
    """A PDF whose catalogue holds `entry`, signed after."""
    return CanonicalPackageWriter().sign_pdf(_with_catalogue(plain_pdf(), entry), world.unit, NOW)


def _with_catalogue(pdf: bytes, entry: bytes) -> bytes:
    """The plain PDF with one entry more in its catalogue, the table set right."""
    body, _, _ = pdf.partition(b"xref\n")
    body = body.replace(b"/Type /Catalog", entry + b" /Type /Catalog")
    return _with_table(body)


def _with_table(body: bytes, moved: dict[int, int] | None = None) -> bytes:
    """A classic table and trailer after `body`; `moved` lets objects seem to stand elsewhere."""
    count = body.count(b" 0 obj\n")
    rows = [b"0000000000 65535 f \n"]
    for number in range(1, count + 1):
        offset = body.index(b"\n%d 0 obj\n" % number) + 1
        rows.append(b"%010d 00000 n \n" % (moved or {}).get(number, offset))
    trailer = b"trailer\n<< /Info 5 0 R /Root 4 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        count + 1,
        len(body),
    )
    return body + b"xref\n0 %d\n" % (count + 1) + b"".join(rows) + trailer


def _hidden_object(world: World) -> bytes:
    """A catalogue with JavaScript hidden inside a stream, the table pointing at it."""
    body, _, _ = plain_pdf().partition(b"xref\n")
    catalogue = b"/Pages 6 0 R /Type /Catalog"
    hidden = b"4 0 obj\r<< /OpenAction << /S /JavaScript /JS (1) >> " + catalogue + b" >>\rendobj\r"
    stream = b"8 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(hidden), hidden)
    place = len(body) + stream.index(hidden)
    pdf = _with_table(body + stream, {4: place})
    return CanonicalPackageWriter().sign_pdf(pdf, world.unit, NOW)
