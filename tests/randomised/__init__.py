"""Randomised federation test: three providers, ten users, and whatever a seed makes of it.

    generator (one step after the other, from the seed and the present state) --- play (runs it, checks everything)
    shrink (drops what a failure does not need) --- files (writes what is left as a scenario for `mimi-sim run`)

`make randomised SEEDS=200` runs many seeds; the test beside this file runs a few.
"""
