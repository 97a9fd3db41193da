"""What tests of scenarios have in common."""

import pytest

from simulator.scenario.running import step_run
from tests.scenario.two_drafts import know_second


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second draft is there."""
    know_second(monkeypatch)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an external provider may still do is not waited for as long as anybody else would."""
    monkeypatch.setattr(step_run, "PATIENCE", 0.3)
