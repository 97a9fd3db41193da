"""The randomness of our providers and clients beside an external provider, which remembers them from run to run."""

from simulator.mls.crypto.randomness import Rand, SeededRand
from simulator.services.provider_keys import PURPOSES

_LASTING = {*PURPOSES, "signature_key"}


def repeatable_rand(name: str, seed: int, run: int) -> Rand:
    """The source of random bytes of a provider or a client.

    Its signature keys are the same in every run, whatever the seed, so that nobody takes it for another. All else is
    also of this `run`: an external provider that knew the groups of an earlier one must not meet them again.
    """
    lasting = SeededRand(0, name)
    fleeting = SeededRand(f"{seed} {run}".encode(), name)
    return lambda purpose, n: (lasting if purpose in _LASTING else fleeting)(purpose, n)
