"""Every module of formats has a test file of its name, or is tested through another one, which is named here."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
PACKAGE = TESTS.parents[1] / "fwanalysis" / "formats"

TESTED_THROUGH: dict[str, tuple[str, ...]] = {
    "charts/test_docx": ("charts/docx_rows",),
    "charts/test_markdown": ("charts/chart_parts", "charts/document_tables"),
    "charts/test_read": ("charts/parsed_chart", "charts/read_table", "charts/read_workbook", "charts/xlsx_ids"),
    "charts/test_registry": ("charts/chart_file",),
    "charts/test_xlsx": ("charts/xlsx_appendix", "charts/xlsx_grid", "charts/xlsx_styles"),
    "codebooks/test_read": ("codebooks/schema", "codebooks/yaml_nodes"),
    "readers/captions/test_cues_to_turns": (
        *("readers/captions/cue_attribution", "readers/captions/cue_labels", "readers/captions/cue_warnings"),
        *("readers/captions/lines", "readers/captions/markup", "readers/captions/pieces"),
    ),
    "readers/captions/test_srt": ("readers/captions/cues", "readers/captions/rolling"),
    "readers/doc/test_read": ("readers/doc/converters",),
    "readers/docx/test_package": ("decoding/xml_tree",),
    "readers/docx/test_walk": ("readers/office/symbol_fonts",),
    "readers/html/test_read": ("readers/html/charset", "readers/html/layout"),
    "readers/odt/test_read": ("readers/odt/package", "readers/odt/walk"),
    "readers/pdf/test_process": ("readers/pdf/child",),
    "readers/pdf/test_read": (
        *("readers/pdf/inflation", "readers/pdf/joining", "readers/pdf/margins", "readers/pdf/page"),
        *("readers/pdf/paragraphs", "readers/pdf/turn_lines"),
    ),
    "readers/pdf/test_reading_order": (
        *("readers/pdf/columns", "readers/pdf/line_order", "readers/pdf/measure", "readers/pdf/page_text"),
        "readers/pdf/rows",
    ),
    "readers/rtf/test_read": (
        *("readers/rtf/control_words", "readers/rtf/stories", "readers/rtf/tokens", "readers/rtf/walk"),
    ),
    "readers/test_registry": ("decoding/sniffing", "options"),
    "readers/test_table": (
        *("tables/sheets", "tables/survey_answers", "tables/survey_columns", "tables/turn_table", "tables/xlsx"),
        *("tables/xlsx_package",),
    ),
    "speakers/test_labels": ("speakers/label_lexicon",),
    "speakers/test_role_inference": ("speakers/asking",),
    "tables/test_column_detection": ("tables/column_lexicon",),
    "tables/test_xlsx_cells": ("tables/number_format",),
    "turns/test_format_candidates": ("speaker_formats", "turns/printed_interview", "turns/question_layouts"),
    "turns/test_label_candidates": (
        *("timestamps", "turns/build", "turns/detection", "turns/find", "turns/turn_settling"),
    ),
    "turns/test_label_criteria": ("turns/speaker_thresholds",),
    "turns/test_speaker_detection": ("turns/file_criteria", "turns/label_evidence"),
    "writers/test_csv": ("tables/formula_guard",),
    "writers/test_transcripts": ("tables/transcript_columns",),
}
"""By test file: the modules whose behaviour it tests through the function that calls them."""


def test_every_module_has_a_test_file_or_is_tested_through_one() -> None:
    modules = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("[!_]*.py")}
    own = {module for module in modules if (TESTS / module).with_name(f"test_{Path(module).name}.py").exists()}
    through = [module for listed in TESTED_THROUGH.values() for module in listed]
    assert modules - own == set(through)
    assert len(through) == len(set(through))


def test_the_listed_test_files_exist() -> None:
    assert [name for name in TESTED_THROUGH if not (TESTS / f"{name}.py").exists()] == []
