"""The charts there are, what each may be asked, and what the home pages need drawn in advance."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from subprocess import SubprocessError
from threading import Lock

from jalon.editions import Edition
from jalon.web.charts.errors import NothingToDraw, UnknownChart
from jalon.web.charts.indicators import INDICATORS
from jalon.web.charts.model import Chart, Params, Picture
from jalon.web.queries import fibre
from jalon.web.queries.estimates import SMART
from jalon.web.queries.names import themes

_one_at_a_time = Lock()
log = logging.getLogger(__name__)
WIDTHS = ("large", "etroite")
_PLACE = re.compile(
    r"(?:(commune|epci|departement|region|pays)-)?([0-9]{2}|[0-9][0-9AB][0-9]{3}|2[AB]|97[0-9]|[0-9]{9}|FR)"
)
_KINDS = {2: "departement", 3: "departement", 5: "commune", 9: "epci"}


def _lazy(module: str, function: str) -> Callable[[Edition, Params], Picture]:
    """Altair takes half a second to import: only when a picture is first wanted.

    Its check of each piece against the schema of Vega-Lite takes longer than all the rest: tests do it, not the site.
    """

    def draw(edition: Edition, params: Params) -> Picture:
        from altair.utils.schemapi import debug_mode

        with _one_at_a_time, debug_mode(False):
            picture: Picture = getattr(import_module(f"jalon.web.charts.{module}"), function)(edition, params)
        return picture

    return draw


_DRAWN: dict[str, tuple[Callable[[Edition, Params], Picture], tuple[str, ...]]] = {
    "carte": (_lazy("carte", "draw"), ("programme", "indicateur", "theme")),
    "appetit-themes": (_lazy("bars", "themes"), ("programme",)),
    "appetit-regions": (_lazy("bars", "regions"), ("programme",)),
    "classes-population": (_lazy("bars", "population_classes"), ("programme",)),
    "subventions-annees": (_lazy("bars", "grants_by_year"), ("programme",)),
    "signatures": (_lazy("signatures", "draw"), ("programme",)),
    "fibre": (_lazy("fibre", "draw"), ("territoire",)),
    "fibre-projection": (_lazy("outlook", "draw"), ("territoire", "trimestre")),
    "fibre-departements": (_lazy("departements", "draw"), ("trimestre",)),
    "theme-regions": (_lazy("estimates", "regions"), ("theme",)),
    "theme-annees": (_lazy("estimates", "by_year"), ("theme",)),
    "matrice": (_lazy("estimates", "matrix"), ()),
}
NAMES = tuple(_DRAWN)


def render(name: str, edition: Edition, **params: str) -> Chart:
    """The chart of that name; its pictures are drawn when asked, its words and rows are ready.

    `params`: programme (default acv), indicateur (of the map, see INDICATORS), territoire (`commune-01004`, `01004`,
    `departement-2A`, `region-84`, `FR`), largeur (`large` for 720 px, `etroite` for 340 px).
    Raises UnknownChart for a name or a value that does not exist, NothingToDraw when the edition has no row for it.
    """
    if name not in _DRAWN:
        raise _unknown("graphique", name, NAMES)
    return _rendered(name, edition, validated(name, edition, params))


@lru_cache(maxsize=256)
def _rendered(name: str, edition: Edition, params: Params) -> Chart:
    return Chart(name, params, edition.id, _DRAWN[name][0](edition, params))


def defaults(name: str) -> tuple[str, ...]:
    """The parameters that a chart takes."""
    return (*_DRAWN[name][1], "largeur")


def validated(name: str, edition: Edition, params: Mapping[str, str]) -> Params:
    """Parameters each held against what exists; an unknown parameter is refused too. Raises UnknownChart."""
    for key in params:
        if key not in defaults(name):
            raise _unknown("paramètre", key, defaults(name))
    given = Params(**dict(params))
    _one_of("largeur", given.largeur, WIDTHS)
    _one_of("indicateur", given.indicateur, tuple(INDICATORS))
    if "programme" in params:
        _one_of("programme", given.programme, _programmes(edition))
    if given.trimestre:
        _one_of("trimestre", given.trimestre, tuple(map(fibre.address, fibre.quarters(edition))))
    if "theme" in params:
        _one_of("theme", given.theme, (SMART, *themes(edition)))
    if "territoire" not in params:
        return given
    return replace(given, territoire=_territory(edition, given.territoire))


@lru_cache(maxsize=8)
def _programmes(edition: Edition) -> tuple[str, ...]:
    found = edition.connect().execute("SELECT programme FROM programmes ORDER BY programme").fetchall()
    return tuple(programme for (programme,) in found)


def _territory(edition: Edition, given: str) -> str:
    """`kind-code` of a territory of the edition; FR is written `FR`."""
    found = _PLACE.fullmatch(given)
    if found is None:
        raise _unknown("territoire", given, ("commune-01004", "departement-2A", "region-84", "FR"))
    kind, code = found[1] or ("pays" if found[2] == "FR" else _KINDS[len(found[2])]), found[2]
    if code == "FR":
        return "FR"
    known = edition.connect().execute("SELECT 1 FROM territories WHERE kind = ? AND code = ?", [kind, code]).fetchone()
    if known is None:
        raise UnknownChart(
            f"unknown territory {given!r}",
            user_message=f"le territoire « {given} » n’existe pas dans cette édition.",
            mend="cherchez son code dans la liste des territoires.",
        )
    return f"{kind}-{code}"


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise _unknown(name, value, known)


def _unknown(what: str, value: str, known: tuple[str, ...]) -> UnknownChart:
    return UnknownChart(
        f"unknown {what} {value!r}",
        user_message=f"{what} inconnu : « {value[:60]} ».",
        mend=f"valeurs possibles : {', '.join(known)}.",
    )


def warm(edition: Edition, programme: str = "") -> int:
    """Draw what the home pages show, in both widths, and the interactive bundle; how many pictures were drawn.

    Every programme that has beneficiaries, or the one named. A chart without rows is skipped.
    """
    from jalon.web.charts import bundle, engine

    engine.forget_gone()
    named = (programme,) if programme else _with_members(edition)
    drawn = sum(_drawn(edition, name, params) for name, params in _wanted(named))
    try:
        bundle.script()
    except (OSError, SubprocessError) as error:
        log.warning("Vega bundle: %s", error)
    return drawn


def _wanted(programmes: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The charts of those programmes, each with its parameters but the width; then those of no programme."""
    for name in NAMES:
        if "programme" not in defaults(name):
            continue
        for programme in programmes:
            asked = {"programme": programme}
            if name == "carte":
                yield from ((name, asked | {"indicateur": indicator}) for indicator in INDICATORS)
            else:
                yield name, asked
    yield from ((name, {}) for name in NAMES if "programme" not in defaults(name))


def _drawn(edition: Edition, name: str, params: Mapping[str, str]) -> int:
    """How many widths of one chart there were to draw."""
    try:
        return sum(bool(render(name, edition, **params, largeur=width).svg) for width in WIDTHS)
    except (NothingToDraw, UnknownChart):
        return 0


def _with_members(edition: Edition) -> tuple[str, ...]:
    found = edition.connect().execute("SELECT DISTINCT programme FROM memberships ORDER BY programme").fetchall()
    return tuple(programme for (programme,) in found)
