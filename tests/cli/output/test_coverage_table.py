from io import StringIO

from rich.console import Console

from simulator.cli.output.coverage_table import render
from simulator.rules import Requirement
from simulator.scenario import Result
from simulator.scenario.coverage import Coverage, Row

COVERAGE = Coverage(
    "a-draft",
    (
        Row(Requirement("T-1", "T", "Security", "Refuse what is for others."), ("bad/one", "bad/two"), Result.failed),
        Row(Requirement("T-22", "T", "Security", "Speak TLS 1.3."), ("bad/two",), None),
        Row(Requirement("DS-3", "DS", "Roles", "Only admins do.", "a sketch"), (), None),
        Row(Requirement("DS-4", "DS", "Order", "One order."), (), None),
    ),
)


def printed(*, terminal: bool) -> str:
    out = StringIO()
    console = Console(file=out, force_terminal=terminal, width=100, color_system="standard" if terminal else None)
    for part in render(COVERAGE, as_tables=terminal):
        console.print(part, soft_wrap=not terminal)
    return out.getvalue()


def test_a_program_reads_a_line_per_requirement() -> None:
    assert printed(terminal=False).splitlines() == [
        "T-1   failed       bad/one, bad/two",
        "T-22               bad/two",
        "DS-3               a sketch",
        "DS-4               NOTHING",
    ]


def test_somebody_reads_a_table_per_section() -> None:
    shown = printed(terminal=True)
    for words in ("T: Security", "DS: Roles", "Refuse what is for others.", "bad/one", "failed", "a sketch", "NOTHING"):
        assert words in shown
    assert shown.count("T: Security") == 1
    assert "\x1b[1;31mNOTHING" in shown
