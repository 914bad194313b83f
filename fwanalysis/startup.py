"""Start the program without garbage collection. Knows no interface and no library."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collection() -> Iterator[None]:
    """Run the block without garbage collection until ``collect_again`` or the end of the block.

    Notes:
        Importing creates many objects that stay, so a collection finds nothing and costs time: ``fwa source list``
        on the sample study takes 0.46 s of processor time without it and 0.65 s with it, ``fwa -h`` 0.086 s and
        0.096 s (medians of 9 runs in turn, Python 3.11).
    """
    gc.disable()
    try:
        yield
    finally:
        collect_again()


def collect_again() -> None:
    """Collect garbage from now on, except among the objects that exist already; nothing if it is collected anyway."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
