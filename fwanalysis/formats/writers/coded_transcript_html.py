"""A transcript with its codes as one HTML file: no network, no other file, no script.

The template and its style are in ``templates/``. Everything that comes from the transcript is escaped by jinja2.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fwanalysis.domain.coded_transcript import Mark, MarkKind
from fwanalysis.formats.timestamps import clock

if TYPE_CHECKING:
    import jinja2

    from fwanalysis.domain.coded_transcript import CodedTranscript

_MARKS = {MarkKind.BEGINS: "⟦{}", MarkKind.ENDS: "{}⟧", MarkKind.INTERRUPTED: "{}…⟧", MarkKind.RESUMED: "⟦…{}"}


def coded_transcript_html(transcript: CodedTranscript) -> bytes:
    """Return a transcript with its codes as a self-contained page in UTF-8."""
    style = _asset("coded_transcript.css")
    page = _environment().get_template("coded_transcript.html")
    return page.render(
        transcript=transcript,
        style=style,
        policy=f"default-src 'none'; style-src {_digest(style)}; base-uri 'none'; form-action 'none'",
        codes={code.id: number for number, code in enumerate(transcript.legend, 1)},
        is_mark=lambda piece: isinstance(piece, Mark),
        shown=lambda mark: _MARKS[mark.kind].format(mark.segment.number),
        spoken=_spoken,
        clock=clock,
    ).encode("utf-8", "replace")


def _spoken(mark: Mark) -> str:
    """Return what a screen reader says for a mark: ``segment 3 begins: Cost, Trust (against)``."""
    text = f"segment {mark.segment.number} {mark.kind}"
    if not mark.kind.is_opening:
        return text
    codes = (
        coding.code if coding.stance == "for" else f"{coding.code} ({coding.stance})" for coding in mark.segment.codings
    )
    return f"{text}: {', '.join(dict.fromkeys(codes))}"


@cache
def _environment() -> jinja2.Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("fwanalysis.formats.writers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["exact"] = _exact
    return environment


def _exact(text: str) -> str:
    """Return a text escaped, with carriage returns that a browser would read as line feeds as references."""
    from markupsafe import Markup, escape

    return Markup(str(escape(text)).replace("\r", "&#13;"))  # escaped in this line


def _asset(name: str) -> str:
    return files("fwanalysis.formats.writers").joinpath("templates", name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
