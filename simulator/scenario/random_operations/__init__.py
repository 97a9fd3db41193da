"""Operations that nobody has written down: whatever is possible at present, one after the other, as a seed has it.

Generator (the next operation, from the seed and the state of the federation) --- carry_out (runs it, checks all)

generator  which operation comes next
faults     which fault, where it is one
reading    an operation as the loader reads a step
playing    all of them, and the end: repaired, up, online, and nothing left to be delivered
"""

from simulator.scenario.random_operations.playing import carry_out

__all__ = ["carry_out"]
