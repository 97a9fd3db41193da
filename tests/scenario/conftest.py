"""What tests of scenarios have in common."""

import pytest

from tests.scenario.two_drafts import know_second


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second draft is there."""
    know_second(monkeypatch)
