"""A message that an honest client does not send."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import NOTHING, meanings, meanings_or_nothing
from simulator.clients.adversary.odd_message import FLAWS, OddMessage
from simulator.clients.members import clients
from simulator.drafts import registry
from simulator.federation import Unsupported
from simulator.provider.adversary import tell
from simulator.scenario.names import OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep
from simulator.services.names import group_provider


def _flaws() -> Mapping[str, str]:
    """Those of MLS, and of one draft or another."""
    of_drafts = {name: spoil for draft in registry.known() for name, spoil in draft.adversary.contents.items()}
    return {**meanings_or_nothing(FLAWS), **meanings(of_drafts)}


MessageFlaw = Annotated[str, OneOf("flaw of messages", _flaws, keyword="odd_message")]
"""What is wrong with an application message."""


class OddMessageStep(OperationStep, frozen=True, kw_only=True, tag="odd_message"):
    """A member sends a message though a ReInit has ended the group (RFC 9420 11.2), or a proposal waits for a commit
    (RFC 9420 12.4), or one with a `flaw` that only the members can see. An honest client would not even encrypt it.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    text: str = "hello"
    flaw: MessageFlaw = NOTHING
    """What is wrong with it."""
    unchecked: bool = False
    """The hub brings it to all other members whatever it is, in league with the sender."""

    def operation(self, context: Context) -> OddMessage:
        """As `send`, whatever state the group is in. Raises Unsupported for a flaw that the draft does not know."""
        draft = context.session.draft
        if self.flaw not in (NOTHING, *FLAWS, *draft.adversary.contents):
            raise Unsupported(f'no message of {draft.name} has the flaw "{self.flaw}"')
        return OddMessage(context.group(self.group), self.text.encode(), self.flaw)

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The member, and the hub where that is in league with it."""
        return (self.by, group_provider(context.group(self.group).encode())) if self.unchecked else (self.by,)

    async def run(self, context: Context) -> None:
        """Write it and send it."""
        odd, client = self.operation(context), context.session.client(self.by)
        if not self.unchecked:
            await client.perform(odd)
            return
        others = [uri for uri in clients(client.state.group(odd.group)).values() if uri != client.uri]
        tell(context.session.provider(group_provider(odd.group.encode())), odd.group, odd.write(client.state), others)
