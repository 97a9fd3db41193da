"""Documents that a command writes besides what it prints: each by its file's suffix; `-` is standard output."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from simulator.cli.output.console import emit, utf8
from simulator.errors import SimulatorError
from simulator.trace.saving import STDOUT, replace_file

T = TypeVar("T")


def documents(
    json_file: Path | None, outputs: Iterable[Path], writers: Mapping[str, Callable[[T], str]]
) -> dict[Path, Callable[[T], str]]:
    """What is to be written, by file: JSON into that of `--json`, by their suffixes those of `-o`. Raises
    SimulatorError where one can't be.
    """
    found: dict[Path, Callable[[T], str]] = {}
    named = [("--json", json_file)] if json_file is not None else []
    for option, file in (*named, *(("-o", each) for each in outputs)):
        if option == "-o" and file.suffix not in writers:
            raise SimulatorError(f"-o {file}: the suffix says how to write it: {', '.join(writers)}")
        if file in found:
            raise SimulatorError(f"-o {file}: --json writes to this file" if named else f"-o {file}: it is here twice")
        if not file.parent.is_dir():
            raise SimulatorError(f"{option} {file}: there is no folder {file.parent}")
        if file.is_dir():
            raise SimulatorError(f"{option} {file}: this is a folder")
        found[file] = writers[".json" if option == "--json" else file.suffix]
    return found


def write(value: T, files: Mapping[Path, Callable[[T], str]]) -> None:
    """Write them all. Raises SimulatorError where one can't be written."""
    for file, writer in files.items():
        if file == STDOUT:
            emit(writer(value))
            continue
        try:
            replace_file(file, (utf8(writer(value)),))
        except OSError as error:
            raise SimulatorError(f"{file}: {error.strerror}") from None
