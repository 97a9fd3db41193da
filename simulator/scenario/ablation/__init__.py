"""Ablation: what becomes of the scenarios where nobody keeps a rule. It is mutation testing of the rules of a protocol.

    subjects   the rules of a draft, as what is taken away one by one
    search     which runs are needed, wave by wave, and what they show
    rows       what is known of a rule at the end, and the verdict on it
    tried      what a run has shown, as far as this needs it
    table      the same of several drafts: rules x drafts
    documents  JSON and Markdown
    page       HTML

Nothing runs here: `search` asks for runs, and whoever calls it has a way to run them.
"""

from simulator.scenario.ablation.rows import Ablation, Notice, Row, Together, Verdict
from simulator.scenario.ablation.search import Trial, ablate
from simulator.scenario.ablation.subjects import Subject, chosen, chosen_in_each, subjects
from simulator.scenario.ablation.table import AblationTable, Line
from simulator.scenario.ablation.tried import Tried

__all__ = [
    "Ablation",
    "AblationTable",
    "Line",
    "Notice",
    "Row",
    "Subject",
    "Together",
    "Trial",
    "Tried",
    "Verdict",
    "ablate",
    "chosen",
    "chosen_in_each",
    "subjects",
]
