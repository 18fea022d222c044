"""A set of fictional agreements on disk: DOCX, ODT, PDF and scans, with the truth beside."""

import ctypes
import json
import random
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageFilter

from fictional.amend import amend
from fictional.content import Agreement, agreement
from fictional.layouts import LAYOUTS, Sheet
from fictional.office import convert_to


def make(folder: Path, layout: str, form: str, seed: int, *, amended: bool = False, count: int = 9) -> Path:
    """One agreement in `folder/documents`, its truth in `folder/truth`; returns the document."""
    documents, truth = folder / "documents", folder / "truth"
    documents.mkdir(parents=True, exist_ok=True)
    truth.mkdir(exist_ok=True)
    of = agreement(seed, count)
    sheet = Sheet(of, seed)
    LAYOUTS[layout](sheet)
    if amended:
        amend(sheet)
    name = f"{layout}{'-avenant' if amended else ''}-{seed}-{form}"
    docx = documents / f"{name}.docx"
    sheet.docx.save(str(docx))
    made = convert(docx, form, of)
    (truth / f"{name}.json").write_text(
        json.dumps(_truth(name, layout + ("+avenant" if amended else ""), form, of), ensure_ascii=False, indent=1)
    )
    return made


PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'


def _pages(path: Path, of: Agreement) -> None:
    """First and last page of each action: its bookmarks, or the last page that holds its title."""
    with pypdfium2.PdfDocument(path) as pdf:
        places = _destinations(pdf)
        texts = [fold(page.get_textpage().get_text_range()) for page in pdf]
    for rank, action in enumerate(of.actions):
        if f"s{rank}" in places:
            action.pages = places[f"s{rank}"], places.get(f"e{rank}", places[f"s{rank}"])
        else:
            found = [n for n, text in enumerate(texts, 1) if fold(action.title) in text]
            action.pages = (found[0], found[0]) if found else (0, 0)


def fold(text: str) -> str:
    return "".join(text.replace("\ufffe", "").split())


def _destinations(pdf: pypdfium2.PdfDocument) -> dict[str, int]:
    out = {}
    for index in range(raw.FPDF_CountNamedDests(pdf.raw)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(pdf.raw, index, None, size)
        name = ctypes.create_string_buffer(size.value)
        target = raw.FPDF_GetNamedDest(pdf.raw, index, name, size)
        out[name.raw.decode("utf-16-le").rstrip("\0")] = raw.FPDFDest_GetDestPageIndex(pdf.raw, target) + 1
    return out


def convert(docx: Path, form: str, of: Agreement) -> Path:
    if form == "docx":
        return docx
    target = "odt" if form == "odt" else PDF
    convert_to(target, docx)
    docx.unlink()
    made = docx.with_suffix(".odt" if form == "odt" else ".pdf")
    if form != "odt":
        _pages(made, of)
    if form == "scan":
        scan(made, random.Random(docx.name))
    return made


def scan(path: Path, rng: random.Random) -> None:
    """Replace a PDF by pictures of its pages, as a scanner makes them: grey, noisy, askew."""
    pictures = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            gray = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
            turned = gray.rotate(rng.uniform(-0.9, 0.9), resample=Image.Resampling.BICUBIC, fillcolor=250)
            soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
            noise = np.random.default_rng(rng.randrange(10**6)).normal(0, 6, soft.shape)
            paper = rng.uniform(0.92, 0.98)
            pictures.append(Image.fromarray(np.clip(soft * paper + noise, 0, 255).astype(np.uint8)))
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200, quality=70)


def _truth(name: str, layout: str, form: str, of: Agreement) -> dict:
    return {
        "document": name,
        "layout": layout,
        "format": form,
        "town": of.town,
        "epci": of.epci,
        "signature_date": of.signed.isoformat(),
        "actions": [
            {
                "reference": a.reference,
                "title": a.title,
                "axis": a.axis,
                "owner": a.owner,
                "partners": a.partners,
                "description": a.description,
                "budget_eur": a.budget.euros,
                "budget_alternatives": list(a.budget.others),
                "status": a.status,
                **({"budget_initial_eur": a.initial} if a.initial is not None else {}),
                "amendment": {"kind": a.change} if a.change else None,
                "funding": [{"funder": f, "amount_eur": m.euros} for f, m in a.funding],
                "start": a.start,
                "end": a.end,
                "page_start": a.pages[0],
                "page_end": a.pages[1],
            }
            for a in of.actions
        ],
    }
