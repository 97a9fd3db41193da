"""What a row is."""

from simulator.bench.row import Obstacle


def test_an_obstacle_names_the_program_that_shows_it() -> None:
    assert str(Obstacle("The parser is slow", "tests/slow.py")) == "The parser is slow (tests/slow.py)"
