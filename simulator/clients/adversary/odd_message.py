"""An application message that an honest member does not send: the group has ended, or a removal has been proposed, or
something is wrong with how it is encrypted.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.flaws import NOTHING, spoiler
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Sent
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import Content
from simulator.mls.crypto.randomness import Rand
from simulator.mls.framing.framing import ApplicationData, WireFormat
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.outgoing import frame, signed
from simulator.mls.framing.private_message import seal
from simulator.mls.group import Group
from simulator.mls.key_schedule.secret_tree import MAX_AHEAD, RatchetKind
from simulator.mls.member_state import MemberState
from simulator.rules import KEEPS_NOTHING, enforced_by
from simulator.services import commands

Write = Callable[[MemberState, Content, Rand], tuple[MLSMessage, MemberState]]
"""Makes the message; and the member without the key that it took."""


@dataclass(frozen=True, slots=True)
class OddMessage:
    """`data` is what the members are to read; `flaw` is one of `FLAWS`, or of the draft's, if it has any."""

    group: str
    data: bytes
    flaw: str = NOTHING

    async def prepare(self, state: ClientState) -> Prepared:
        """Raises as `write` does."""
        group = state.group(self.group)
        outgoing = state.write_as_member(commands.SendMessage(self.write(state)), group)
        return Prepared(self.group, outgoing, event=Sent(self.group, group.epoch, self.data))

    def write(self, state: ClientState) -> MLSMessage:
        """Write it as if no ReInit had ended the group, and no proposal waited (RFC 9420 11.2, 12.4). Raises
        NotAMember, and Misuse for an unknown flaw.
        """
        spoil = state.draft.adversary.contents.get(self.flaw)
        write = _soundly if self.flaw == NOTHING or spoil else spoiler(FLAWS, self.flaw, "message")
        member = state.group(self.group).state
        odd = member.with_public(replace(member.public, reinit=None, proposals={}))
        content = state.draft.mls.wrap(self.data, Group(odd), state.rand)
        content = content if spoil is None else spoil(content)
        with enforced_by(KEEPS_NOTHING):
            message, spent = write(odd, content, state.rand)
        state.groups[self.group] = Group(spent.with_public(member.public))
        return message


def _soundly(member: MemberState, content: Content, rand: Rand) -> tuple[MLSMessage, MemberState]:
    return _framed(member, content, WireFormat.mls_private_message, rand)


def in_public(member: MemberState, content: Content, rand: Rand) -> tuple[MLSMessage, MemberState]:
    """The message is signed, but not encrypted."""
    return _framed(member, content, WireFormat.mls_public_message, rand)


def filled_padding(member: MemberState, content: Content, rand: Rand) -> tuple[MLSMessage, MemberState]:
    """The padding holds something, where nobody looks for it."""
    message = signed(member, ApplicationData(content.data), WireFormat.mls_private_message, content.authenticated_data)
    keys = member.messages
    sealed, left = seal(member.suite, message, keys.secret_tree, keys.sender_data_secret, rand, b"something")
    return mls_message(sealed), member.with_messages(keys.with_secret_tree(left))


def far_generation(member: MemberState, content: Content, rand: Rand) -> tuple[MLSMessage, MemberState]:
    """The message has a generation so far ahead that its keys are a long way off. The next message has the next one."""
    keys = member.messages
    tree = keys.secret_tree
    for _ in range(MAX_AHEAD + 1):
        _, tree = tree.next_key(member.own_index, RatchetKind.application)
    message, _ = _soundly(member.with_messages(keys.with_secret_tree(tree)), content, rand)
    return message, member


FLAWS: Mapping[str, Write] = {each.__name__: each for each in (in_public, filled_padding, far_generation)}
"""What can be wrong with an application message, by name; the docstring is the meaning."""


def _framed(
    member: MemberState, content: Content, wire_format: WireFormat, rand: Rand
) -> tuple[MLSMessage, MemberState]:
    return frame(member, signed(member, ApplicationData(content.data), wire_format, content.authenticated_data), rand)
