"""Reading codebook files: every field, and every error with line and column."""

from __future__ import annotations

import pytest

from fwanalysis.domain.codebook import (
    CodeKind,
    Examples,
    Near,
    ParsedCode,
    ParsedCodebook,
    RuleSpec,
    Scope,
    Speakers,
)
from fwanalysis.errors import CodebookError, UnreadableFile
from fwanalysis.formats.codebooks.read import read_codebook

WHOLE = """fwanalysis: codebook/1
name: Collective action
version: "1.0"
language: en
references:
  olson1965: "Olson M (1965) The Logic of Collective Action."
codes:
  - key: effort
    name: Effort
    kind: sensitizing
    definition: >-
      What it takes,
      in two lines.
    codes:
      - key: free-riding
        name: Free-riding
        kind: emergent
        definition:
        examples: {typical: one, near_miss: two}
        references: [olson1965]
        colour: "#c2410c"
        retired: true
        rules:
          - any: ["free rid*", nothing in return]
            all: [gain, [share, split]]
            not: ["free ride home"]
            near: {terms: [[wait, watch], others], within: 6}
            scope: turn
            speakers: any
            weight: 0.5
            note: why
            should_match: [They free ride.]
            should_not_match: [A free ride home.]
"""


def test_every_field_is_read() -> None:
    draft = read_codebook("x.yaml", WHOLE.encode())
    rule = RuleSpec(
        any=("free rid*", "nothing in return"),
        all=(("gain",), ("share", "split")),
        not_=("free ride home",),
        near=Near((("wait", "watch"), ("others",)), 6),
        scope=Scope.TURN,
        speakers=Speakers.ANY,
        weight=0.5,
        note="why",
        should_match=("They free ride.",),
        should_not_match=("A free ride home.",),
    )
    code = ParsedCode(
        "free-riding",
        "Free-riding",
        CodeKind.EMERGENT,
        examples=Examples("one", "", "two"),
        references=("olson1965",),
        colour="#c2410c",
        rules=(rule,),
        retired=True,
    )
    theme = ParsedCode("effort", "Effort", definition="What it takes, in two lines.", codes=(code,))
    references = {"olson1965": "Olson M (1965) The Logic of Collective Action."}
    assert draft == ParsedCodebook("Collective action", "1.0", "en", references, (theme,))


HEAD = "fwanalysis: codebook/1\nname: x\n"
CODE = HEAD + "codes:\n  - key: a\n    name: A\n"
RULE = CODE + "    rules:\n      - any: [x]\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        (CODE + "    kind: sensitising\n", 6, 11, "“kind” must be sensitizing or emergent, not “sensitising”"),
        (CODE + "    name: B\n", 6, 5, "“name” occurs a second time here"),
        (HEAD + "codes:\n  - key: Free Riding\n    name: A\n", 4, 10, "“key” must be lower-case letters"),
        (CODE + "    definiton: x\n", 6, 5, "did you mean “definition”"),
        (CODE + "    zzz: x\n", 6, 5, "unknown field “zzz”; use one of key, name, kind"),
        (HEAD + "language: en\nlicence: x\n", 4, 1, "use one of fwanalysis, name, version"),
        (RULE + "        nott: [x]\n", 8, 9, "did you mean “not”"),
        (CODE + "    references: [olson]\n", 6, 18, "the reference “olson” is not defined; add it to “references”"),
        (CODE + "    references: [olson1966]\nreferences: {olson1965: x}\n", 6, 18, "did you mean “olson1965”"),
        (CODE + "  - key: a\n    name: B\n", 6, 10, "has the key “a”; give one of them another “key”"),
        (RULE + "        near: {terms: [a], within: 2}\n", 8, 23, "“near” needs two terms"),
        (RULE + "        near: {terms: [a, b]}\n", 8, 15, "“within” is missing here"),
        (RULE + "        near: {terms: [a, b], within: 0}\n", 8, 39, "“within” must be a whole number of words"),
        (CODE + "    rules:\n      - not: [x]\n", 7, 9, "this rule has no condition"),
        (CODE + "    rules:\n      - any: []\n", 7, 9, "this rule has no condition"),
        (RULE + "        weight: 1.5\n", 8, 17, "“weight” must be a number from 0 to 1, not the number 1.5"),
        (RULE + "        scope: page\n", 8, 16, "“scope” must be sentence, turn or clause, not “page”"),
        (RULE + "        negation: skip\n", 8, 9, "“negation” in a rule is not supported in this version"),
        (RULE + "        regex: x\n", 8, 9, "“regex” in a rule is not supported in this version"),
        (
            RULE + "        all: [x, [y, 3]]\n",
            8,
            22,
            'an entry of “all” must be text, not the number 3; put it in quotes: "3"',
        ),
        (CODE + "    rules:\n      - any: word\n", 7, 14, "“any” must be a list of terms, not “word”"),
        (
            CODE + "    rules:\n      - any: [1965]\n",
            7,
            15,
            'must be text, not the number 1965; put it in quotes: "1965"',
        ),
        (CODE + '    rules:\n      - any: [""]\n', 7, 15, "an entry of “any” must be text, not nothing"),
        (CODE + "    rules: [x]\n", 6, 13, "an entry of “rules” must be a mapping of fields, not “x”"),
        (CODE + "    colour: blue\n", 6, 13, "“colour” must be six hexadecimal digits"),
        (CODE + "    retired: 3\n", 6, 14, "“retired” must be true or false"),
        (CODE + "    definition: [x]\n", 6, 17, "“definition” must be text, not a list"),
        (CODE + "    definition: true\n", 6, 17, 'put it in quotes: "true"'),
        (HEAD + "version: 1.0\n", 3, 10, '“version” must be text, not the number 1.0; put it in quotes: "1.0"'),
        (HEAD + "version: 2024-01-01\n", 3, 10, "not the date 2024-01-01"),
        (HEAD + "references: {a: [x]}\n", 3, 17, "“a” must be text, not a list"),
        (HEAD + "codes:\n  - key: a\n", 4, 5, "“name” is missing here"),
        (HEAD + "codes: x\n", 3, 8, "“codes” must be a list of codes"),
        ("fwanalysis: codebook/2\nname: x\n", 1, 13, "“fwanalysis” must be codebook/1, not “codebook/2”"),
        ("name: x\n", 1, 1, "its first line must be “fwanalysis: codebook/1”"),
        ("just words\n", 1, 1, "this is not a codebook"),
        ("[" * 5000, 1, 1, "nested too deeply"),
        ("# only this\n", 1, 1, "nothing but comments"),
        (HEAD + "codes: [x\n", 4, 1, "not valid YAML"),
        (HEAD + "\tcodes: x\n", 3, 1, "not valid YAML"),
        (HEAD + "codes: &c []\nreferences: *c\n", 3, 8, "anchors and aliases"),
        (HEAD + "? [a]\n: b\n", 3, 3, "the name of a field must be text"),
    ],
)
def test_every_error_is_one_sentence_with_file_line_and_column(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(CodebookError) as refused:
        read_codebook("books/x.yaml", text.encode())
    sentence = str(refused.value)
    assert sentence.startswith(f"books/x.yaml, line {line}, column {column}: ")
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_the_first_of_several_errors_is_reported() -> None:
    text = CODE + "    kind: sort of\n  - key: b\n    name: 3\n"
    with pytest.raises(CodebookError, match="line 6"):
        read_codebook("x.yaml", text.encode())


def test_a_file_that_is_not_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="is a PDF"):
        read_codebook("x.yaml", b"%PDF-1.7")
