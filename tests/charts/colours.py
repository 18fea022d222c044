"""What eyes make of a colour: CIE Lab, and the colour seen with a missing cone (Machado, Oliveira, Fernandes 2009)."""

Rgb = tuple[float, float, float]
SEEN = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> Rgb:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def seen(colour: Rgb, by: str) -> Rgb:
    red, green, blue = (sum(w * c for w, c in zip(row, colour, strict=True)) for row in SEEN[by])
    return red, green, blue


def lab(colour: Rgb) -> Rgb:
    """From linear RGB, D65 white."""
    red, green, blue = (min(max(c, 0.0), 1.0) for c in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: Rgb, two: Rgb) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5
