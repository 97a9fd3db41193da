"""Puts the page together: one HTML file with its styles, scripts, pictures and packed data."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from simulator.dataclass import dataclass
from simulator.trace.policy import policy
from simulator.trace.report.blocks import Blocks, packed
from simulator.trace.report.content import run_content
from simulator.trace.report.plots import plots
from simulator.trace.saving import save
from simulator.trace.trace import Trace

SCRIPTS = ("dom", "model", "hex", "tree", "detail", "filters", "sections", "diagram", "overview", "scenario", "main")
"""The files of `web/` in the order in which they are read; each may use what those before it define."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    scenarios: int
    exchanges: int
    size: int
    """Bytes of the file."""


def write(traces: Sequence[Trace], path: Path) -> Written:
    """Write the report of a run; what is there already is replaced. Raises SimulatorError where that can't be done."""
    content = page(traces).encode()
    save(path, (content,))
    return Written(len(traces), sum(len(trace.exchanges) for trace in traces), len(content))


def page(traces: Sequence[Trace]) -> str:
    """The report of a run as HTML."""
    blocks = Blocks()
    run = run_content(traces, blocks)
    run["plots"] = plots(traces)
    data = {"run": packed(json.dumps(run, separators=(",", ":")).encode()), **blocks.parts}
    style = _web("page.css")
    script = '"use strict";\n' + "\n".join(_web(f"{name}.js") for name in SCRIPTS)
    began = datetime.fromtimestamp(run["started"], UTC)
    return Template(_web("page.html")).substitute(
        title=escape(f"mimi-sim report, {began:%Y-%m-%d %H:%M} UTC"),
        policy=policy(style, script),
        style=style,
        script=script,
        data="\n".join(f'<script type="text/plain" id="{name}">{text}</script>' for name, text in data.items()),
    )


def _web(name: str) -> str:
    return (files("simulator.trace.report") / "web" / name).read_text(encoding="utf-8")
