"""Comparison: what becomes of each attack in each draft.

    states     what can be compared of a federation before and after a step
    playing    runs the steps of a scenario whatever comes of them, and looks at the federation between them
    attacks    what was seen of one attack
    judging    what came of it: blocked, visible, or it succeeds
    table      attacks x drafts
    plan       which runs fill it
    documents  JSON and Markdown
    picture    SVG
    page       HTML

Nothing here knows what a file expects of a step. An attack is judged by who refused what, by what is another way at
honest providers and clients afterwards, and by what these notice.
"""

from simulator.scenario.comparison.attacks import Attack, End
from simulator.scenario.comparison.plan import Plan, plan
from simulator.scenario.comparison.playing import Played, Playing, play
from simulator.scenario.comparison.table import Cell, Column, Comparison, Row

__all__ = ["Attack", "Cell", "Column", "Comparison", "End", "Plan", "Played", "Playing", "Row", "plan", "play"]
