"""Data frames for readers."""

import polars as pl

from simulator.notebook import listing
from simulator.notebook.figures.markup import BAD, GOOD


def test_a_table_of_plain_values() -> None:
    shown = listing(pl.DataFrame({"name": ["<a>", None], "number": [200, 7]}))
    assert "<th>name</th><th>number</th>" in shown.html
    assert "<td>&lt;a&gt;</td><td>200</td>" in shown.html
    assert "<td></td><td>7</td>" in shown.html
    assert repr(shown) == "name  number\n<a>   200\n      7"


def test_statuses_have_colours() -> None:
    shown = listing(pl.DataFrame({"status": [200, 403, None], "answer": ["200 ok", "401 invalid_signature", "none"]}))
    assert shown.html.count(GOOD) == 2
    assert shown.html.count(BAD) == 2
    assert "<td>none</td>" in shown.html


def test_a_table_without_rows() -> None:
    assert repr(listing(pl.DataFrame({"name": []}))) == "name"
