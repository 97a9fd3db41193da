"""Random runs that are guided by what they reach, in the place of a whole product.

    Corpus (the runs that reached something new) --- next candidate --- run --- what it reached

    reached       what is reached in a run: kinds of events and their order, rules, answers, states of groups
    candidates    a scenario as it is, or what led to something new and from there on something else
    corpus        which candidate comes next
    explored_run  one run, wherever its engine has it done
    exploring     all of them, until so many in a row have reached nothing new

Steps that draw at random (`random_operations`) are what makes this go far: where one has reached something new, its
operations up to there become steps, and others are drawn from there.
"""

from simulator.sweep.exploring.exploring import SEPARATOR, explore

__all__ = ["SEPARATOR", "explore"]
