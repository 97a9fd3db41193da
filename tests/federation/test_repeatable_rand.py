"""What an external provider remembers stays the same from run to run, and what it must not meet again differs."""

import pytest

from simulator.federation.repeatable_rand import repeatable_rand


@pytest.mark.parametrize("purpose", ["verification_key", "signature_key"])
def test_the_keys_that_it_signs_with_are_its_own_in_every_run(purpose: str) -> None:
    keys = {repeatable_rand("a.example", seed, run)(purpose, 32) for seed in (1, 2) for run in (1, 2)}
    assert len(keys) == 1
    assert keys != {repeatable_rand("b.example", 1, 1)(purpose, 32)}


def test_all_else_is_of_one_seed_and_one_run() -> None:
    drawn = [repeatable_rand("a.example", seed, run)("group_id", 16) for seed in (1, 2) for run in (1, 2)]
    assert len(set(drawn)) == len(drawn)
    assert drawn[0] == repeatable_rand("a.example", 1, 1)("group_id", 16)


def test_no_draw_is_like_an_earlier_one() -> None:
    rand = repeatable_rand("a.example", 1, 1)
    assert rand("verification_key", 32) != rand("verification_key", 32)
    assert rand("group_id", 16) != rand("group_id", 16)
