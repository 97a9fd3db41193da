"""What clients ask of their home provider is what a provider's client API offers, name by name."""

import inspect

import pytest

from simulator.clients.home_provider import HomeProvider
from simulator.provider import ClientAPI


@pytest.mark.parametrize("name", [name for name in vars(HomeProvider) if not name.startswith("_")])
def test_the_client_api_is_what_clients_ask_for(name: str) -> None:
    asked, offered = getattr(HomeProvider, name), getattr(ClientAPI, name)
    if isinstance(asked, property):
        assert isinstance(offered, property)
        return
    assert inspect.iscoroutinefunction(asked) == inspect.iscoroutinefunction(offered)
    assert len(inspect.signature(asked).parameters) == len(inspect.signature(offered).parameters)
