"""The benchmark: what the simulator costs, each thing beside a baseline that is measured in the same run.

    row        what a row measures: ours, a baseline or a limit, the goal, and what stands in its way
    samples    one measurement: a value, seconds of the processor, seconds of the clock
    measuring  both sides in turn, round after round: medians and spread
    stacks/    HTTP servers and clients, ours and what one would pick instead
    federations  federations that rows need: a hub with followers, one group of all
    floods/    what somebody sends who asks for nothing
    rows/      the rows, a file for each sort of work; `ROWS` there is the only list of them
    curves/    costs that grow: with providers, members, message size
    wording    a figure in words
    documents  JSON and Markdown
    plots      pictures of the curves

Nothing here decides a test: a ratio says something about a machine and a day.
"""

from simulator.bench.measuring import Figure, measure
from simulator.bench.row import Obstacle, Row
from simulator.bench.samples import Sample, Scale

__all__ = ["Figure", "Obstacle", "Row", "Sample", "Scale", "measure"]
