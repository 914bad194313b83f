"""Word documents that are broken or meant to do harm: one clear sentence, and nothing read from outside."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.readers.registry import read_source
from tests.formats.docx_files import NAMES, p, packed, part, r, read, relationships, table, word

if TYPE_CHECKING:
    from pathlib import Path

BODY = f"<w:body>{p(r('one'))}</w:body>"


def with_main(content: str | bytes) -> bytes:
    return packed({"word/document.xml": content})


def refused(data: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_source("P01.docx", data, options=options or ReadOptions())
    said = str(error.value)
    assert said.startswith("P01.docx ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_a_document_cut_short_is_refused() -> None:
    data = word(p(r("one")))
    for length in (len(data) // 2, len(data) - 30, 40):
        assert "damaged or was cut short" in refused(data[:length])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<w:document", "word/document.xml is not well-formed XML"),
        ("", "not well-formed XML"),
        ("<x/>", "word/document.xml has no body"),
        (part("document", ""), "has no body"),
        (part("styles", BODY), "has no body"),
        (part("document", BODY).replace("one", "one &a; two"), "not well-formed XML"),
        (part("document", BODY).replace("one", "one &#0; two"), "not well-formed XML"),
        ("<?xml version='1.0' encoding='none'?>" + part("document", BODY), "not well-formed XML"),
    ],
)
def test_a_document_with_a_broken_part_is_refused(content: str, said: str) -> None:
    assert said in refused(with_main(content))


def test_a_broken_part_that_the_words_need_is_refused_by_its_name() -> None:
    body = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    listed = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    main = part("document", f"<w:body>{p(r('one'), body, properties=listed)}</w:body>")
    for name in ("styles", "footnotes", "numbering"):
        assert f"word/{name}.xml is not well-formed" in refused(
            packed({"word/document.xml": main, f"word/{name}.xml": "<"})
        )


def test_an_archive_without_a_main_part_is_refused() -> None:
    assert "it has no part word/document.xml" in refused(packed({"word/styles.xml": part("styles", "")}))


def test_relationships_out_of_the_document_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(part("footnotes", f"<w:footnote w:id='1'>{p(r('secret'))}</w:footnote>"))
    body = p(r("words"), "<w:r><w:footnoteReference w:id='1'/></w:r>")
    for target, external in ((secret.as_uri(), True), (str(secret), False), (f"../../../../../..{secret}", False)):
        data = packed(
            {
                "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
                "word/_rels/document.xml.rels": relationships(("footnotes", target), external=external),
            }
        )
        assert read_source("P01.docx", data).text == "words[footnote 1]"


LAUGHS = "".join(f"<!ENTITY l{at} '{f'&l{at - 1};' * 10}'>" for at in range(1, 12))


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE d>",
        "<!DOCTYPE d [<!ENTITY a 'aaaa'>]>",
        f"<!DOCTYPE d [<!ENTITY l0 'ha'>{LAUGHS}]>",
        "<!DOCTYPE d SYSTEM '{}'>",
        "<!DOCTYPE d [<!ENTITY a SYSTEM '{}'>]>",
        "<!DOCTYPE d [<!ENTITY % p SYSTEM '{}'> %p;]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-7"])
def test_declarations_are_refused_and_nothing_they_name_is_loaded(declared: str, encoding: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside.dtd"
    outside.write_text("<!ENTITY a 'loaded'>")
    main = f"<?xml version='1.0' encoding='{encoding}'?>{declared.format(outside.as_uri())}{part('document', BODY)}"
    said = refused(with_main(main.encode(encoding)))
    assert "document type declaration" in said or (encoding in ("utf-7", "utf-32") and "not well-formed" in said)
    assert "loaded" not in said


def test_declarations_in_other_parts_are_refused_too() -> None:
    main = part("document", BODY.replace("</w:t>", "</w:t><w:footnoteReference w:id='1'/>"))
    for name in ("word/styles.xml", "word/footnotes.xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        data = packed({"word/document.xml": main, name: "<!DOCTYPE x><x/>"})
        assert name in refused(data)


def test_tables_in_tables_beyond_the_limit_are_refused() -> None:
    body = p(r("deep"))
    for _ in range(10):
        body = table((body,))
    assert read(body).text == "deep"
    assert "tables nested over 9 deep" in refused(word(body), ReadOptions(limits=Limits(nesting=9)))


@pytest.mark.parametrize("depth", [70, 2_000, 200_000])
@pytest.mark.parametrize(
    ("opening", "closing", "levels"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 2),
        ("<w:p><w:r><w:drawing><w:txbxContent>", "</w:txbxContent></w:drawing></w:r></w:p>", 4),
        ("<w:p><w:ins><mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent></w:ins></w:p>", 4),
    ],
)
def test_elements_in_one_another_never_end_in_a_crash(opening: str, closing: str, levels: int, depth: int) -> None:
    times = depth // levels
    data = word(p(r("words")) + opening * times + p() + closing * times)
    if depth < 256:
        assert read_source("P01.docx", data).text.strip() == "words"
    else:
        assert "nested over 256 deep" in refused(data)


def test_a_part_that_is_larger_than_any_document_is_refused() -> None:
    limits = ReadOptions(limits=Limits(unpacked=2**22))
    assert "1 MB of text and markup in word/document.xml, and over 1 MB" in refused(word(p(r("x" * 2**20))), limits)
    assert "elements and attributes" in refused(word("<w:p/>" * 90_000), limits)


def test_the_worst_that_the_limits_allow_is_read_in_little_memory() -> None:
    data = word("<w:p><w:r><w:t/></w:r></w:p>" * 25_000)
    limits = ReadOptions(limits=Limits(unpacked=20 * 2**20))
    tracemalloc.start()
    assert "holds no words" in refused(data, limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * 2**20


def test_a_long_chain_of_styles_is_read_to_its_end() -> None:
    styles = "".join(f"<w:style w:styleId='s{at}'><w:basedOn w:val='s{at + 1}'/></w:style>" for at in range(20_000))
    assert read(p(r("words")), styles=styles).text == "words"


def test_many_fields_in_fields_are_read_to_their_end() -> None:
    kinds = ("begin", "separate")
    marks = "".join(f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in kinds) * 40_000
    assert read(p(marks, r("words"))).text == "words"


def test_what_the_file_says_of_itself_is_cut_to_a_sentence() -> None:
    long = "long" * 2_000
    for content in (f"<{long}></x>", f"<w:a {NAMES}><{long}\n:></w:a>"):
        assert len(refused(with_main(content))) < 300
    named = relationships(("officeDocument", "word/a&#10;b.xml"))
    assert "word/a b.xml has no body" in refused(packed({"_rels/.rels": named, "word/a\nb.xml": "<x/>"}))


def test_names_that_are_only_like_those_of_word_are_not_read() -> None:
    foreign = NAMES.replace("wordprocessingml/2006/main", "wordprocessingml/2099/main")
    assert "has no body" in refused(with_main(part("document", BODY).replace(NAMES, foreign)))
