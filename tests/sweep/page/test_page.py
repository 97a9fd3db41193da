"""The page of a sweep."""

from simulator.sweep.page.page import page
from tests.sweep.page.rows import look


def test_all_of_it_and_names_mean_only_themselves() -> None:
    made = page(look(), traces={"b61": "x-traces/b61.html"})
    assert "<h1>What &lt;it&gt; costs</h1>" in made
    assert "12 of 20 runs: 11 passed, 1 failed." in made
    assert 'href="x-traces/b61.html"' in made
    assert "a.yaml:7: expected &lt;1&gt;" in made
    assert "<code>mimi-sim run a 1</code>" in made
    assert "<summary>Rate of failures</summary>" in made
    assert made.count("data:image/svg+xml;base64,") == 2
    assert " style=" not in made  # the page's policy would not have it


def test_before_anything_has_ended() -> None:
    assert "0 of 20 runs." in page(look(()))
