"""Make the pictures of the README from the running program on the sample study: ``make pictures``."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURES = Path(__file__).parent / "pictures"
SIZE = (132, 36)
STEPS: dict[str, Sequence[str]] = {
    "coding": ("down", "down", "down", "enter", *["right_square_bracket"] * 17, "n"),
    "matrix": ("5", "right"),
}
"""The keys that lead from the first screen to each picture."""


async def _picture(project_file: Path, name: str, keys: Sequence[str]) -> None:
    from fwanalysis import open_project
    from fwanalysis.tui.app import Workbench

    with open_project(project_file, coder="demo") as project:
        app = Workbench(project)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            picture = app.export_screenshot(title=f"fwanalysis: {name}")
    (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Build the sample study in a temporary folder and take every picture."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
    from fwanalysis.project.demo import build_demo

    PICTURES.mkdir(exist_ok=True)
    for name, keys in STEPS.items():
        with tempfile.TemporaryDirectory() as folder:
            report = build_demo(Path(folder), say=lambda _: None)
            asyncio.run(_picture(Path(report.project), name, keys))


if __name__ == "__main__":
    main()
