"""What a comparison has found."""

from simulator.trace.comparing.change import Change
from simulator.trace.comparing.findings import Findings
from simulator.trace.comparing.layouts import LayoutFinding
from simulator.trace.comparing.verdicts import VerdictChange
from simulator.trace.layout.comparing import Change as LayoutChange
from simulator.trace.layout.comparing import Kind

LAYOUT = LayoutFinding(LayoutChange(Kind.rule_removed, "R-1", "", "R-1", "", "rule dropped: R-1"))


def test_nothing_is_false_and_anything_is_true() -> None:
    assert not Findings(scenarios=3, same=3)
    assert Findings(layout=(LAYOUT,))
    assert Findings(changes=(Change("a"),))


def test_it_is_told_in_the_protocol_s_words_first() -> None:
    verdict = VerdictChange("R-1", 3, 0, ("a",))
    found = Findings((LAYOUT,), (verdict,), (Change("a", field="status", old="1", new="2"),))
    assert list(found.sentences()) == ["rule dropped: R-1", "R-1 refuses nothing any more: 3 before, in a"]
    assert len(found.causes) == 1
