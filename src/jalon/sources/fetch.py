"""Take the files of a source from their producer: resumed where they stopped, checked, renamed when whole.

What is being downloaded is `NAME.part`, beside `NAME.part.tag` which holds the server's validator of those bytes; only
a file whose checksum is in the catalogue ever gets its own name.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx
from filelock import FileLock
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    wait_random_exponential,
)
from tenacity.wait import wait_base

from jalon.errors import SourceCorrupted, SourceError, SourceMissing
from jalon.home import home, mirror
from jalon.sources.catalog import Source, SourceFile
from jalon.sources.personal import emptied

CHUNK = 1 << 16
ATTEMPTS = 4
WAIT = wait_random_exponential(multiplier=0.5, max=8)
TIMEOUT = httpx.Timeout(30, connect=10)
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "jalon (https://pypi.org/project/jalon)"}
SPARE = 10_000_000
Progress = Callable[[str, int, int], None]
"""Called with a file, the bytes it has and the bytes it should have."""


class _TryAgainError(Exception):
    """The transfer may succeed if tried again."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where a file is now, and how it came there."""

    file: SourceFile
    path: Path
    how: Literal["mirror", "kept", "downloaded"]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One file to take from one address."""

    source: Source
    file: SourceFile
    url: str
    target: Path
    progress: Progress

    @property
    def part(self) -> Path:
        return self.target.with_name(f"{self.target.name}.part")

    @property
    def tag(self) -> Path:
        return self.target.with_name(f"{self.target.name}.part.tag")

    @property
    def largest(self) -> int:
        return 2 * self.file.bytes + SPARE


def fetch(
    source: Source,
    progress: Progress = lambda file, done, total: None,
    *,
    address: Callable[[Source, SourceFile], str] = Source.url,
    wait: wait_base = WAIT,
) -> tuple[Fetched, ...]:
    """Have every file of a source on this machine, checked.

    A file of the mirror is used in place; one already fetched is kept. Raises SourceMissing when the producer cannot be
    reached or has it no more, SourceCorrupted when what comes is not the catalogued file.
    """
    with httpx.Client(timeout=TIMEOUT, headers=HEADERS, follow_redirects=True) as client:
        return tuple(_one(client, source, file, progress, address(source, file), wait) for file in source.files)


def _one(
    client: httpx.Client, source: Source, file: SourceFile, progress: Progress, url: str, wait: wait_base
) -> Fetched:
    given = mirror()
    if given is not None and (given / file.file).is_file():
        _check_mirror(file, given / file.file)
        return Fetched(file, given / file.file, "mirror")
    target = home().sources / file.file
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_name(f"{target.name}.lock")):
        if target.is_file() and _sum(target) in file.known_sums:
            return Fetched(file, target, "kept")
        transfer = Transfer(source, file, url, target, progress)
        with _explained(transfer):
            (_take_emptied if file.personal else _take)(client, transfer, wait)
    return Fetched(file, target, "downloaded")


def _check_mirror(file: SourceFile, path: Path) -> None:
    if _sum(path) not in file.known_sums:
        raise SourceCorrupted(
            f"{path}: checksum not in the catalogue",
            user_message=f"{path} n'a pas l'empreinte du catalogue : incomplet, abîmé, ou d'un autre millésime.",
            mend="remplacez-le par le fichier publié, ou retirez JALON_MIRROR pour le télécharger ; s'il est voulu tel "
            "quel, jalon sources check le lira quand même.",
        )


def _take(client: httpx.Client, transfer: Transfer, wait: wait_base) -> None:
    """Download in as many goes as it takes; a resumed file that proves wrong is taken once more from its start."""
    resumed = transfer.part.exists()
    _retrying(wait)(_transfer, client, transfer)
    if _sum(transfer.part) not in transfer.file.known_sums:
        _forget(transfer)
        if not resumed:
            raise _wrong(transfer)
        _retrying(wait)(_transfer, client, transfer)
        if _sum(transfer.part) not in transfer.file.known_sums:
            _forget(transfer)
            raise _wrong(transfer)
    os.replace(transfer.part, transfer.target)
    _forget(transfer)


def _take_emptied(client: httpx.Client, transfer: Transfer, wait: wait_base) -> None:
    """Download to memory a file that holds personal data, and store it without them."""
    whole = emptied(_retrying(wait)(_body, client, transfer), transfer.file.personal)
    if hashlib.sha256(whole).hexdigest() not in transfer.file.known_sums:
        raise _wrong(transfer)
    _write(transfer.part, whole)
    os.replace(transfer.part, transfer.target)


def _retrying(wait: wait_base) -> Retrying:
    return Retrying(
        retry=retry_if_exception_type((_TryAgainError, httpx.TransportError)),
        stop=_enough,
        wait=wait,
        reraise=True,
    )


def _enough(state: RetryCallState) -> bool:
    """Two goes show that there is no network; anything else is worth a few more."""
    offline = isinstance(state.outcome and state.outcome.exception(), httpx.ConnectError)
    return state.attempt_number >= (2 if offline else ATTEMPTS)


def _transfer(client: httpx.Client, transfer: Transfer) -> None:
    """One go: ask for what is missing of the part if the server can vouch that it is the same file, else for all."""
    have, tag = _state(transfer)
    headers = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
    with client.stream("GET", transfer.url, headers=headers) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            _forget(transfer)
            raise _TryAgainError("the part does not match the file")
        _check_status(response, transfer)
        start = have if response.status_code == httpx.codes.PARTIAL_CONTENT else 0
        if start and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            _forget(transfer)
            raise _TryAgainError("the server answered another range")
        _write(transfer.tag, _validator(response).encode())
        with transfer.part.open("ab" if start else "wb") as out:
            for chunk in _chunks(response, transfer, start):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())


def _body(client: httpx.Client, transfer: Transfer) -> bytes:
    with client.stream("GET", transfer.url) as response:
        _check_status(response, transfer)
        return b"".join(_chunks(response, transfer, 0))


def _chunks(response: httpx.Response, transfer: Transfer, start: int) -> Iterator[bytes]:
    done = start
    for chunk in response.iter_bytes(CHUNK):
        done += len(chunk)
        if done > transfer.largest:
            _forget(transfer)
            raise _wrong(transfer)
        yield chunk
        transfer.progress(transfer.file.file, done, transfer.file.bytes)


def _state(transfer: Transfer) -> tuple[int, str]:
    """(bytes already here, their validator); nothing when the server gave none to hold them to."""
    if not (transfer.part.is_file() and transfer.tag.is_file()):
        return 0, ""
    tag = transfer.tag.read_text("utf-8", "replace").strip()
    return (transfer.part.stat().st_size, tag) if tag else (0, "")


def _validator(response: httpx.Response) -> str:
    """A strong ETag, else the date of last change, else nothing."""
    etag: str = response.headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else str(response.headers.get("Last-Modified", ""))


def _check_status(response: httpx.Response, transfer: Transfer) -> None:
    if response.status_code in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        return
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        raise _TryAgainError(f"status {response.status_code}")
    raise SourceMissing(
        f"{transfer.url}: status {response.status_code}",
        user_message=f"le producteur ne donne pas {transfer.file.file} : réponse {response.status_code} à "
        f"{transfer.url}.",
        mend=_elsewhere(transfer),
    )


@contextmanager
def _explained(transfer: Transfer) -> Iterator[None]:
    """Tell what stops a transfer for good in the user's words."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, _TryAgainError) as error:
        raise SourceMissing(
            f"{transfer.url}: {type(error).__name__}: {error}",
            user_message=f"impossible de télécharger {transfer.file.file} depuis {transfer.url} : pas de réseau, ou le "
            "serveur ne répond pas comme il faut.",
            mend=f"relancez (le téléchargement reprendra où il s'est arrêté) ; {_elsewhere(transfer)}",
        ) from error


def _elsewhere(transfer: Transfer) -> str:
    return (
        f"sans réseau, donnez un dossier qui contient {transfer.file.file} : JALON_MIRROR=/chemin ; sinon Jalon "
        "fonctionne avec les faits qu'il embarque."
    )


def _wrong(transfer: Transfer) -> SourceError:
    return SourceCorrupted(
        f"{transfer.url}: checksum not in the catalogue",
        user_message=f"ce qui vient de {transfer.url} n'est pas {transfer.file.file} : l'empreinte n'est pas celle du "
        "catalogue.",
        mend=f"le producteur l'a peut-être remplacé ; {_elsewhere(transfer)}",
    )


def _forget(transfer: Transfer) -> None:
    transfer.part.unlink(missing_ok=True)
    transfer.tag.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
