"""Sheets of HTML to files: PDF by Chromium, scans of several kinds, HTML as a word processor exports it, DOCX and ODT."""

import json
import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from playwright.sync_api import sync_playwright

from fictional.forms import FORMS, MARK, Sheet, sheet
from fictional.making import _pages, _truth
from fictional.office import convert_to

CHROMIUM = "/usr/bin/chromium"
CSS = (
    "body{{font-family:{font};font-size:{size}pt;margin:0}} table{{width:100%;border-collapse:collapse}}"
    ".g td,.g th{{border:1px solid #555;padding:3px 5px;vertical-align:top;text-align:left}} .left{{width:26%;background:#eee}}"
    ".break{{break-after:page}} .small{{font-size:8pt}} .p{{margin:4px 0}} ul{{margin:2px 0;padding-left:16px}}"
)
FONTS = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Serif")


def page(s: Sheet, body: str) -> str:
    """The whole HTML; links to every place that is marked make named destinations in the PDF."""
    css = CSS.format(font=s.rng.choice(FONTS), size=s.rng.choice((9.5, 10, 10.5)))
    links = "".join(f'<a href="#{side}{rank}">&nbsp;</a>' for rank in range(len(s.of.actions)) for side in "se")
    return (
        f"<html lang=fr><head><meta charset=utf-8><style>{css}{s.css}</style></head><body>"
        f"<div style='height:0;overflow:hidden'>{links}</div>{body}</body></html>"
    )


def make(folder: Path, wanted: Iterable[tuple[str, str, int]], forms: dict = FORMS, count: int = 8) -> list[Path]:
    """Documents for (layout, format, seed): `folder/documents`, with the truth in `folder/truth`."""
    documents, truth = folder / "documents", folder / "truth"
    documents.mkdir(parents=True, exist_ok=True)
    truth.mkdir(exist_ok=True)
    made = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for layout, form, seed in wanted:
            made.append(_one(browser, documents, truth, layout, form, seed, forms, count))
        browser.close()
    return made


def _one(browser, documents: Path, truth: Path, layout: str, form: str, seed: int, forms: dict, count: int) -> Path:
    s = sheet(layout, seed, count)
    html = page(s, forms[layout](s))
    name = f"{layout}-{seed}-{form}"
    target = documents / f"{name}.pdf"
    if form in ("html", "docx", "odt"):
        target = _written(documents / f"{name}.html", html, form)
    else:
        tab = browser.new_page()
        tab.set_content(html)
        tab.pdf(
            path=str(target), format="A4", landscape=s.landscape, print_background=True, display_header_footer=True,
            header_template=f"<span style='font-size:7px;margin-left:40px'>{MARK}</span>",
            footer_template=f"<span style='font-size:8px;margin-left:40px'>{s.foot} <span class=pageNumber></span>/<span class=totalPages></span></span>",
            margin={"top": "18mm", "bottom": "16mm", "left": "17mm", "right": "17mm"},
        )  # fmt: skip
        tab.close()
        _pages(target, s.of)
    kind = form
    if form.startswith("scan"):
        scanned(target, form, random.Random(name))
        kind = "scan"
    (truth / f"{name}.json").write_text(json.dumps(_truth(name, layout, kind, s.of), ensure_ascii=False, indent=1))
    return target


def _written(path: Path, html: str, form: str) -> Path:
    path.write_text(html.replace("<table class=", "<table border=1 cellspacing=0 class="), encoding="utf-8")
    if form == "html":
        return path
    kind = "docx:MS Word 2007 XML" if form == "docx" else "odt:writer8"
    convert_to(kind, path, "--infilter=HTML (StarWriter)")
    path.unlink()
    return path.with_suffix(f".{form}")


def scanned(path: Path, form: str, rng: random.Random) -> None:
    """Replace a PDF by pictures of its pages. "scan150", "scan300": the resolution; "scangrey": dim paper; "scan2up": two a sheet."""
    dpi = int(form[4:]) if form[4:].isdigit() else 200
    pictures = []
    with pypdfium2.PdfDocument(path) as pdf:
        for sheet_ in pdf:
            gray = sheet_.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            pictures.append(_worn(gray, form, rng))
    if form == "scan2up":
        pictures = [_beside(pictures[i : i + 2]) for i in range(0, len(pictures), 2)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=dpi, quality=72)


def _worn(gray: Image.Image, form: str, rng: random.Random) -> Image.Image:
    grey = form == "scangrey"
    turned = gray.rotate(rng.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor=245)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.5 if grey else 0.7)), dtype=np.float32)
    noise = np.random.default_rng(rng.randrange(10**6)).normal(0, 9 if grey else 6, soft.shape)
    slope = np.linspace(0.72, 0.86, soft.shape[1]) if grey else rng.uniform(0.92, 0.98)
    return Image.fromarray(np.clip(soft * slope + noise, 0, 255).astype(np.uint8))


def _beside(pair: list[Image.Image]) -> Image.Image:
    wide = Image.new("L", (pair[0].width * 2, pair[0].height), 250)
    for rank, one in enumerate(pair):
        wide.paste(one, (rank * pair[0].width, 0))
    return wide
