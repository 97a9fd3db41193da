"""Valid values, altered in every way one can think of; no I/O, and no randomness but what comes in as `rng`.

    values   a wire value as a tree of spots: walk it, replace a part, make another one up
    edits    what is altered: one edit at a time, so that a failure can be reduced to the edits that matter
    cases    a seed with edits, and what every target of fuzzing does with it
    forgery  signatures, MACs and hashes made right again after an edit, so that it gets past them

Drafts import it for what they know of their own requests (`simulator.drafts.fuzzing`), and `simulator.fuzzing` for the
rest.
"""
