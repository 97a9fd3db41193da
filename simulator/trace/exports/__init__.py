"""What other programs read: a run's traces as HAR, packets, tables, diagrams and JSON lines.

    traces --- write(traces, path) --- a file or folder that is complete in itself

An export is a file here with a `write`, and its line in `EXPORTS`. Each `write` replaces what is at the path already
when all is written (`simulator.trace.saving`), takes traces of runs that crashed as far as they go, and raises
SimulatorError where it can't write. What bytes mean is asked of `Trace.request` and `Trace.response`; no export knows a
struct.

    har, jsonl, mermaid, parquet     one file each
    pcapng, with tcp, pcapng_blocks  the connections' bytes, as packets that somebody might have caught; as a file
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.dataclass import dataclass
from simulator.trace.exports import har, jsonl, mermaid, parquet, pcapng
from simulator.trace.trace import Trace

Write = Callable[[Sequence[Trace], Path], None]


@dataclass(frozen=True, slots=True)
class Export:
    """A way to write traces down: its name, what comes of it, who does it, and which of `simulator.extras` it needs."""

    name: str
    about: str
    write: Write
    needs: str | None = None


EXPORTS = (
    Export("har", "an HTTP Archive 1.2 for browsers' developer tools, every body in it", har.write),
    Export("pcapng", "the TLS connections as packets with their keys, for Wireshark and tshark", pcapng.write),
    Export(
        "parquet",
        "a folder with exchanges.parquet and events.parquet, for DuckDB and data frames",
        parquet.write,
        "parquet",
    ),
    Export("mermaid", "the sequence diagram of a scenario; all of them, as Markdown, in a file *.md", mermaid.write),
    Export("jsonl", "a JSON object a line, for jq: what happened, with decoded bodies", jsonl.write),
)
"""All there are: `mimi-sim trace export` and its help are made of them."""
