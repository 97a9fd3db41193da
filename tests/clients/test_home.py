"""What clients ask of a home is what a provider's counter offers, name by name."""

import inspect

import pytest

from simulator.clients.home import Home, Letter
from simulator.provider import Counter
from simulator.storage import QueuedMessage


@pytest.mark.parametrize("name", [name for name in vars(Home) if not name.startswith("_")])
def test_a_counter_is_a_home(name: str) -> None:
    asked, offered = getattr(Home, name), getattr(Counter, name)
    if isinstance(asked, property):
        assert isinstance(offered, property)
        return
    assert inspect.iscoroutinefunction(asked) == inspect.iscoroutinefunction(offered)
    assert len(inspect.signature(asked).parameters) == len(inspect.signature(offered).parameters)


@pytest.mark.parametrize("name", [name for name in vars(Letter) if not name.startswith("_")])
def test_a_queued_message_is_a_letter(name: str) -> None:
    assert name in QueuedMessage.__dataclass_fields__
