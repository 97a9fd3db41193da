"""The randomness of a case."""

from simulator.mutation.randomness import Random, seeded


def test_a_seed_gives_the_same_again() -> None:
    assert isinstance(seeded("a"), Random)
    assert seeded("a").random() == seeded("a").random() != seeded("b").random()
