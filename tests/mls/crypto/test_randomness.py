import pytest

from simulator.mls.crypto.randomness import SeededRand


def test_the_same_seed_and_actor_draw_the_same_bytes() -> None:
    first, second = SeededRand(7, "alice"), SeededRand(7, "alice")
    assert [first("key", 32), first("key", 5)] == [second("key", 32), second("key", 5)]


def test_every_draw_is_fresh() -> None:
    rand = SeededRand(7, "alice")
    assert len({rand("key", 16) for _ in range(100)}) == 100


def test_a_draw_for_one_purpose_does_not_shift_another() -> None:
    plain, busy = SeededRand(7, "alice"), SeededRand(7, "alice")
    busy("nonce", 12)
    assert plain("key", 32) == busy("key", 32)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, "ab"), (1, "a")),
        ((1, "a"), (2, "a")),
        ((1, "a"), (b"1", "a")),
        ((11, "a"), (1, "1a")),
    ],
)
def test_different_seeds_and_actors_share_nothing(one: tuple[int | bytes, str], other: tuple[int | bytes, str]) -> None:
    assert SeededRand(*one)("key", 32) != SeededRand(*other)("key", 32)


def test_actor_and_purpose_do_not_run_together() -> None:
    assert SeededRand(1, "ab")("c", 16) != SeededRand(1, "a")("bc", 16)


def test_it_draws_as_many_bytes_as_asked() -> None:
    assert [len(SeededRand(1, "a")("key", n)) for n in (0, 1, 300)] == [0, 1, 300]
