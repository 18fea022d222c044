"""Pictures and data of the charts, by address: `/graphiques/carte.png?indicateur=fibre`."""

import csv
import json
import logging
from io import StringIO
from subprocess import SubprocessError

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from jalon.errors import EditionError, JalonError
from jalon.web.charts import bundle, engine
from jalon.web.charts.catalog import render
from jalon.web.charts.errors import ChartError, UnknownChart
from jalon.web.charts.model import Chart
from jalon.web.published import published
from jalon.web.tables import plain

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
log = logging.getLogger("jalon.web")
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def chart(request: HttpRequest, name: str, suffix: str) -> HttpResponse:
    """The chart in one form; 404 in French for what does not exist, 503 without an edition."""
    try:
        params = _single_values(request)
        drawn = render(name, published(), **params)
    except EditionError as error:
        return _refused(error, 503)
    except ChartError as error:
        return _refused(error, 404)
    response = HttpResponse(_content(drawn, suffix), content_type=TYPES[suffix])
    response["Content-Disposition"] = f'inline; filename="jalon-{name}.{suffix}"'
    return response


def _single_values(request: HttpRequest) -> dict[str, str]:
    """The address's parameters, each given once. Raises UnknownChart for a repeated one."""
    repeated = next((key for key, values in request.GET.lists() if len(values) > 1), None)
    if repeated is not None:
        raise UnknownChart(
            f"repeated {repeated!r}",
            user_message=f"le paramètre « {repeated[:60]} » est donné plusieurs fois.",
            mend="donnez chaque paramètre une seule fois.",
        )
    return {str(key): str(value) for key, value in request.GET.items()}


def _content(drawn: Chart, suffix: str) -> bytes | str:
    if suffix == "svg":
        return engine.file_svg(drawn)
    if suffix == "png":
        return engine.file_png(drawn)
    return _json(drawn) if suffix == "json" else _csv(drawn)


def _json(drawn: Chart) -> str:
    """The Vega-Lite specification, data included."""
    return json.dumps(drawn.spec, ensure_ascii=False)


def _csv(drawn: Chart) -> str:
    """The table twin: comma-separated UTF-8, machine names in the header, ISO days, points as decimals, no formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in drawn.columns])
    writer.writerows([[plain(value) for value in row] for row in drawn.rows])
    return out.getvalue()


def _refused(error: JalonError, status: int) -> HttpResponse:
    response = JsonResponse(
        {"detail": error.user_message, "mend": error.mend, "code": error.code},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def vega(request: HttpRequest, digest: str) -> HttpResponse:
    """The Vega scripts under an address that holds their hash: kept for ever by browsers."""
    if digest != bundle.digest():
        return HttpResponse("Cette version du moteur des graphiques n’existe pas.", status=404)
    try:
        response = HttpResponse(bundle.script(), content_type="text/javascript; charset=utf-8")
    except (OSError, SubprocessError) as error:
        log.error("Vega bundle: %s", error)
        return HttpResponse("Le moteur des graphiques interactifs ne peut être préparé.", status=503)
    response["Cache-Control"] = FOREVER
    return response
