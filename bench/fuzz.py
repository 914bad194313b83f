"""``python -m bench.fuzz --seconds 600``: parse corrupted files of every format. Not run by the tests.

Seeds are small valid files of every format (and all files of a folder named with ``--seeds``). Each is corrupted at
random: bytes flipped, cut, repeated, joined with another seed, mixed with tokens that are hard to parse; the members of
zip archives are corrupted one by one and packed again, so that the corruption gets past the archive. A parser may
return sources whose turns are in order, or raise a FrameworkError of one line. Anything else is printed with the path
of the input: another error, more than ten seconds, more than a gigabyte (with the processes that it started).
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import resource
import signal
import sys
import traceback
import zipfile
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from fwanalysis.errors import FrameworkError
from fwanalysis.formats.readers.registry import READERS, read_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from fwanalysis.domain.importing import ParsedSource

SLOW = 10
LARGE = 2**30
_TOKENS = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x85", b"\xed\xa0\x80", b"\r", b"\n\n", b"\t\t", b'"', b"'", b","),
    *(b"P01: ", b"**P01:** ", b"00:00:01", b"[00:00:01] ", b"<v Anna>", b"</v>", b"-->", b"WEBVTT\n\n", b"1\n"),
    *(b"---\n", b"&#x110000;", b"&lol;", b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<div>" * 500, b"<p>", b"</w:p>"),
    *(b"{\\b ", b"{" * 500, b"}" * 20, b"\\u-10179?", b"\\bin99999999 ", b"\\'", b"endobj", b"<</Length 99>>"),
    *(b"/Kids[2 0 R 2 0 R]", b"/Contents 2 0 R", b" 1e30 0 0 1e30 0 0 cm ", b"[(a)-9999999(b)]TJ ", b"q " * 900),
    *(b"9" * 400, b"(" * 300, b"A" * 5000 + b":", b" " * 5000, b":" * 3000, b"\xe2\x80\xae", b"Q: ", b"# "),
]


def main() -> None:
    """Fuzz for so many seconds over all readers together, one process a reader; exit 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seeds", type=Path, action="append", default=[], help="a folder of files to begin with")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="where to keep what broke a reader")
    parser.add_argument("--only", action="append", choices=[entry.name for entry in READERS])
    parser.add_argument("--seed", type=int, default=20_261)
    asked = parser.parse_args()
    names = asked.only or [entry.name for entry in READERS]
    share = asked.seconds * 2 / len(names)
    with multiprocessing.get_context("spawn").Pool(2, maxtasksperchild=1) as pool:
        jobs = [(name, share, asked.seed, asked.seeds, asked.keep) for name in names]
        found = 0
        for name, tried, read, broken in pool.imap_unordered(_fuzz, jobs):
            print(f"{name:<6} {tried:>7,} inputs, {read:>6,} of them read, {broken} broke it", flush=True)
            found += broken
    sys.exit(found > 0)


def _fuzz(job: tuple[str, float, int, Sequence[Path], Path]) -> tuple[str, int, int, int]:
    """Fuzz one reader: its name, how many inputs were tried and read, how many broke it."""
    name, share, seed, folders, keep = job
    resource.setrlimit(resource.RLIMIT_AS, (3 * LARGE, 3 * LARGE))
    signal.signal(signal.SIGALRM, _too_slow)
    random = Random(f"{seed}{name}")
    entry = next(entry for entry in READERS if entry.name == name)
    seeds = _seeds(entry.extensions, folders)
    tried = read = broken = 0
    end = perf_counter() + share
    while perf_counter() < end:
        filename, whole = random.choice(seeds)
        data = _damaged(random, whole, random.choice(seeds)[1])
        tried += 1
        fault = None
        signal.alarm(SLOW)
        try:
            _check(read_sources(filename, data, input_format=name))
            read += 1
        except FrameworkError as error:
            if "\n" in str(error) or len(str(error)) > 1_000:
                fault = f"a sentence of {len(str(error))} characters"
        except (Exception, _TooSlow):  # what is looked for here
            fault = traceback.format_exc(limit=-4)
        finally:
            signal.alarm(0)
        largest = _most_memory()
        if fault is None and largest > LARGE:
            fault = f"{largest / 2**20:,.0f} MB"
            end = 0
        if fault:
            broken += 1
            keep.mkdir(exist_ok=True)
            (keep / f"{name}-{tried}-{filename}").write_bytes(data)
            print(f"{name}, input {tried} ({filename}): {fault}", flush=True)
            if broken >= 20:
                break
    return name, tried, read, broken


def _most_memory() -> int:
    """The most bytes that this process, its children that live and the largest of those that ended ever held."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    held = max(ended, sum(_peak(child) for child in Path("/proc/thread-self/children").read_text().split()))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + held) * 1024


def _peak(process: str) -> int:
    told = Path(f"/proc/{process}/status").read_text().partition("VmHWM:")[2].split()
    return int(told[0]) if told else 0


class _TooSlow(BaseException):
    """Raised by the alarm."""


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def _check(drafts: Sequence[ParsedSource]) -> None:
    for draft in drafts:
        end = 0
        for turn in draft.turns:
            assert end <= turn.label_start <= turn.start <= turn.end <= len(draft.text), "turns out of order"
            end = turn.end
        assert "\r" not in draft.text, "a carriage return was kept"
        draft.text.encode("utf-8")


def _damaged(random: Random, data: bytes, other: bytes) -> bytes:
    if zipfile.is_zipfile(io.BytesIO(data)) and random.random() < 0.8:
        return _damaged_member(random, data)
    return _damaged_bytes(random, data, other)


def _damaged_bytes(random: Random, data: bytes, other: bytes) -> bytes:
    raw = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at, length = random.randrange(len(raw) + 1), random.choice((1, 2, 8, 60, 500))
        match random.randrange(7):
            case 0 if raw:
                raw[at % len(raw)] = random.randrange(256)
            case 1:
                del raw[at : at + length]
            case 2:
                raw[at:at] = raw[at : at + length] * random.choice((1, 2, 50))
            case 3:
                start = random.randrange(len(other) + 1)
                raw[at:at] = other[start : start + length]
            case 4 | 5:
                raw[at:at] = random.choice(_TOKENS) * random.choice((1, 1, 3))
            case _:
                del raw[at : None if random.random() < 0.1 else at + 1]
    return bytes(raw)


def _damaged_member(random: Random, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        names = archive.namelist()
        chosen = random.choice(names)
        for name in names:
            content = archive.read(name)
            if name == chosen:
                if random.random() < 0.05:
                    continue
                content = _damaged_bytes(random, content, content)
            packed.writestr(name, content)
    return out.getvalue()


def _seeds(extensions: Sequence[str], folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    from bench.formats import examples

    made = dict(examples(8))
    made["P07.doc"] = made["P07.rtf"]  # as many a .doc is
    found = [(name, data) for name, data in made.items() if Path(name).suffix in extensions]
    for folder in folders:
        found += [
            (path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.suffix.lower() in extensions
        ]
    return found


if __name__ == "__main__":
    main()
