"""A change is its sentence."""

from simulator.trace.layout.comparing import Change, Kind


def test_it_reads_as_its_sentence() -> None:
    assert str(Change(Kind.rule_removed, "X-1", "", "X-1", "", "rule dropped: X-1")) == "rule dropped: X-1"
