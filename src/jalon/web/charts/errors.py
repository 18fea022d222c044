"""What a chart refuses."""

from jalon.errors import JalonError


class ChartError(JalonError):
    """A chart cannot be drawn from what was asked."""

    code = "chart"


class UnknownChart(ChartError):
    """The name, or the value of a parameter, is not one of those that exist."""

    code = "chart-unknown"


class NothingToDraw(ChartError):
    """The edition holds no row for this chart; `user_message` says which."""

    code = "chart-empty"
