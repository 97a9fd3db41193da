"""A sample of the long run: everything in it happens, and its figures are such."""

from pathlib import Path

from tests.served import served
from tests.soak.long import TOPOLOGY, soak


def test_a_short_while(tmp_path: Path) -> None:
    said: list[str] = []
    with served(tmp_path, topology=TOPOLOGY) as up:
        figures = soak(up, 30, 3, said.append)
        assert up.process.poll() is None
    assert figures.messages == list(range(3, 31, 3))
    assert said == list(figures.lines())[1:]
    assert all(30 < rss < 400 for rss in figures.rss)
    assert all(0 < disk < 20 for disk in figures.disk)
    assert figures.rss[-1] - figures.rss[0] < 30
