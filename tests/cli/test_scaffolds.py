"""What `new` writes says how to go on."""

from simulator.cli.scaffolds import honest, malicious
from simulator.scenario.loading.loader import read


def test_both_are_scenarios_with_comments() -> None:
    for make in (honest, malicious):
        text = make('"Mine"', "mine.yaml")
        assert read(text, "mine.yaml").name == "Mine"
        assert "mimi-sim run mine.yaml" in text
    assert "\n  draft: mine\n  providers:" in honest('"Mine"', "mine.yaml", "mine")
    assert read(malicious('"Mine"', "mine.yaml"), "mine.yaml").tags == ("malicious",)
