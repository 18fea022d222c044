"""Reading agreements beside peers: pages a second, scans beside Tesseract alone, two processes beside one, memory."""

import ctypes
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
from measure import run

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "scripts"))
JALON = str(Path(sys.executable).with_name("jalon"))
DIGITAL = ("four-columns", "long-rows", "stacked", "paragraphs")
COPIES = (40, 400)


def documents(folder: Path) -> tuple[list[Path], list[Path]]:
    """Fictional agreements: digital PDFs and one scan."""
    from fictional.making import make

    digital = [make(folder / "digital", layout, "pdf", 300 + n) for n, layout in enumerate(DIGITAL)]
    return digital, [make(folder / "scans", "stacked", "scan", 310, count=3)]


def whole(path: Path) -> int:
    """Jalon: words, rules, cells, actions, evidence, JSON."""
    import json

    from jalon.agreements import read, record
    from jalon.documents import open_document

    document = open_document(path)
    json.dumps(list(record.actions(read(document))))
    return len(document.pages)


def plumbed(path: Path) -> int:
    """pdfplumber: words and tables."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.extract_tables()
        return len(pdf.pages)


def ceiling(path: Path) -> int:
    """pypdfium2: text runs with their boxes, and the boxes of paths."""
    sides = [ctypes.c_float() for _ in range(4)]
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for rank in range(text.count_rects()):
                text.get_text_bounded(*text.get_rect(rank))
            for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
                raw.FPDFPageObj_GetBounds(shape.raw, *sides)
        return len(pdf)


def tesseract_alone(path: Path) -> int:
    """Tesseract, automatic layout (psm 3), 200 dpi, one thread, on pages rendered beforehand."""
    from jalon.documents import scan

    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            image = page.render(scale=scan.DPI / 72, grayscale=True).to_numpy()
            scan.tesseract(image[:, :, 0] if image.ndim == 3 else image, 120, mode=3)
        return len(pdf)


def rate(work: Callable[[Path], int], paths: Sequence[Path], times: int = 3) -> float:
    """Pages a second, the best of several goes."""
    best = 0.0
    for _ in range(times):
        started = time.perf_counter()
        pages = sum(work(path) for path in paths)
        best = max(best, pages / (time.perf_counter() - started))
    return best


def folders(folder: Path, paths: Sequence[Path]) -> list[tuple[str, float, float]]:
    """`jalon read` of folders of copies that are all different: seconds and peak memory, one process and two."""
    out = []
    for count, jobs in ((COPIES[0], 1), (COPIES[1], 1), (COPIES[1], 2)):
        held = folder / f"copies-{count}-{jobs}"
        held.mkdir()
        for number in range(count):
            data = paths[number % len(paths)].read_bytes()
            (held / f"c{number:03d}.pdf").write_bytes(data + f"\n% {jobs} {number}\n".encode())
        env = {**os.environ, "JALON_HOME": str(folder / f"home-{count}-{jobs}")}
        done = run([JALON, "read", str(held), "--jobs", str(jobs), "--out", str(folder / "out.jsonl")], env)
        out.append((f"{count} documents, --jobs {jobs}", done.seconds, done.peak_mb))
    return out


def section() -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        digital, scans = documents(folder)
        rates = [
            ("Jalon, whole reading to JSON", rate(whole, digital)),
            ("pypdfium2, text runs with boxes and paths (the ceiling)", rate(ceiling, digital)),
            ("pdfplumber, words and tables", rate(plumbed, digital, 1)),
            ("Jalon, scans", rate(whole, scans, 1)),
            ("Tesseract alone on the same scans, psm 3, 200 dpi", rate(tesseract_alone, scans, 1)),
        ]
        jobs = folders(folder, digital)
    speeds = "".join(f"| {name} | {pages:.1f} |\n" for name, pages in rates)
    rows = "".join(f"| {name} | {seconds:.1f} | {memory:.0f} |\n" for name, seconds, memory in jobs)
    return (
        "## Reading agreements\n\nFictional agreements made for the run; one process, one core; each page is read anew.\n\n"
        f"| | pages/s |\n| --- | ---: |\n{speeds}\n"
        f"| `jalon read` of a folder, start included | seconds | peak memory, MB |\n| --- | ---: | ---: |\n{rows}"
    )


if __name__ == "__main__":
    print(section())
