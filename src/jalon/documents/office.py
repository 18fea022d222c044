"""DOCX, ODT and HTML laid out by LibreOffice, so that what is read can be cited by page and shown."""

import atexit
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from jalon.documents import refusals
from jalon.documents.limits import Limits
from jalon.documents.model import Kind

AS_TEXT = "--infilter=HTML (StarWriter)"
ACTIVE = re.compile(
    rb"<\s*(script|style|iframe|object|embed|applet|form|svg|video|audio|noscript)\b.*?(?:<\s*/\s*\1\s*>|\Z)"
    rb"|<\s*/?\s*(?:img|link|meta|base|source|input|frame)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
ADDRESS = re.compile(
    rb"""\b(?:src|background|srcset|data|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)|url\([^)]*\)""", re.IGNORECASE
)
SETTINGS = {
    "Common/Security/Scripting DisableMacrosExecution": "true",
    "Common/Security/Scripting BlockUntrustedRefererLinks": "true",
    "Common/Security/Scripting MacroSecurityLevel": "3",
    "Writer/Content/Update Link": "2",
}
ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""


@lru_cache(maxsize=1)
def command() -> str | None:
    """LibreOffice's command, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def render(name: str, data: bytes, kind: Kind, limits: Limits) -> bytes:
    """The document as a PDF. Raises ToolMissing, BrokenDocument, TooLarge."""
    office = command()
    if office is None:
        raise refusals.tool_missing("LibreOffice", "il met en pages les DOCX, ODT et HTML")
    with tempfile.TemporaryDirectory(prefix="jalon-office-") as folder:
        given = Path(folder) / f"document.{kind}"
        given.write_bytes(inert(data) if kind == "html" else data)
        _run(
            name,
            [
                office,
                f"-env:UserInstallation={_profile().as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                *([AS_TEXT] if kind == "html" else []),
                "--convert-to",
                "pdf:writer_pdf_Export",
                "--outdir",
                folder,
                str(given),
            ],
            limits,
        )
        made = given.with_suffix(".pdf")
        if not made.exists():
            raise refusals.broken(name, "LibreOffice ne l'ouvre pas")
        if made.stat().st_size > limits.answer_bytes:
            raise refusals.too_large(name, "sa mise en pages est trop lourde")
        return made.read_bytes()


def inert(data: bytes) -> bytes:
    """HTML without scripts, pictures, frames or addresses: nothing to run, nothing to fetch."""
    return ADDRESS.sub(b"", ACTIVE.sub(b"", data))


def _settings() -> str:
    """Neither macros nor links to fetch."""
    items = (ITEM.format(path=key.split()[0], name=key.split()[1], value=value) for key, value in SETTINGS.items())
    return PROFILE.format(items="".join(items))


def _profile() -> Path:
    """A profile of LibreOffice for this process only: two instances cannot share one."""
    folder = Path(tempfile.gettempdir()) / f"jalon-office-{os.getuid()}-{os.getpid()}"
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.write_text(_settings())
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _run(name: str, call: list[str], limits: Limits) -> None:
    deaf = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "SAL_USE_VCLPLUGIN": "svp"}

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.office_seconds, limits.office_seconds + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.answer_bytes, limits.answer_bytes))

    with subprocess.Popen(  # noqa: S603
        call,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **deaf},
        start_new_session=True,
        preexec_fn=bound,
    ) as process:
        try:
            process.wait(limits.office_seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise refusals.too_large(name, f"LibreOffice y passe plus de {limits.office_seconds} s") from error
