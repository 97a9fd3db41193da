"""What a run writes for programs: JSON, JUnit XML, TAP; `-` is standard output."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.scenario import ScenarioResult, to_json
from simulator.trace.saving import replace_file

Writer = Callable[[Sequence[ScenarioResult]], bytes]
STDOUT = Path("-")


def as_json(results: Sequence[ScenarioResult]) -> bytes:
    """One object with the counts and all results."""
    return (json.dumps(to_json(tuple(results)), indent=2, ensure_ascii=False) + "\n").encode()


def as_junit(results: Sequence[ScenarioResult]) -> bytes:
    """JUnit XML."""
    from simulator.cli.junit import to_junit

    return to_junit(results)


def as_tap(results: Sequence[ScenarioResult]) -> bytes:
    """TAP 14."""
    from simulator.cli.tap import to_tap

    return to_tap(results).encode()


WRITERS: dict[str, Writer] = {"--json": as_json, "--junit": as_junit, "--tap": as_tap}


def check(files: dict[str, Path]) -> None:
    """Before the work, not after it. Raises SimulatorError for a file that can't be written."""
    if list(files.values()).count(STDOUT) > 1:
        raise SimulatorError(f"only one of {', '.join(files)} can be written to standard output")
    for option, file in files.items():
        if file == STDOUT:
            continue
        if file.is_dir():
            raise SimulatorError(f"{option} {file}: this is a folder")
        target = file if file.exists() else file.parent
        if not target.exists():
            raise SimulatorError(f"{option} {file}: there is no folder {file.parent}")
        if not os.access(target, os.W_OK):
            raise SimulatorError(f"{option} {file}: not allowed to write there")


def write(files: dict[str, Path], results: Sequence[ScenarioResult]) -> None:
    """Write each. Raises SimulatorError for the first file that can't be written."""
    for option, content in [(option, WRITERS[option](results)) for option in files]:
        try:
            if files[option] == STDOUT:
                sys.stdout.buffer.write(content)
                sys.stdout.buffer.flush()
            else:
                replace_file(files[option], (content,))
        except OSError as error:
            raise SimulatorError(f"{option} {files[option]}: {error.strerror}") from error
