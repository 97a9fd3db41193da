"""Traffic of a real run for the tests of this room, with an attack in it."""

from functools import cache
from pathlib import Path

from simulator.notebook.running import Run, run
from simulator.notebook.traffic import Traffic

ATTACK = Path(__file__).parents[2] / "scenarios/malicious/forwarded-deliver-message.yaml"


@cache
def attack_run() -> Run:
    """m.example forwards to c.example what a.example sent to it; c.example refuses."""
    return run(ATTACK)


def attack() -> Traffic:
    """The traffic of that."""
    return attack_run().traffic
