"""Scans sent as pictures (PNG, JPEG, TIFF of one or many pages): a PDF of theirs, read like any scan."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from jalon.documents import refusals
from jalon.documents.limits import Limits

FORMATS = ("PNG", "JPEG", "TIFF")
LEAST_DPI, MOST_DPI = 72, 1_200
A4_WIDE, A4_TALL = 8.27, 11.7


def as_pdf(name: str, data: bytes, limits: Limits) -> bytes:
    """A PDF whose pages are the pictures of a file. Raises BrokenDocument, TooLarge."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            first, *rest = _pages(name, data, limits)
            first.save(out, "PDF", save_all=True, append_images=rest, resolution=_dpi(first))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise refusals.broken(name, "l'image ne s'ouvre pas") from error
    except Image.DecompressionBombWarning as error:
        raise refusals.too_large(name, "image démesurée") from error
    return out.getvalue()


def _pages(name: str, data: bytes, limits: Limits) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as held:
        for rank, frame in enumerate(ImageSequence.Iterator(held), 1):
            if rank > limits.scanned_pages:
                raise refusals.too_large(name, f"plus de {limits.scanned_pages} pages numérisées")
            if frame.width * frame.height > limits.image_pixels:
                raise refusals.too_large(name, f"image de {frame.width} × {frame.height} points")
            upright = ImageOps.exif_transpose(frame).convert("L")
            upright.info["dpi"] = frame.info.get("dpi", (0, 0))
            yield upright


def _dpi(page: Image.Image) -> float:
    """The resolution that the file states when it is likely, else the one that makes the page about an A4 sheet."""
    stated = float(page.info["dpi"][0])
    if LEAST_DPI < stated <= MOST_DPI:
        return stated
    sheet = A4_TALL if page.width > page.height else A4_WIDE
    return max(LEAST_DPI, page.width / sheet)
