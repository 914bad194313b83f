"""Running commands in this process, and a small study to run them on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from fwanalysis.cli.main import fwa

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "transcripts_sample"
CODEBOOK = ROOT / "codebooks" / "collective-action.yaml"
FILES = ("P01.docx", "P02.vtt", "P03.txt", "P04.md", "FG2.md", "newsletter.md")


def run(*args: str | Path, stdin: bytes | str | None = None) -> Result:
    """What a command line ends with; anything but a proper end is raised."""
    return CliRunner().invoke(fwa, [str(arg) for arg in args], input=stdin, catch_exceptions=False, prog_name="fwa")


def done(*args: str | Path, stdin: bytes | str | None = None) -> str:
    """What a command that must succeed wrote to stdout."""
    result = run(*args, stdin=stdin)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def told(*args: str | Path, stdin: bytes | str | None = None) -> Any:
    """The one JSON value of a command that must succeed."""
    return json.loads(done(*args, "--json", stdin=stdin))


def build_study(folder: Path) -> Path:
    """A project with six sources, cases, a codebook, and what its rules propose."""
    target = folder / "study.fwa"
    files = folder / "files"
    files.mkdir()
    for name in FILES:
        shutil.copy(SAMPLE / name, files)
    done("new", target, "--title", "Falls", "--codebook", CODEBOOK)
    done("-p", target, "source", "import", files)
    done("-p", target, "case", "import", SAMPLE / "cases.csv")
    done("-p", target, "suggest", "run")
    return target
