"""The colours of charts: one for each company, readable by day and by night, and told apart by colour-blind readers."""

import itertools
import math
import re
from pathlib import Path

import pytest

from frontier_calc import press
from frontier_calc.book import svg, theme

CSS = (Path(press.__file__).parent / "static" / "parts.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "paint"),
    [
        ("Anthropic", "anthropic"),
        ("Anthropic, net", "anthropic"),
        ("ChatGPT", "openai"),
        ("Alphabet", "google"),
        ("Azure’s growth", "microsoft"),
        ("xAI", "spacex"),
        ("Metaphor", ""),
        ("Anthropic over Mistral", ""),
        ("training bill", ""),
    ],
)
def test_a_company_is_found_by_its_names_and_only_where_it_is_alone(name: str, paint: str) -> None:
    assert theme.paint_of(name) == paint


def test_each_company_has_a_colour_of_its_own_by_day_and_by_night() -> None:
    assert set(theme.COMPANIES) == set(theme.COLOURS) - set(theme.NEUTRALS)
    for shades in (
        [each.day for each in theme.PAINTS.values()],
        [each.night for each in theme.PAINTS.values()],
    ):
        assert len(set(shades)) == len(shades)


def test_the_style_sheet_of_the_page_has_every_paint_and_the_look_of_a_drawing() -> None:
    assert theme.stylesheet() in CSS
    assert svg.look("var(--book-paper)", "var(--book-muted)", "var(--book-sans)") in CSS


def test_the_inks_of_a_drawing_are_those_of_the_page() -> None:
    page = (Path(press.__file__).parent / "static" / "book.css").read_text(encoding="utf-8")
    for ink, name in (("ink", "ink"), ("soft", "muted"), ("grid", "rule"), ("paper", "paper")):
        day, night = theme.INKS[ink]
        assert f"--book-{name}: light-dark({day}, {night})" in page


# Contrast, as the guidelines for web content reckon it.


def channels(colour: str) -> list[float]:
    """Red, green and blue, in proportion to their light."""
    shades = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [shade / 12.92 if shade <= 0.04045 else ((shade + 0.055) / 1.055) ** 2.4 for shade in shades]


def contrast(one: str, other: str) -> float:
    light = []
    for colour in (one, other):
        red, green, blue = channels(colour)
        light.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize(("night", "grounds"), [(False, ("#fdfcf9", "#f5f2ea")), (True, ("#14171b", "#1c2026"))])
def test_every_colour_of_words_can_be_read_on_its_ground(night: bool, grounds: tuple[str, str]) -> None:
    for name, shades in theme.PAINTS.items():
        if name in ("grid", "paper"):
            continue
        for ground in grounds:
            assert contrast(shades[night], ground) >= 4.5, (name, ground)


# How colour-blind readers see a colour: the matrices of Machado, Oliveira and Fernandes (2009) for a whole deficiency,
# and distances in the space OKLab (Ottosson, 2020), in hundredths.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}
LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB = (
    (0.2104542553, 0.793617785, -0.0040720468),
    (1.9779984951, -2.428592205, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.808675766),
)


def turned(matrix: tuple[tuple[float, ...], ...], values: list[float]) -> list[float]:
    return [sum(factor * value for factor, value in zip(row, values, strict=True)) for row in matrix]


def seen(colour: str, sight: str) -> list[float]:
    light = [min(1.0, max(0.0, each)) for each in turned(SIGHTS[sight], channels(colour))]
    return turned(LAB, [max(each, 0.0) ** (1 / 3) for each in turned(LMS, light)])


# Who meets in a chart: the labs, the builders, those of the ring, and the rest of the world.
MEETING = (
    ("anthropic", "openai", "google", "meta", "spacex", "mistral", "deepseek"),
    ("amazon", "google", "microsoft", "meta", "oracle", "coreweave", "nvidia"),
    ("amazon", "google", "microsoft", "oracle", "nvidia", "anthropic", "openai", "softbank"),
    ("anthropic", "openai", "mistral", "deepseek", "zhipu", "minimax", "alibaba", "moonshot"),
    ("slate", "umber", "steel"),
)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_companies_that_meet_in_a_chart_are_told_apart_whatever_a_reader_sees(night: bool, sight: str) -> None:
    for group in MEETING:
        for one, other in itertools.combinations(group, 2):
            far = 100 * math.dist(seen(theme.COLOURS[one][night], sight), seen(theme.COLOURS[other][night], sight))
            assert far > 6, (one, other, far)


def test_a_drawing_names_no_colour_of_its_own() -> None:
    """Each shape has a paint, which the page colours; a colour written into a shape would stay that of the day."""
    assert not re.search(r"#[0-9a-f]{3,6}", svg.look("PAPER", "SOFT", "FONT"))
