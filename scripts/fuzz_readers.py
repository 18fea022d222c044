#!/usr/bin/env python3
"""Mutate documents and read them: each must give a reading or a refusal in French, never anything else.

usage: fuzz_readers.py MINUTES FINDS_FOLDER DOCUMENT... [--seed N] [--tools]

A find (the reader failed otherwise, died or overran) is written in FINDS_FOLDER under its hash. PDF streams are opened
before they are mutated, and parts of archives unpacked, so that the parsers behind them are reached. LibreOffice and
Tesseract are kept out of reach unless --tools: our own parsers are what is tried.
"""

import argparse
import hashlib
import io
import os
import random
import re
import sys
import time
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from jalon.documents.limits import Limits
from jalon.workers import Child

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
TOKENS = (
    b"-1", b"0", b"99999999999", b"1e308", b"NaN", b"<<", b">>", b"[", b"]", b"(", b")", b"/", b"endstream", b"endobj",
    b"BT", b"ET", b"Do", b"re", b"S", b"l", b"Tj", b"\x00", b"\xff\xfe", "\u202e".encode(), b"<w:tbl>", b"</w:p>",
    b"&amp;", b"4294967296",
)  # fmt: skip
LIMITS = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=2_048 << 20)


def opened(data: bytes) -> bytes:
    """A PDF with its streams inflated, so that mutations reach what they hold."""

    def inflate(found: re.Match[bytes]) -> bytes:
        try:
            return b"stream\n" + zlib.decompress(found.group(1)) + b"\nendstream"
        except zlib.error:
            return found.group(0)

    return STREAM.sub(inflate, data).replace(b"/Filter/FlateDecode", b"").replace(b"/Filter /FlateDecode", b"")


def mutated(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20, 100))):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(6)
        if kind == 0 and out:
            out[at % len(out)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at:at] = rng.choice(TOKENS)
        elif kind == 2:
            del out[at : at + rng.choice((1, 4, 50, 2_000))]
        elif kind == 3:
            start = rng.randrange(len(out) + 1)
            out[at:at] = out[start : start + rng.choice((8, 200, 4_000))]
        elif kind == 4:
            out[at : at + 4] = rng.randbytes(4)
        elif rng.random() < 0.1:
            del out[at:]
    return bytes(out)


def archive(data: bytes, rng: random.Random) -> bytes:
    """An archive with one of its XML parts mutated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = [name for name in held.namelist() if name.endswith(".xml")]
        main = [name for name in names if name in ("word/document.xml", "content.xml")]
        chosen = rng.choice(main * 8 + names)
        for name in held.namelist():
            part = held.read(name)
            made.writestr(name, mutated(part, rng) if name == chosen else part)
    return out.getvalue()


def variant(data: bytes, rng: random.Random) -> bytes:
    if data.startswith(b"PK") and rng.random() < 0.8:
        return archive(data, rng)
    if data.startswith(b"%PDF") and rng.random() < 0.6:
        return mutated(opened(data), rng)
    return mutated(data, rng)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("minutes", type=float)
    ask.add_argument("finds", type=Path)
    ask.add_argument("documents", type=Path, nargs="+")
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--tools", action="store_true")
    told = ask.parse_args()
    if not told.tools:
        os.environ["PATH"] = ""
    told.finds.mkdir(parents=True, exist_ok=True)
    seeds = [path.read_bytes() for path in told.documents]
    rng, child, seen = random.Random(told.seed), Child(LIMITS), Counter[str]()
    until = time.monotonic() + told.minutes * 60
    while time.monotonic() < until:
        data = variant(rng.choice(seeds), rng)
        sha = hashlib.sha256(data).hexdigest()[:16]
        path = told.finds / sha
        path.write_bytes(data)
        answer = child.read(path, sha)
        code = answer.get("code", "read")
        seen[code] += 1
        if code in ("document-unreadable", "document-crash"):
            print(sha, code, answer["reason"], flush=True)
        else:
            path.unlink()
    child.close()
    print(f"{sum(seen.values())} variants: {dict(seen)}")
    return 1 if seen["document-unreadable"] + seen["document-crash"] else 0


if __name__ == "__main__":
    sys.exit(main())
