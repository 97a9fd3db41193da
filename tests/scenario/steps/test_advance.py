"""Time passes as far as it is told to."""

from pathlib import Path

from simulator.scenario import Result
from tests.scenario.small_scenarios import passes, play, with_external


async def test_key_packages_expire() -> None:
    await passes("""
  - advance: 27d
    expect: {key_packages: {of: bob, remaining: 3}}
  - advance: 1d
  - advance: 1s
    expect: {key_packages: {of: bob, remaining: 0}}
""")


async def test_an_external_provider_s_clock_is_not_ours(tmp_path: Path) -> None:
    result = await play("  - advance: 1d\n  - advance: 25h\n", with_external(tmp_path))
    assert [step.result for step in result.steps] == [Result.passed, Result.unsupported]
    assert result.reason == "c.example is an external provider: so much later (25 h) can't be had from outside"
