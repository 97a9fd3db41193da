"""Welcomes: one for each provider that gains clients, and none for anybody else ([DS] Add users to a group)."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.drafts.mimi_transport_00.rules.access import name_of, uri_of
from simulator.drafts.mimi_transport_00.rules.commits import ValidCommit
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.mls.key_package import KeyPackage
from simulator.mls.key_package_bundle import key_package_ref
from simulator.mls.message import MLSMessage
from simulator.mls.roster import Member
from simulator.mls.welcome import Welcome
from simulator.services.effects import Effect
from simulator.services.key_packages import not_after
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import Joiner


@dataclass(frozen=True, slots=True)
class Invitation:
    """One Welcome and the clients it is for, all of one provider."""

    welcome: MLSMessage
    clients: tuple[str, ...]


def check_welcomes(welcomes: Sequence[MLSMessage], commit: ValidCommit) -> tuple[Invitation, ...]:
    """Whether these invite exactly the clients that the commit adds, those of each provider in one Welcome.

    Raises Refusal invalid_welcome.
    """
    waiting = {reference: member for reference, (member, _) in _key_packages(commit).items()}
    invitations = []
    providers: set[str] = set()
    for message in welcomes:
        welcome = message.body
        if not isinstance(welcome, Welcome):
            raise _invalid(f"a {type(welcome).__name__} is no Welcome")
        if welcome.cipher_suite != commit.staged.group.suite.value:
            raise _invalid(f"a Welcome is for cipher suite {welcome.cipher_suite}, which is not the group's")
        members = []
        for secrets in welcome.secrets:
            member = waiting.pop(secrets.new_member, None)
            if member is None:
                raise _invalid(
                    f"a Welcome names KeyPackage {secrets.new_member.hex()}, which this commit does not add, "
                    "or which is named twice"
                )
            members.append(member)
        gaining = {name_of(member).provider for member in members}
        if len(gaining) != 1:
            raise _invalid(f"a Welcome is for clients of one provider, this one for those of {len(gaining)}")
        if gaining & providers:
            raise _invalid(f"two Welcomes are for {gaining.pop()}, where one is enough")
        providers |= gaining
        invitations.append(Invitation(message, tuple(uri_of(member) for member in members)))
    if waiting:
        raise _invalid("no Welcome invites " + ", ".join(uri_of(member) for member in waiting.values()))
    return tuple(invitations)


def invite(invitations: Sequence[Invitation], commit: ValidCommit, context: ServiceContext) -> tuple[Effect, ...]:
    """Keep the tree of the new epoch for the joiners until they have joined, and send them their Welcomes."""
    group = commit.staged.group
    passed = context.elapsed - context.now
    joiners = [
        Joiner(reference, group.epoch, uri_of(member), member.leaf_node.signature_key, not_after(key_package) + passed)
        for reference, (member, key_package) in _key_packages(commit).items()
    ]
    context.store.groups.add_joiners(group.group_id, group.epoch, group.ratchet_tree(), joiners)
    effects: tuple[Effect, ...] = ()
    for invitation in invitations:
        effects += deliver(
            group.group_id, invitation.clients, invitation.welcome, context, asks_consent=commit.record.connection
        )
    return effects


def _key_packages(commit: ValidCommit) -> dict[bytes, tuple[Member, KeyPackage]]:
    """Who was added, by KeyPackageRef, in the order of the Adds."""
    added = commit.staged.added
    return {key_package_ref(member.key_package): (member, member.key_package) for member in added if member.key_package}


def _invalid(rule: str) -> Refusal:
    return Refusal(Code.invalid_welcome, rule, "[DS] Add users to a group")
