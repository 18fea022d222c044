"""Drawing: Vega through vl-convert, one picture at a time, kept on disk under the edition's id.

Drawing holds the interpreter (50 to 100 ms, 400 ms the first time in a process, measured), so what can be asked often
is drawn once: `warm` before the site opens, then the disk.
"""

import logging
import os
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any

import vl_convert

from jalon.home import home
from jalon.web.charts import bundle, style, svg
from jalon.web.charts.model import Chart

VEGA_LITE = "6.4"
MOST_KEPT = 5_000
"""Pictures kept for one edition: beyond, they are drawn again each time, so that a robot cannot fill the disk."""
log = logging.getLogger(__name__)
_one_at_a_time = Lock()


def inline(chart: Chart) -> str:
    """The SVG element of a page."""
    name = f"{chart.name}-{chart.key[:8]}"

    def draw() -> bytes:
        live = {"spec": chart.json_url, "vega": bundle.url()}
        made = svg.inline(
            _svg(chart.spec), name, chart.title, chart.description, linked=chart.picture.linked, live=live
        )
        return made.encode()

    return _kept(chart, "page.svg", draw).decode()


def file_svg(chart: Chart) -> bytes:
    """An SVG file with title, source and white background."""

    def draw() -> bytes:
        drawn = _svg(titled(chart))
        whole = svg.standalone(drawn, chart.name, chart.title, chart.description, linked=chart.picture.linked)
        return whole.encode()

    return _kept(chart, "svg", draw)


def file_png(chart: Chart) -> bytes:
    """A PNG file, two pixels a point, with title, source and white background."""

    def draw() -> bytes:
        with _one_at_a_time:
            return bytes(vl_convert.vegalite_to_png(titled(chart), VEGA_LITE, scale=2))

    return _kept(chart, "png", draw)


def titled(chart: Chart) -> dict[str, Any]:
    """The specification with what a picture needs away from its page: title, source, white background, margins."""
    characters = 44 if chart.params.largeur == "etroite" else 78
    title = {
        "text": style.wrapped(chart.title, characters),
        "subtitle": style.wrapped(chart.source_note, int(characters * 1.2)),
        "offset": 12,
    }
    return chart.spec | {"title": title, "background": "#ffffff", "padding": 12}


def _svg(spec: dict[str, Any]) -> str:
    with _one_at_a_time:
        return str(vl_convert.vegalite_to_svg(spec, VEGA_LITE))


def _kept(chart: Chart, suffix: str, draw: Callable[[], bytes]) -> bytes:
    """What the cache holds, else drawn and kept; a cache that cannot be written is only slow."""
    key = f"{chart.key}-{svg.FORMAT}-{version('vl-convert-python')}"
    path = home().cache / chart.edition_id / f"{chart.name}-{key}.{suffix}"
    try:
        return path.read_bytes()
    except OSError:
        drawn = draw()
    try:
        _write(path, drawn)
    except OSError as error:
        log.warning("chart not kept: %s", error)
    return drawn


def forget_gone() -> None:
    """Throw away the pictures of editions that are no longer there."""
    here = home()
    gone = [f for f in here.cache.glob("*") if f.is_dir() and not (here.editions / f.name).exists()]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in os.scandir(path.parent)) >= MOST_KEPT:
        return
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as beside:
        try:
            beside.write(content)
            beside.close()
            Path(beside.name).replace(path)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
