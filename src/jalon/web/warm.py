"""Makes ready what the first reader would wait for: the tables, the indexes, the pictures and figures of the homes,
what the checking of a text needs."""

import logging
from threading import Thread

from jalon.claims import check
from jalon.errors import JalonError
from jalon.web.charts import warm as warm_charts
from jalon.web.published import published
from jalon.web.queries import figures, names
from jalon.web.queries.actions import ActionFilter, Search
from jalon.web.queries.members import members
from jalon.web.sample import SAMPLE
from jalon.web.tiles import home_figures, tile

log = logging.getLogger("jalon.web")


def start() -> Thread:
    """Warm up beside the first requests, which wait for nothing but what they need."""
    thread = Thread(target=warm, name="jalon-warm", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Never fails: without an edition there is nothing to make ready, and pages say so."""
    try:
        edition = published()
        check(SAMPLE, edition)
        Search(edition, ActionFilter()).rows("-montant", 1)
        names.places(edition)
        for programme in names.programmes(edition):
            members(edition, programme)
            for figure in home_figures(edition, programme):
                tile(edition, figure)
        for figure in figures.definitions(edition):
            figures.value(edition, figure)
        warm_charts(edition)
    except (JalonError, OSError) as error:
        log.warning("not warmed up: %s", error)
