"""The randomness of a case: always seeded, so that all of it comes again. Drafts, which have none, get it from here."""

from random import Random as Random


def seeded(seed: str | bytes | int) -> Random:
    """All that follows from a seed."""
    return Random(seed)  # noqa: S311 (nothing is kept secret with it)
