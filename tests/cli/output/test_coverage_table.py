from io import StringIO

from rich.console import Console

from simulator.cli.output.coverage_table import render
from simulator.rules import Requirement
from simulator.scenario.claims import Claim, Verdict
from simulator.scenario.coverage import Coverage, Row

COVERAGE = Coverage(
    "a-draft",
    (
        Row(
            Requirement("T-1", "T", "Security", "Refuse what is for others."),
            {Claim("T-1", "bad/one", 7): Verdict.not_seen, Claim("T-1", "bad/two"): Verdict.seen},
            {"bad/two": (9, 12)},
        ),
        Row(Requirement("T-22", "T", "Security", "Speak TLS 1.3."), {Claim("T-22", "bad/two"): None}),
        Row(Requirement("DS-3", "DS", "Roles", "Only admins do.", "a sketch")),
        Row(Requirement("DS-4", "DS", "Order", "One order.")),
    ),
    ran=True,
)


def printed(*, terminal: bool) -> str:
    out = StringIO()
    console = Console(file=out, force_terminal=terminal, width=120, color_system="standard" if terminal else None)
    for part in render(COVERAGE, as_tables=terminal):
        console.print(part, soft_wrap=not terminal)
    return out.getvalue()


def test_a_program_reads_a_line_per_requirement() -> None:
    assert printed(terminal=False).splitlines() == [
        "T-1   not seen    bad/one:7, bad/two  seen in bad/two:9,12",
        "T-22              bad/two",
        "DS-3              a sketch",
        "DS-4              NOTHING",
    ]


def test_somebody_reads_a_table_per_section() -> None:
    shown = printed(terminal=True)
    for words in ("T: Security", "DS: Roles", "Refuse what is for others.", "bad/one:7", "not seen", "a sketch"):
        assert words in shown
    assert shown.count("T: Security") == 1
    assert "claimed by" in shown
    assert "\x1b[1;31mNOTHING" in shown
