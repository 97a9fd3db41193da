"""A member's commit under an operation that it need not fit."""

from enum import Enum
from typing import Annotated, ClassVar

import msgspec

from simulator.clients.adversary.flaws import NOTHING, flaws
from simulator.clients.adversary.odd_commit import OddCommit, Welcomes
from simulator.clients.adversary.odd_psk import Psk
from simulator.drafts import registry
from simulator.errors import SimulatorError, hint
from simulator.federation import Unsupported
from simulator.mls.key_schedule.psk import ResumptionPSKUsage
from simulator.provider.adversary import take_commit
from simulator.scenario.names import ClientRef, GroupRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import RequestStep
from simulator.scenario.steps.odd_group import Flaw
from simulator.services.names import group_provider, parse_client


def operations() -> tuple[str, ...]:
    """Under what a commit can be filed, in one draft or another."""
    return tuple(dict.fromkeys(name for draft in registry.known() for name in draft.adversary.operations))


class Usage(Enum):
    """What a resumption PSK is for."""

    application = "application"
    reinit = "reinit"
    branch = "branch"


class PskOf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PSK by which a commit says that it goes on from another group (RFC 9420 8.4): `{of: old, usage: reinit}`."""

    of: GroupRef | None = None
    """The group whose resumption PSK it is; without one, it is a secret of which nobody else has heard."""
    usage: Usage = Usage.reinit
    """What it is for; an external PSK has none."""
    epoch: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """That group's epoch; the present one if not said."""

    def named(self, context: Context) -> Psk:
        """With the group's URI."""
        return Psk(None if self.of is None else context.group(self.of), ResumptionPSKUsage[self.usage.name], self.epoch)


class OddCommitStep(RequestStep, frozen=True, kw_only=True, tag="odd_commit"):
    """A member commits what one says and files it under `operation`. The commit itself is whole by RFC 9420; whether it
    fits the operation, the hub has to tell.

    `odd_commit: {by: mallory, group: team, operation: add_users, removes: alice}`
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    group: GroupRef
    operation: str
    """`add_users`, `remove_clients`, ..., as the draft calls it; one that takes a message of another kind does, too."""
    users: tuple[UserRef, ...] = ()
    """Users to add, with all of their clients that have KeyPackages."""
    clients: tuple[ClientRef, ...] = ()
    """Single clients to add."""
    connection: bool = False
    """Add the users by connection KeyPackages."""
    removes: tuple[ClientRef, ...] = ()
    """Clients to remove."""
    successor: str | None = None
    """The id of the group that is to follow: a ReInit proposal."""
    same_id: GroupRef | None = None
    """The group whose id the ReInit names, instead of `successor`."""
    without_version: bool = False
    """A proposal that takes the protocol's version out of the group's context."""
    credential: ClientRef | None = None
    """The client that the committer claims to be from now on."""
    made_up: tuple[str, ...] = ()
    """Clients to add that the committer makes up, by URI: `mimi://a.example/d/nobody/phone`. It has their keys."""
    new_key: bool = False
    """The committer's new leaf has a signature key that it has not shown to anybody before."""
    authenticated_data: str = ""
    """What the message says besides: two proposals of the same thing can differ in it."""
    private: bool = False
    """Encrypted, so that the hub can't look into it."""
    proposed: bool = False
    """Only the first proposal, without a commit."""
    flaw: Flaw = NOTHING
    """What is wrong with its GroupInfo, its proposals or the committer's leaf or, where there is to be a successor,
    with the group that is announced.
    """
    psks: tuple[PskOf, ...] = ()
    """PSKs that go into the commit."""
    welcomes: Welcomes = Welcomes.per_provider
    """How those who are added are invited."""
    unchecked: bool = False
    """The hub takes it whatever it is, in league with the committer, as long as RFC 9420 allows it."""

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        known = operations()
        if self.operation not in known:
            raise SimulatorError(f'"{self.operation}" takes no commit{hint(self.operation, known)}')
        for client in self.made_up:
            parse_client(client)

    def request(self, context: Context) -> OddCommit:
        """The commit. Raises Unsupported where external providers' users have other clients than it needs, where the
        draft has no such operation or flaw, and where its groups have no version.
        """
        session = context.session
        draft = session.draft
        if self.operation not in draft.adversary.operations:
            raise Unsupported(f"{draft.name} has no operation {self.operation}")
        if self.without_version and draft.adversary.version_extension is None:
            raise Unsupported(f"a group of {draft.name} says no version that could be taken out")
        if self.flaw not in flaws(draft):
            raise Unsupported(f'nothing has the flaw "{self.flaw}" in {draft.name}')
        if self.welcomes is Welcomes.per_client:
            for name in self.users:
                context.check_clients(session.client(self.by).user, name)
        return OddCommit(
            context.group(self.group),
            self.operation,
            users=tuple(context.user_uri(name) for name in self.users),
            clients=tuple(session.client(name).uri for name in self.clients),
            connection=self.connection,
            removes=tuple(session.client(name).uri for name in self.removes),
            successor=self.successor if self.same_id is None else context.group(self.same_id),
            without_version=self.without_version,
            credential=None if self.credential is None else session.client(self.credential).uri,
            made_up=self.made_up,
            new_key=self.new_key,
            authenticated_data=self.authenticated_data,
            private=self.private,
            proposed=self.proposed,
            flaw=self.flaw,
            psks=tuple(psk.named(context) for psk in self.psks),
            welcomes=self.welcomes,
        )

    async def run(self, context: Context) -> None:
        """Build it and send it. Raises as `request` does."""
        odd, client = self.request(context), context.session.client(self.by)
        if not self.unchecked:
            await client.perform(odd)
            return
        update, welcomes, after = await odd.build(client.state)
        take_commit(context.session.provider(group_provider(odd.group.encode())), update, welcomes)
        client.state.adopt(odd.group, after)
