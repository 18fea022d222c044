"""Amounts as French readers write them."""

NARROW, FIRM = "\u202f", "\u00a0"


def euros(cents: int) -> str:
    """Cents in euros, to the cent: "1 234,50 €"."""
    units, rest = divmod(abs(cents), 100)
    whole = f"{units:,}".replace(",", NARROW)
    return f"{'−' if cents < 0 else ''}{whole}{f',{rest:02}' if rest else ''}{FIRM}€"
