"""A failure, for whoever has to find the mistake: the seed, and a small scenario file that shows it."""

from pathlib import Path

from tests.randomised.scenario_files import content, text
from tests.randomised.seeded_run import Played
from tests.randomised.shrink import Data, Shrinker, failure

FOLDER = Path(".randomised")
"""Where the files go: beside the sources, and not part of them."""


def report(seed: int, played: Played, folder: Path = FOLDER, budget: int = 200) -> str:
    """Shrink what failed, write it, and say where it is."""
    data: Data = content(seed, played.items, _words(seed, played), played.draft)
    wanted = failure(data)
    if wanted is None:
        # what depends on more than the seed: somebody has to look at the whole
        return f"{_words(seed, played)} It passes when run again: {_write(seed, data, folder)}"
    data = Shrinker(data, wanted, budget=budget).shrink()
    steps = len(data["steps"])
    file = _write(seed, data, folder)
    return f"{_words(seed, played)} Shrunk from {len(played.items)} steps to {steps}: mimi-sim run {file}"


def innermost(error: BaseException) -> BaseException:
    """The first failure inside of nurseries' groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _words(seed: int, played: Played) -> str:
    error = innermost(played.failure) if played.failure is not None else None
    return f"Seed {seed} of {played.draft.name} fails at step {len(played.items)}: {type(error).__name__}: {error}."


def _write(seed: int, data: Data, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"seed-{seed}.yaml"
    file.write_text(text(data), encoding="utf-8")
    return file
