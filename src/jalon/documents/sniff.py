"""What a file is, by its content: names lie."""

import re
import zipfile
from io import BytesIO

from jalon.documents import archive, refusals
from jalon.documents.limits import Limits
from jalon.documents.model import Kind

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ODT = b"application/vnd.oasis.opendocument.text"


def kind(name: str, data: bytes, limits: Limits) -> Kind:
    """The kind of a document. Raises a DocumentError: empty, unknown, encrypted, broken or dangerous."""
    if not data.strip(b"\x00 \r\n\t"):
        raise refusals.empty(name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusals.encrypted(name)
        raise refusals.unknown(name, "c'est un ancien fichier Word (.doc)")
    if data.startswith(ZIP):
        return _zipped(name, data, limits)
    if data.startswith(IMAGES):
        return "image"
    if HTML.search(data[:4096]):
        return "html"
    raise refusals.unknown(name, "son contenu n'est pas reconnu")


def _zipped(name: str, data: bytes, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as held:
            names = set(held.namelist())
            archive.check(name, held, limits)
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and held.read("mimetype").strip().startswith(ODT) and "content.xml" in names:
                return "odt"
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        raise refusals.broken(name, "l'archive ne s'ouvre pas") from error
    raise refusals.unknown(name, "c'est une archive qui ne contient ni DOCX ni ODT")
