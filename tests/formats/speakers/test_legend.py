"""The roles that the top of a transcript states for labels."""

from __future__ import annotations

from fwanalysis.formats.speakers.legend import roles_from_legend


def test_what_a_header_says_of_labels_names_its_line() -> None:
    assert roles_from_legend("A talk\nInterviewer: Tim Moss (TM)\n", ["TM", "P1"]) == {
        "TM": ("asks", "Interviewer: Tim Moss (TM)")
    }
    assert roles_from_legend("Interviewers: Tim Moss and Ida Lund\n", ["Moss", "IL"]).keys() == {"Moss", "IL"}
    assert roles_from_legend("Interviewer: Tim Moss\nRespondent: Tom Marsh\n", ["TM"]) == {}
