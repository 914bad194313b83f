import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fwanalysis.cli import output
from fwanalysis.cli.output import pluralise, short
from tests.cli.cli_study import done, run

pytestmark = pytest.mark.usefixtures("folder")

LISTS = ["source list", "speaker list", "case list", "codebook list", "suggest list", "history list", "matrix show"]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    import fwanalysis.cli.matrix  # which takes the function by its name, and would keep this one

    assert fwanalysis.cli.matrix
    monkeypatch.setattr(output, "terminal_width", lambda: 80)
    monkeypatch.setattr("fwanalysis.cli.matrix.terminal_width", lambda: 80)


@pytest.mark.usefixtures("falls", "narrow")
@pytest.mark.parametrize("command", LISTS)
def test_a_list_fits_a_terminal_of_80_columns(command: str) -> None:
    lines = done(*command.split()).rstrip("\n").split("\n")
    assert len(lines) > 5
    assert max(map(cell_len, lines)) <= 80


@pytest.mark.usefixtures("falls", "narrow")
def test_keys_that_a_person_types_are_whole_on_a_narrow_terminal() -> None:
    listed = done("codebook", "list")
    assert "collaborative-inertia" in listed
    assert "leadership-backing" in listed


@pytest.mark.usefixtures("falls", "narrow")
def test_attributes_without_room_are_named_on_stderr() -> None:
    result = run("matrix", "show")
    assert "hidden to fit the terminal: " in result.stderr
    assert "director" in done("matrix", "show", "--attributes", "role")


@pytest.mark.usefixtures("falls")
def test_in_a_pipe_nothing_is_cut() -> None:
    assert "…\n" not in done("suggest", "list")
    assert "years_in_post" in done("matrix", "show").split("\n")[0]


@pytest.mark.parametrize(
    "command", ["source list", "case list", "codebook list", "coding list", "suggest list", "speaker list"]
)
def test_an_empty_list_says_so_on_stderr(command: str) -> None:
    done("new", "empty.fwa")
    result = run(*command.split())
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("No ")
    assert done(*command.split(), "--json") == "[]\n"


@given(
    rows=st.lists(st.tuples(st.text(max_size=40), st.integers(0, 10**6), st.text("aé漢 \n", max_size=60)), max_size=6),
    edge=st.none() | st.integers(40, 120),
)
def test_the_columns_of_a_table_stand_under_each_other(rows: list[tuple[str, int, str]], edge: int | None) -> None:
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "terminal_width", lambda: edge)
        patch.setattr("fwanalysis.cli.output.click.echo", lines.append)
        output.emit_table(("a", "figure", "words"), [(f"x{ord(a[0]) if a else 0}", b, c) for a, b, c in rows])
    assert len(lines) == len(rows) + 1
    assert all("\n" not in line for line in lines)
    end = cell_len(lines[0].partition("figure")[0]) + len("figure")
    for (_, figure, _), line in zip(rows, lines[1:], strict=True):
        assert line.split()[1] == str(figure)
        assert cell_len(line[: line.index(str(figure), line.index(" ")) + len(str(figure))]) >= min(end, cell_len(line))
        assert edge is None or cell_len(line) <= edge


def test_a_number_takes_its_noun() -> None:
    assert [pluralise(number, "turn") for number in (0, 1, 2)] == ["0 turns", "1 turn", "2 turns"]


def test_a_short_id_is_its_beginning() -> None:
    assert short("12345678-aaaa") == "12345678"


def test_an_id_of_digits_only_is_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    output.emit_table(("id", "n"), [("07176566", 3)])
    assert capsys.readouterr().out == "id        n\n07176566  3\n"
