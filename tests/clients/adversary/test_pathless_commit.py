"""A commit that says what it does is an honest one; one that says something else, its sender alone follows."""

from dataclasses import replace

from simulator.clients import ClientState
from simulator.clients.adversary.pathless_commit import commit_without_path
from simulator.clients.operations import Operation, Prepared
from simulator.federation import Session
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.tree.leaf_node import ProtocolVersion
from simulator.services import commands


def _reinit(state: ClientState, group: str) -> ReInit:
    context = state.group(group).public.context
    return ReInit(b"mimi://a.example/g/next", ProtocolVersion.mls10, context.cipher_suite, context.extensions)


class End:
    """The end of a group."""

    def __init__(self, group: str) -> None:
        self.group = group

    async def prepare(self, state: ClientState) -> Prepared:
        group = state.group(self.group)
        commit = commit_without_path(state, group, (_reinit(state, self.group),))
        request = state.write_as_member(commands.ReInitializeGroup(commit.update), group)
        return Prepared(self.group, request, commit.next)


async def test_everybody_follows(session: Session, trio_group: str) -> None:
    operation: Operation = End(trio_group)
    await session.client("alice.phone").perform(operation)
    await session.settle()
    groups = [session.client(name).groups[trio_group] for name in ("alice.phone", "bob", "carol")]
    assert {(group.epoch, group.active) for group in groups} == {(2, False)}
    assert len({group.epoch_authenticator for group in groups}) == 1


async def test_what_is_written_is_committed_to(session: Session, trio_group: str) -> None:
    alice = session.client("alice.phone")
    group, sound = alice.groups[trio_group], _reinit(alice.state, trio_group)
    honest = commit_without_path(alice.state, group, (sound,))
    other = commit_without_path(alice.state, group, (sound,), (replace(sound, group_id=b"elsewhere"),))
    assert honest.next.public.reinit == sound
    assert other.next.public.reinit == replace(sound, group_id=b"elsewhere")
    assert other.joiner_secret != honest.joiner_secret
    assert other.group_info.group_context == other.next.public.context
    assert (other.added, other.update.extensions) == ((), other.group_info.extensions)
