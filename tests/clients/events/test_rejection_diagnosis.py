"""What a refused message says about its deliverer."""

from simulator.clients.events.events import Equivocated, FellBehind, Rejected
from simulator.clients.events.history import History
from simulator.clients.events.rejection_diagnosis import diagnose, doubtful, equivocated
from simulator.clients.operations import UpdateClient
from simulator.federation import Session
from simulator.mls.errors import InvalidMAC, WrongEpoch
from simulator.mls.framing.message import MLSMessage
from simulator.rules import Enforcement, enforced_by
from tests.breaking import breaks
from tests.clients.prepared import update_of

RULE = InvalidMAC("invalid_membership_tag", "RFC 9420 6.2", "no")


async def _update(session: Session, group: str) -> MLSMessage:
    return update_of(await session.client("alice.phone").prepare(UpdateClient(group)))


async def test_the_future_means_that_something_is_missing(session: Session, group: str) -> None:
    message, error = await _update(session, group), WrongEpoch(1, 3)
    assert diagnose(group, message, error, History(), session.now) == FellBehind(group, 1, 3)
    assert doubtful(message, error, 1)


async def test_the_past_means_nothing_unless_it_is_another_past(session: Session, group: str) -> None:
    alice, error = session.client("alice.phone"), WrongEpoch(2, 1)
    told, other = await _update(session, group), await _update(session, group)
    assert isinstance(diagnose(group, told, error, History(), session.now), Rejected)
    assert not doubtful(told, error, 2)
    before = alice.groups[group].public
    await alice.perform(UpdateClient(group))
    history = History()
    history.note(before, alice.groups[group].public)
    event = diagnose(group, other, error, history, session.now)
    assert event == Equivocated(
        group, 1, f"a second commit for the same epoch, by {alice.uri}", ("RFC9420-14-EQUIVOCATION",)
    )


async def test_a_refused_commit_of_this_epoch_may_have_been_accepted_by_the_owner(session: Session, group: str) -> None:
    message = await _update(session, group)
    assert isinstance(diagnose(group, message, RULE, History(), session.now), Rejected)
    assert doubtful(message, RULE, 1)
    assert not doubtful(message, RULE, 2)


def test_who_does_not_keep_the_rule_notices_no_equivocation() -> None:
    with enforced_by(Enforcement(frozenset({"RFC9420-14-EQUIVOCATION"}))):
        assert equivocated("mimi://a.example/g/x", 1, "two of them") is None
    with breaks("RFC9420-14-EQUIVOCATION"):
        event = equivocated("mimi://a.example/g/x", 1, "two of them")
    assert event == Equivocated("mimi://a.example/g/x", 1, "two of them", ("RFC9420-14-EQUIVOCATION",))
