"""The provider accepts it; the members open a secret that is not that of its key, and are together again by the end."""

from simulator.clients.adversary import WrongPathSecret
from simulator.federation import Session
from tests.clients.adversary.refused import refused_and_recovered_from


async def test_members_refuse_report_and_rejoin(session: Session, trio_group: str) -> None:
    await refused_and_recovered_from(session, trio_group, WrongPathSecret(trio_group), "path_key_mismatch")


async def test_who_does_not_compare_goes_on_with_keys_that_nobody_can_use(session: Session, trio_group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    session.waive(["RFC9420-7.5-PATH-KEY-MISMATCH"])
    await alice.perform(WrongPathSecret(trio_group))
    await session.settle()
    assert bob.groups[trio_group].epoch_authenticator == alice.groups[trio_group].epoch_authenticator
