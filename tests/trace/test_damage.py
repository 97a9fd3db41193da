"""Every kind of damage to a trace, and every output of it: a bad file, or an output, and never a fault of ours."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trio
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.scenario import load_file, run_scenario
from simulator.scenario.running.tracing import Keep
from simulator.trace import Trace, TraceFileError, read_all
from simulator.trace.comparing import diff_text, diff_views
from simulator.trace.comparing.diff import diff
from simulator.trace.comparing.golden import record
from simulator.trace.exports import EXPORTS
from simulator.trace.file import KINDS
from simulator.trace.report import write
from tests.scenario.small_scenarios import Silent

FILE = Path(__file__).parents[2] / "scenarios/connection/unknown-user.yaml"
DEEP = "[" * 100_000 + "]" * 100_000
VALUES = [
    *map(json.dumps, (None, -1, 0, 2**63, 2**64, -(2**63) - 1, 1e18, -1e18, 1.5, "", "x" * 70_000, "\x00\x1b\u2028")),
    *map(json.dumps, ([], {}, True, [["a", "b"]], ["127.0.0.1", 70_000], {"a": "b"})),
    *('"\\ud800"', "9" * 5000, "1e999", DEEP),
]
"""What a field may be instead, as JSON."""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The header and one event of each kind, as they were recorded."""
    keep, scenario = Keep(tmp_path_factory.mktemp("recorded"), secrets=True), load_file(FILE)
    with keep.recorder(scenario, 1) as recorder:
        trio.run(partial(run_scenario, scenario, 1, Silent(), recorder))
    found: dict[str, str] = {}
    for line in next(keep.folder.iterdir()).read_text().splitlines():
        found.setdefault(json.loads(line)[0], line)
    found["tls_failure"] = (
        '["tls_failure", {"server": "a.example", "reason": "x", "peer": ["127.0.0.1", 9], "started": 3, "number": 900}]'
    )
    assert set(found) == {"header", *KINDS}
    return list(found.values())


def outputs(folder: Path) -> Iterator[Callable[[tuple[Trace, ...]], object]]:
    for export in EXPORTS:
        place = folder / ("all.md" if export.name == "mermaid" else export.name)
        yield partial(lambda write_, path, traces: write_(traces, path), export.write, place)
    yield lambda traces: record(traces, folder / "golden")
    yield lambda traces: _differences(traces)


def _differences(traces: tuple[Trace, ...]) -> None:
    changes = diff(traces, [Trace(trace.header, ()) for trace in traces])
    json.dumps(diff_views.to_json(changes))
    assert diff_views.html(changes, "x").encode(errors="backslashreplace")
    assert diff_text.text(changes)
    assert diff_text.markdown(changes)


@pytest.mark.parametrize("kind", ["header", *KINDS])
def test_any_value_in_any_field(kind: str, lines: list[str], tmp_path: Path) -> None:
    place = next(place for place, line in enumerate(lines) if json.loads(line)[0] == kind)
    fields: dict[str, Any] = json.loads(lines[place])[1]
    file, readable = tmp_path / "damaged.jsonl", 0
    for name in fields:
        for value in VALUES:
            body = ", ".join(f"{json.dumps(n)}: {value if n == name else json.dumps(v)}" for n, v in fields.items())
            file.write_text("\n".join((*lines[:place], f'["{kind}", {{{body}}}]', *lines[place + 1 :])) + "\n")
            try:
                traces = read_all(file)
            except TraceFileError:
                continue
            readable += 1
            for output in outputs(tmp_path):
                output(traces)
            if readable % 25 == 1:
                write(traces, tmp_path / "report.html")
    assert readable > 0


def edited(lines: list[str], **fields: object) -> list[str]:
    """All events with these fields."""
    return [lines[0], *(json.dumps([kind, {**rest, **fields}]) for kind, rest in map(json.loads, lines[1:]))]


def headed(lines: list[str], **fields: object) -> list[str]:
    kind, rest = json.loads(lines[0])
    return [json.dumps([kind, {**rest, **fields}]), *lines[1:]]


BAD: dict[str, Callable[[list[str]], list[str]]] = {
    "every event twice": lambda lines: [lines[0], *(line for line in lines[1:] for _ in range(2))],
    "all numbers 0": lambda lines: edited(lines, number=0),
    "all numbers -1": lambda lines: edited(lines, number=-1),
    "all numbers 7": lambda lines: edited(lines, number=7),
    "late events": lambda lines: edited(lines, started=1e18),
    "early events": lambda lines: edited(lines, started=-1),
    "a late run": lambda lines: headed(lines, started=1e18),
    "an early run": lambda lines: headed(lines, started=-1e18),
    "two headers": lambda lines: [lines[0], *lines],
    "no header": lambda lines: lines[1:],
    "nested lists": lambda lines: [*lines, DEEP],
    "nested lists in an event": lambda lines: [*lines, f'["end", {DEEP}]'],
    "nested lists in the header": lambda lines: [f'["header", {{"format": 2, "x": {DEEP}}}]', *lines],
    "an empty line": lambda lines: [*lines, ""],
    "no UTF-8": lambda lines: [*lines, '["end", {"result": "\udcff"}]'],
}
GOOD: dict[str, Callable[[list[str]], list[str]]] = {
    "an unknown draft": lambda lines: headed(lines, draft="mimi-transport-99"),
    "long names": lambda lines: headed(lines, scenario="x" * 70_000, name="é" * 70_000, simulator="z" * 70_000),
    "long steps": lambda lines: [line.replace('"step":"1', f'"step":"{"y" * 70_000}1') for line in lines],
    "events in another order": lambda lines: [lines[0], *reversed(lines[1:])],
}


@pytest.mark.parametrize("damage", [*BAD, *GOOD])
def test_what_was_edited_is_a_bad_file_or_an_output_for_every_command(
    damage: str, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "\n".join((BAD | GOOD)[damage](lines)) + "\n"
    Path("damaged.jsonl").write_bytes(text.encode("utf-8", "surrogateescape"))
    Path("good.jsonl").write_text("\n".join(lines) + "\n")
    commands = [["trace", "export", "damaged.jsonl", "--to", export.name, "-o", export.name] for export in EXPORTS]
    commands += [["report", "damaged.jsonl"], ["trace", "diff", "damaged.jsonl", "good.jsonl"]]
    for command in commands:
        done = CliRunner().invoke(app, command)
        assert done.exception is None or isinstance(done.exception, SystemExit), (command, done.exception)
        codes = (2,) if damage in BAD else (0, 1)
        assert done.exit_code in codes, (command, done.output)
        if damage in BAD:
            assert "damaged.jsonl" in done.output
            assert len(done.output) < 1000
