"""A PDF to pages of words and rules. Its text layer is taken as it is; pages of an image only wait for OCR."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as raw

from jalon.documents import pdf_words, refusals, struck
from jalon.documents.limits import Limits
from jalon.documents.model import Page, Rule, Word
from jalon.documents.pdf_rules import Drawn

IMAGE_COVERS = 0.3
Turn = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a page's own space lies on the page as it is shown: its size, turned or not, and its corner."""

    width: float
    height: float
    turn: Turn

    def word(self, word: Word) -> Word:
        (ax, ay), (bx, by) = self.turn(word.x0, word.y0), self.turn(word.x1, word.y1)
        return Word(word.text, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), word.size, word.bold)

    def rule(self, rule: Rule) -> Rule:
        (ax, ay), (bx, by) = self.turn(rule.x0, rule.y0), self.turn(rule.x1, rule.y1)
        return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def open_pdf(name: str, data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF. Raises EncryptedDocument or BrokenDocument."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "assword" in str(error):
            raise refusals.encrypted(name) from error
        raise refusals.broken(name, "ce n'est pas un PDF complet") from error


def pages(name: str, pdf: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Page]:
    """Every page; those with an image and no text have origin "unread" and wait for OCR.

    Raises EmptyDocument, TooLarge.
    """
    if not len(pdf):
        raise refusals.empty(name)
    if len(pdf) > limits.pages:
        raise refusals.too_large(name, f"{len(pdf)} pages, plus de {limits.pages}")
    fonts, held = pdf_words.Fonts(), 0
    for index in range(len(pdf)):
        page = _page(pdf, index, fonts, limits)
        held += len(page.words)
        if held > limits.words:
            raise refusals.too_large(name, f"plus de {limits.words} mots")
        yield page


def _page(pdf: pypdfium2.PdfDocument, index: int, fonts: pdf_words.Fonts, limits: Limits) -> Page:
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return Page(index + 1, 0, 0, origin="unread", note="page illisible")
    try:
        sheet = _sheet(page)
        if max(sheet.width, sheet.height) > limits.page_points:
            return Page(index + 1, sheet.width, sheet.height, origin="unread", note="page démesurée")
        return _text_page(page, index + 1, sheet, fonts)
    finally:
        page.close()


def _text_page(page: pypdfium2.PdfPage, number: int, sheet: Sheet, fonts: pdf_words.Fonts) -> Page:
    textpage = raw.FPDFText_LoadPage(page.raw)
    if not textpage:
        return Page(number, sheet.width, sheet.height, origin="unread", note="page illisible")
    try:
        handle = _address(textpage)
        text = pdf_words.characters(handle)
        legible = pdf_words.legible(text)
        turned = page.get_rotation() in (90, 270)
        words = [sheet.word(word) for word in pdf_words.words(handle, text, fonts, turned)] if legible else []
    finally:
        raw.FPDFText_ClosePage(textpage)
    drawn = Drawn(_address(page.raw))
    rules = tuple(sheet.rule(rule) for rule in drawn.rules)
    read = Page(number, sheet.width, sheet.height, tuple(struck.mark(words, rules)), rules)
    if words:
        return read
    if not legible:
        return replace(read, origin="unread", note="police sans correspondance Unicode")
    covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in drawn.images)
    if covered > IMAGE_COVERS * sheet.width * sheet.height:
        return replace(read, origin="unread", note="page numérisée")
    return replace(read, origin="blank")


def _address(handle: object) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    left, low, right, high = page.get_cropbox()
    left, low, right, high = min(left, right), min(low, high), max(left, right), max(low, high)
    turned = page.get_rotation()
    if turned == 90:
        return Sheet(high - low, right - left, lambda x, y: (y - low, x - left))
    if turned == 180:
        return Sheet(right - left, high - low, lambda x, y: (right - x, y - low))
    if turned == 270:
        return Sheet(high - low, right - left, lambda x, y: (high - y, right - x))
    return Sheet(right - left, high - low, lambda x, y: (x - left, high - y))
