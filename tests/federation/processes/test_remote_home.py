"""What clients ask of a provider in another process, without a word about how it gets there."""

from simulator.federation.processes.killable_provider import KillableProvider
from tests.federation.processes.killable import group_of_both, killable


async def test_all_that_a_client_asks() -> None:
    async with killable(in_file=False) as session:
        provider, alice = session.provider("a"), session.client("alice")
        assert isinstance(provider, KillableProvider)
        home, heard = provider.client_api, list[str]()
        provider.watch_requests("test", lambda: heard.append("request"))
        await group_of_both(session)
        assert heard
        before, (left, last_resort) = len(heard), home.key_packages_left(alice.uri, "regular")
        alice.publish(2, last_resort=False)
        assert home.key_packages_left(alice.uri, "regular") == (left + 2, last_resort)
        assert len(heard) == before + 1
        assert home.fetch(alice.uri) == ()
        assert not home.may_have(alice.uri)
        provider.watch_requests("test", None)
        home.acknowledge(alice.uri, 0)
        assert len(heard) == before + 2
        assert home.provider_key == provider.client_api.provider_key
        assert len(home.hub_keys) > 0
        assert home.consent_requests(alice.user) == ()
