"""What a run writes for programs: JSON, JUnit XML, TAP; `-` is standard output."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.cli.output.console import utf8, write_bytes
from simulator.cli.output.streams import GONE, output
from simulator.errors import SimulatorError
from simulator.scenario import ScenarioResult, to_json
from simulator.trace.saving import STDOUT, replace_file

Writer = Callable[[Sequence[ScenarioResult]], bytes]


def as_json(results: Sequence[ScenarioResult]) -> bytes:
    """One object with the counts and all results."""
    return utf8(json.dumps(to_json(tuple(results)), indent=2, ensure_ascii=False) + "\n")


def as_junit(results: Sequence[ScenarioResult]) -> bytes:
    """JUnit XML."""
    from simulator.cli.output.junit import to_junit

    return to_junit(results)


def as_tap(results: Sequence[ScenarioResult]) -> bytes:
    """TAP 14."""
    from simulator.cli.output.tap import to_tap

    return utf8(to_tap(results))


WRITERS: dict[str, Writer] = {"--json": as_json, "--junit": as_junit, "--tap": as_tap}


def check(files: dict[str, Path]) -> None:
    """Before the work, not after it. Raises SimulatorError for a file that can't be written."""
    if list(files.values()).count(STDOUT) > 1:
        raise SimulatorError(f"only one of {', '.join(files)} can be written to standard output")
    for option, file in files.items():
        if file == STDOUT:
            check_output(option)
            continue
        if file.is_dir():
            raise SimulatorError(f"{option} {file}: this is a folder")
        target = file if file.exists() else file.parent
        if not target.exists():
            raise SimulatorError(f"{option} {file}: there is no folder {file.parent}")
        if not os.access(target, os.W_OK):
            raise SimulatorError(f"{option} {file}: not allowed to write there")


def check_output(option: str) -> None:
    """Raises SimulatorError where there is no standard output for what an option wants to be written there."""
    end = output()
    if end is not None and not end.is_open:
        raise SimulatorError(f"{option} -: standard output is closed")


def write(files: dict[str, Path], results: Sequence[ScenarioResult]) -> list[str]:
    """Write each; what could not be written, and why."""
    problems = []
    for option, content in [(option, WRITERS[option](results)) for option in files]:
        try:
            if files[option] == STDOUT:
                write_bytes(content)
                problems += _unread(option)
            else:
                replace_file(files[option], (content,))
        except OSError as error:
            problems.append(f"{option} {files[option]}: {error.strerror}")
    return problems


def _unread(option: str) -> list[str]:
    """That nobody got what somebody has asked for, if so. Why else standard output lost it, it says itself."""
    end = output()
    return [f"{option} -: {GONE}"] if end is not None and end.lost == GONE else []
