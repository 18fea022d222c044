"""Colours that survive colour blindness and print."""

from itertools import pairwise

import pytest
from colours import SEEN, distance, lab, linear, seen

from jalon.web.charts.style import INK, LAND, MISSING, SCALES, SECOND


@pytest.mark.parametrize("classes", sorted(SCALES))
def test_a_scale_grows_darker_by_even_steps(classes: int) -> None:
    lightness = [lab(linear(colour))[0] for colour in SCALES[classes]]
    steps = [light - dark for light, dark in pairwise(lightness)]
    assert len(SCALES[classes]) == classes
    assert all(step > 12 for step in steps)
    assert not steps or max(steps) < 2.2 * min(steps)


@pytest.mark.parametrize("by", sorted(SEEN))
@pytest.mark.parametrize("classes", sorted(SCALES))
def test_classes_stay_apart_whatever_the_colour_vision(classes: int, by: str) -> None:
    colours = [lab(seen(linear(colour), by)) for colour in SCALES[classes]]
    assert all(distance(one, two) > 12 for one, two in pairwise(colours))


def test_missing_is_never_the_colour_of_a_class() -> None:
    white = lab(linear("#ffffff"))
    assert all(distance(lab(linear(colour)), white) > 25 for scale in SCALES.values() for colour in scale)
    assert distance(lab(linear(INK)), lab(linear(MISSING))) > 25


def test_text_and_lines_have_the_contrast_of_the_accessibility_rules() -> None:
    def contrast(colour: str, ground: str) -> float:
        def light(c: str) -> float:
            red, green, blue = linear(c)
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue

        one, two = sorted((light(colour), light(ground)), reverse=True)
        return (one + 0.05) / (two + 0.05)

    assert contrast(INK, "#ffffff") > 7
    assert contrast(SECOND, "#ffffff") > 4.5
    assert contrast(MISSING, LAND) > 3
