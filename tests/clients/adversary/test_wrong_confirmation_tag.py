"""The provider accepts it, all members refuse it, say so, and are together again by the end."""

from simulator.clients.adversary import WrongConfirmationTag
from simulator.federation import Session
from tests.clients.adversary.refused import refused_and_recovered_from, stays_behind_until_it_recovers


async def test_members_refuse_report_and_rejoin(session: Session, trio_group: str) -> None:
    await refused_and_recovered_from(session, trio_group, WrongConfirmationTag(trio_group), "invalid_confirmation_tag")


async def test_who_does_not_recover_says_so_and_stays_where_it_was(session: Session, trio_group: str) -> None:
    await stays_behind_until_it_recovers(session, trio_group, WrongConfirmationTag(trio_group))
