"""HTML pieces: escaped, coloured."""

from simulator.notebook.figures.markup import BAD, Display, chip, key_chip, key_hue, page, table, text


def test_text_means_only_itself() -> None:
    assert text('<script>"') == "&lt;script&gt;&quot;"
    assert chip("<b>", BAD) == f'<span class="chip" style="background:{BAD}">&lt;b&gt;</span>'
    assert "<th>&lt;i&gt;</th>" in table(("<i>",), [("<b>cell</b>",)])


def test_a_table_without_names_has_no_head() -> None:
    assert "<th>" not in table(("", ""), [("a", "b")])


def test_a_page_brings_its_style() -> None:
    assert page("<p>", "</p>").endswith('<div class="mimi"><p></p></div>')
    assert page().startswith("<style>")


def test_a_display_has_words_for_terminals() -> None:
    display = Display("<p>", "words")
    assert (repr(display), display._repr_html_()) == ("words", "<p>")


def test_keys_have_colours() -> None:
    assert {key_hue(bytes([0, 0])), key_hue(bytes([255, 255]))} == {0, 359}
    assert "01020304…" in key_chip(bytes(range(1, 33)))
    assert bytes(range(1, 33)).hex() in key_chip(bytes(range(1, 33)))
