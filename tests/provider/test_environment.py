"""What providers of a federation share."""

from simulator.federation import Session


async def test_all_providers_have_the_same(session: Session) -> None:
    assert len({id(provider._environment) for provider in session.providers}) == 1
    assert session.providers[0]._environment.network is session.network
