"""Where an ablation keeps what its runs have shown, so that it can go on after it was stopped: a sweep's folder."""

import json
import shlex
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from simulator.errors import SimulatorError
from simulator.own_version import own_version
from simulator.scenario import Result, Scenario
from simulator.scenario.ablation import Subject, Trial, Tried
from simulator.sweep.columns import KEY, REPEAT, VERDICT, Column
from simulator.sweep.identity import Identity, code, digest
from simulator.sweep.results import Results
from simulator.sweep.rows import PROGRAM
from simulator.sweep.settings import DRAFT, SCENARIO, WAIVED

_SEEN = "seen"
_COLUMNS = (
    KEY,
    Column(SCENARIO, "text", "the scenario's id", is_axis=True),
    Column(DRAFT, "text", "the draft that was spoken", is_axis=True),
    Column(WAIVED, "text", "the rules that nobody kept; `none` where all were kept", is_axis=True),
    Column("seed", "whole", "all randomness follows from it"),
    VERDICT,
    Column("message", "text", "what happened where the scenario first was not as it should be: it notices"),
    Column("failed_step", "text", "the step in which that was"),
    Column("failed_line", "whole", "its line"),
    Column("failed_file", "text", "the file that the line is in"),
    Column(_SEEN, "text", "what ablation needs to know of the run, as JSON"),
    Column("ended", "number", "when its result came, in Unix seconds", varies=True),
    REPEAT,
)
_DIGITS = 20


class KeptTrials:
    """The folder of one ablation: of these rules, by the name of a draft, in these scenarios. To be used in a `with`
    block, in which nobody else writes to it.
    """

    def __init__(
        self, folder: Path, wanted: Mapping[str, Sequence[Subject]], scenarios: Mapping[str, Sequence[Scenario]]
    ) -> None:
        """Begin, or go on. Raises SimulatorError where the folder is of another one, or can't be used, or polars is
        missing.
        """
        rules = {draft: [each.id for each in subjects] for draft, subjects in wanted.items()}
        inputs = {f"{each.id} in {draft}": digest(each.content) for draft in wanted for each in scenarios[draft]}
        about = Identity(
            experiment="ablation",
            description="Each rule is taken away in turn: which scenarios notice?",
            runs=0,
            plan=digest(rules),
            inputs={**code(), **inputs},
            simulator=own_version(),
            columns=_COLUMNS,
        )
        self._folder = folder
        self._results = Results(folder, about)
        self._there = {each[KEY.name]: each[_SEEN] for each in self._results.there}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._results.close()

    def known(self, draft: str, trial: Trial) -> Tried | None:
        """What a run has shown before; None where it was not made. Raises SimulatorError for a damaged row."""
        said = self._there.get(_key(draft, trial))
        if said is None:
            return None
        try:
            return Tried.of_json(trial.scenario, json.loads(said))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            why = f"what it has of {trial.scenario.id} can't be read: {type(error).__name__}: {error}"
            raise SimulatorError(f"{self._folder}: {why}") from None

    def add(self, draft: str, trial: Trial, tried: Tried) -> None:
        """Keep it. Raises SimulatorError."""
        noticed = tried.notice
        failed = (
            {}
            if noticed is None
            else {
                "message": noticed.happened,
                "failed_step": noticed.step,
                "failed_line": noticed.line,
                "failed_file": noticed.file,
            }
        )
        row: dict[str, Any] = {
            KEY.name: _key(draft, trial),
            SCENARIO: trial.scenario.id,
            DRAFT: draft,
            WAIVED: ", ".join(trial.waived) or "none",
            VERDICT.name: (Result.passed if noticed is None else Result.failed).value,
            "seed": trial.scenario.content.seed,
            **failed,
            _SEEN: json.dumps(tried.to_json()),
            "ended": time.time(),
            REPEAT.name: shlex.join(_repeat(draft, trial)),
        }
        self._results.add(row)


def _key(draft: str, trial: Trial) -> str:
    return sha256(repr((draft, trial.scenario.id, trial.waived)).encode()).hexdigest()[:_DIGITS]


def _repeat(draft: str, trial: Trial) -> tuple[str, ...]:
    waived = (word for rule in trial.waived for word in ("--waive", rule))
    return (PROGRAM, "run", trial.scenario.file + trial.scenario.suffix, "--draft", draft, *waived)
