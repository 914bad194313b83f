"""``python -m fwanalysis`` is ``fwa``."""

from fwanalysis.cli.main import run

run()
