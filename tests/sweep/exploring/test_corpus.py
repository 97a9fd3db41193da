"""What comes next, and what is learned."""

from pathlib import Path
from random import Random

from simulator.sweep.exploring.corpus import Corpus
from tests.sweep.exploring.small_random import planned
from tests.sweep.small import planned as with_parameters

DRAWN = [(1, {"create_group": "alice", "as": "one"}, 3), (1, {"offline": ["bob"]}, 7), (1, {"online": ["bob"]}, 9)]


def test_what_is_new_is_learned_once(tmp_path: Path) -> None:
    corpus = Corpus(planned(tmp_path, "").settings.found, Random(1))
    candidate = corpus.next(1)
    assert corpus.learn(candidate, passed=True, reached={"a": 1, "b": 8}, drawn=DRAWN) == ["a", "b"]
    assert corpus.learn(corpus.next(2), passed=True, reached={"b": 1, "c": 2}, drawn=[]) == ["c"]
    assert len(corpus.entries) == 2


def test_a_run_goes_on_from_where_something_was_new(tmp_path: Path) -> None:
    corpus = Corpus(planned(tmp_path, "").settings.found, Random(1))
    corpus.learn(corpus.next(1), passed=True, reached={"a": 1, "b": 8}, drawn=DRAWN)
    candidates = [corpus.next(seed) for seed in range(2, 30)]
    gone_on = [each for each in candidates if each.data is not None]
    assert 0 < len(gone_on) < len(candidates)
    for each in gone_on:
        assert each.data is not None
        assert [next(iter(step)) for step in each.data["steps"]] == ["create_group", "offline", "random_operations"]
        assert each.data["seed"] == each.seed


def test_from_what_failed_nobody_goes_on(tmp_path: Path) -> None:
    corpus = Corpus(planned(tmp_path, "").settings.found, Random(1))
    assert corpus.learn(corpus.next(1), passed=False, reached={"a": 1}, drawn=DRAWN) == ["a"]
    assert not corpus.entries


def test_without_anything_drawn_a_setting_beside_it_comes_next(tmp_path: Path) -> None:
    found = with_parameters(tmp_path, "parameters: {times: [1, 2, 3]}\n").settings.found
    corpus = Corpus(found, Random(1))
    first = corpus.next(1)
    corpus.learn(first, passed=True, reached={"a": 1}, drawn=[])
    assert {corpus.next(seed).setting.axes["times"] for seed in range(2, 40)} == {1, 2, 3}
