"""The randomness of our providers beside an external one, which remembers them from one run to the next."""

from simulator.mls.crypto.randomness import Rand, SeededRand
from simulator.services.provider_keys import PURPOSES


def repeatable_rand(provider: str, seed: int, run: int) -> Rand:
    """A provider's source of random bytes.

    It has the same key in every run, whatever the seed, so that nobody takes it for another's. All else
    is also of this `run`: an external provider that knew the groups of an earlier one must not meet them again.
    """
    lasting = SeededRand(0, provider)
    fleeting = SeededRand(f"{seed} {run}".encode(), provider)
    return lambda purpose, n: (lasting if purpose in PURPOSES else fleeting)(purpose, n)
