"""What each hedge allows."""

import pytest

from jalon.claims.hedging import holds
from jalon.claims.periods import moments
from jalon.claims.scan import quantities
from jalon.claims.text import plain


@pytest.mark.parametrize(
    ("said", "value", "right"),
    [
        ("plus de 4 000 actions", 4312, True),
        ("plus de 4 000 actions", 4000, False),
        ("plus de 4 000 actions", 9000, False),
        ("au moins 221 villes", 221, True),
        ("moins de 220 villes", 221, False),
        ("moins de 230 villes", 221, True),
        ("près de 80 %", 79, True),
        ("près de 80 %", 75, False),
        ("près de 250 villes", 246, True),
        ("près de 230 villes", 246, False),
        ("environ 4 300 actions", 4312, True),
        ("environ 4 300 actions", 4400, False),
        ("une vingtaine de villes", 23, True),
        ("une vingtaine de villes", 28, False),
        ("un quart des villes", 25.2, True),
        ("un quart des villes", 26.8, False),
        ("plus d’un quart des villes", 26.8, True),
        ("233,2 M€", 233_158_346.91, True),
        ("233,1 M€", 233_158_346.91, False),
        ("233 M€", 233_158_346.91, True),
        ("27 %", 26.83, True),
        ("26 %", 26.83, False),
        ("221 villes", 221, True),
        ("221 villes", 222, False),
        ("entre 200 et 230 villes", 221, True),
        ("entre 222 et 230 villes", 221, False),
    ],
)
def test_holds(said: str, value: float, right: bool) -> None:
    whole = plain(said)
    (quantity,) = quantities(whole, moments(whole.text))
    assert holds(quantity, value) is right
