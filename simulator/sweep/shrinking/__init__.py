"""Delta debugging: from a run that fails to a smaller scenario file that fails in the same way.

    Scenario, seed -> spelled out as data -> Shrinker: cut something out, run what is left, keep it if it fails alike

    cuts           what can be left out of a scenario, the largest first
    candidate      data as a scenario, without the steps that mean nothing any more
    shrinker       which cuts are tried, and how many
    scenario_text  the data as people write it

What "alike" means is in `simulator.sweep.causes`.
"""

from simulator.sweep.shrinking.shrinker import Shrinker, Shrunk, failure, shrink

__all__ = ["Shrinker", "Shrunk", "failure", "shrink"]
