"""A writer of small PDFs for tests: words at places, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 595, 842
LEFT, TOP, STEP, SIZE = 50, 780, 14, 11

Placed = tuple[float, float, str]


def placed(lines: Iterable[str], *, top: float = TOP, left: float = LEFT, step: float = STEP) -> list[Placed]:
    """Lines below one another; an empty one leaves a gap."""
    return [(left, top - at * step, line) for at, line in enumerate(lines) if line]


def pdf(
    *pages: Sequence[Placed],
    letters: str = "",
    title: str = "",
    sideways: bool = False,
    pictured: Iterable[int] = (),
    protected: bool = False,
    size: int = SIZE,
    nested: int = 0,
    height_told: bool = True,
) -> bytes:
    """A PDF of pages that hold words in Helvetica at places (x, y, words); ``**words**`` at the beginning are in bold.

    *letters* is a ToUnicode map for the codes from ``A`` on, *pictured* are the numbers of pages (from 0) that show a
    picture; *sideways* pages are turned by the viewer. With *nested* the picture is a form that draws another twice, so
    many levels deep. Without *height_told* the font does not say how high its letters are, as LibreOffice's do not.
    """
    pictured = set(pictured)
    font = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(f"<< {font} {'/ToUnicode 4 0 R ' if letters else ''}>>".encode())
    objects.append(_stream(_unicode_map(letters)))
    objects.append(_stream(b"\xff", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                                    "/BitsPerComponent 8"))  # fmt: skip
    kids = []
    shape = f"/MediaBox [0 0 {HEIGHT} {WIDTH}] /Rotate 90" if sideways else f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
    for number, words in enumerate(pages):
        objects.append(
            _stream(
                _content(words, size, sideways) + (b"\nq 500 0 0 700 50 50 cm /P Do Q" if number in pictured else b"")
            )
        )
        heavy = "/B << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
        resources = f"<< /Font << /F 3 0 R {heavy} >> /XObject << /P 5 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {shape} /Resources {resources} /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    for level in range(nested):
        objects[-1 if level else 4] = _form(len(objects) + 1)
        objects.append(_stream(b"0 0 1 1 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    objects.append(f"<< /Title ({title}) >>".encode())
    extra = f"/Info {len(objects)} 0 R"
    if not height_told:
        told = "/Type /FontDescriptor /FontName /Nunito /Flags 32 /FontBBox [0 0 900 900] /Ascent 0 /Descent 0"
        objects.append(f"<< {told} /ItalicAngle 0 /CapHeight 0 /StemV 80 >>".encode())
        widths = f"/FirstChar 32 /LastChar 126 /Widths [{'556 ' * 95}] /FontDescriptor {len(objects)} 0 R"
        objects[2] = f"<< {font.replace('Helvetica', 'Nunito')} {widths} >>".encode()
    if protected:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>".encode())
        extra += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    return _file(objects, extra)


def drawn(*pages: str) -> bytes:
    """A PDF of pages with these content streams; /F is Helvetica, /B Helvetica in bold, /C Courier."""
    fonts = "".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >> "
        for name, font in (("F", "Helvetica"), ("B", "Helvetica-Bold"), ("C", "Courier"))
    )
    objects, kids = [b"<< /Type /Catalog /Pages 2 0 R >>", b""], []
    for page in pages:
        objects.append(_stream(f"BT\n{page}\nET".encode("cp1252")))
        shape = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << {fonts}>> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {shape} /Contents {len(objects)} 0 R >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects, "")


def shown(x: float, y: float, *words: str | float, size: float = 10, font: str = "C") -> str:
    """The operators that draw words at a place; a number among them leaves a gap of so many points.

    Courier is the default because each of its characters is 0.6 of its size wide.
    """
    drawn = "".join(
        f"{-1000 * one / size:.3f} "
        if isinstance(one, (int, float))
        else "(" + one.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ") "
        for one in words
    )
    return f"/{font} {size} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm [{drawn}] TJ\n"


def _content(words: Sequence[Placed], size: int, sideways: bool) -> bytes:
    shown = []
    for x, y, said in words:
        escaped = said.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        place = f"0 1 -1 0 {HEIGHT - y} {x}" if sideways else f"1 0 0 1 {x} {y}"
        bold, _, rest = escaped.removeprefix("**").partition("**") if said.startswith("**") else ("", "", escaped)
        letters = f"/B {size} Tf ({bold}) Tj " if bold else ""
        shown.append(f"{place} Tm {letters}/F {size} Tf ({rest}) Tj".encode("cp1252"))
    return b"\n".join((b"BT", *shown, b"ET"))


def _unicode_map(letters: str) -> bytes:
    entries = [f"<{ord('A') + at:02x}> <{letter.encode('utf-16-be').hex()}>" for at, letter in enumerate(letters)]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(entries)} beginbfchar {' '.join(entries)} endbfchar endcmap end end"
    ).encode()


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _form(inner: int) -> bytes:
    entries = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N {inner} 0 R >> >>"
    return _stream(b"/N Do /N Do", entries)


def _file(objects: Sequence[bytes], extra: str) -> bytes:
    held, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(held))
        held += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{rows}trailer << /Size {count} /Root 1 0 R {extra} >>\n"
    return held + f"{end}startxref\n{len(held)}\n%%EOF\n".encode()
