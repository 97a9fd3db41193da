"""Pictures: still SVG, with a ground, and with all that they need in the dark."""

from xml.etree import ElementTree

from simulator.trace.drawing.pictures import DARK, GROUND, HUES, INK, Picture, hue, themed, wash

SVG = f'<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="20" height="10"><text fill="{INK}">x</text></svg>'


def test_a_picture_stays_svg_with_a_ground_before_everything() -> None:
    root = ElementTree.fromstring(themed(SVG))
    style, ground, text = root
    assert root.get("width") == "20"
    assert root.get("class") == "mimi-picture"
    assert ground.get("fill") == GROUND
    assert text.get("fill") == INK
    assert style.tag.endswith("style")


def test_the_style_says_of_each_colour_in_it_what_stands_for_it_in_the_dark() -> None:
    found = themed(SVG)
    assert f"fill:light-dark({INK},{DARK[INK]})" in found
    assert f"fill:light-dark({GROUND},{DARK[GROUND]})" in found
    assert DARK[HUES[0]] not in found


def test_there_is_no_end_of_colours() -> None:
    assert hue(0) != hue(1)
    assert hue(len(HUES)) == hue(0)
    assert {*map(hue, range(9)), *map(wash, range(9))} <= set(DARK)


def test_who_can_t_show_a_picture_has_the_words() -> None:
    picture = Picture("<svg/>", "a drawing")
    assert repr(picture) == "a drawing"
    assert picture._repr_mimebundle_() == {"image/svg+xml": "<svg/>", "text/plain": "a drawing"}
