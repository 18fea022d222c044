"""Zipped documents held against bombs before anything opens them."""

import zipfile
import zlib

from jalon.documents import refusals
from jalon.documents.limits import Limits

ENCRYPTED = 0x1
CHUNK = 1 << 16
SMALL = 10 << 20


def check(name: str, held: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse an archive too large once unpacked, encrypted, broken, or whose XML declares entities.

    Sizes are counted while unpacking: those that the archive declares may lie.
    """
    entries = held.infolist()
    if len(entries) > limits.archive_members:
        raise refusals.dangerous(name, f"archive de {len(entries)} fichiers")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise refusals.encrypted(name)
    if b"manifest:encryption-data" in _manifest(held):
        raise refusals.encrypted(name)
    total = 0
    for entry in entries:
        total += _unpack(name, held, entry, limits, total)


def _manifest(held: zipfile.ZipFile) -> bytes:
    try:
        with held.open("META-INF/manifest.xml") as part:
            return part.read(SMALL)
    except (KeyError, zlib.error, zipfile.BadZipFile):
        return b""


def _unpack(name: str, held: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, before: int) -> int:
    size, tail = 0, b""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    try:
        with held.open(entry) as part:
            while chunk := part.read(CHUNK):
                size += len(chunk)
                _weigh(name, entry, size, before + size, limits)
                if is_xml and (b"<!ENTITY" in tail + chunk or b"<!DOCTYPE" in tail + chunk):
                    raise refusals.dangerous(name, f"{entry.filename} déclare des entités XML")
                tail = chunk[-16:]
    except (zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise refusals.broken(name, f"{entry.filename} ne se décompresse pas") from error
    return size


def _weigh(name: str, entry: zipfile.ZipInfo, size: int, total: int, limits: Limits) -> None:
    if total > limits.unpacked_bytes:
        raise refusals.dangerous(name, f"décompressé, il dépasse {limits.unpacked_bytes >> 20} Mio")
    if size > SMALL and size > limits.unpacked_ratio * max(entry.compress_size, 1):
        raise refusals.dangerous(name, f"{entry.filename} se décompresse plus de {limits.unpacked_ratio} fois")
