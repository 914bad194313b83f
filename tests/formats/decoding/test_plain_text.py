"""Plain text is decoded and checked in one place, whichever reader asks for it."""

from __future__ import annotations

import pytest

from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.decoding import sniffing
from fwanalysis.formats.decoding.plain_text import plain_text
from fwanalysis.formats.options import DEFAULTS, ReadOptions


def test_the_encoding_of_the_options_is_used() -> None:
    assert plain_text("a.txt", "Ñuñoa\r\nÑu".encode("cp1252"), ReadOptions(encoding="cp1252")).text == "Ñuñoa\nÑu"
    with pytest.raises(InvalidInput, match="“klingon”"):
        plain_text("a.txt", b"words", ReadOptions(encoding="klingon"))


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04words", b"a\0b", b"\x01\x02\x03\x04\x05 x"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.txt "):
        plain_text("a.txt", data, DEFAULTS)


def test_only_a_file_that_is_one_source_has_a_greatest_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "MOST_CHARACTERS", 10)
    assert plain_text("a.csv", b"more than ten", DEFAULTS, one_source=False).text == "more than ten"
    with pytest.raises(UnreadableFile, match="split it"):
        plain_text("a.txt", b"more than ten", DEFAULTS)
