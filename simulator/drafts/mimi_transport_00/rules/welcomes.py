"""Welcomes: one for each provider that gains clients, and none for anybody else ([DS] Add users to a group)."""

from collections.abc import Sequence

from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.message import MLSMessage
from simulator.rules import check
from simulator.services.accounts.key_packages import not_after
from simulator.services.delivery.effects import Effect
from simulator.services.hub.commits import ValidCommit
from simulator.services.hub.welcomes import Invitation, WelcomeRules, added_by, match_welcomes
from simulator.services.members import name_of, uri_of
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import Joiner

_SECTION = "[DS] Add users to a group"

WELCOME = WelcomeRules(
    form=rule("P-4-WELCOME", Code.invalid_welcome, _SECTION, part="FORM", essential="it invites nobody"),
    suite=rule("P-4-WELCOME", Code.invalid_welcome, _SECTION, part="CIPHER-SUITE"),
    added=rule("P-4-WELCOME", Code.invalid_welcome, _SECTION, part="ADDED"),
    complete=rule("P-4-WELCOME", Code.invalid_welcome, _SECTION, part="COMPLETE"),
)
ONE_PROVIDER = rule("P-4-WELCOME", Code.invalid_welcome, _SECTION, part="ONE-PROVIDER")
ONE_WELCOME = rule("DS-ADD-USERS-VALIDATION-5", Code.invalid_welcome, _SECTION)


def check_welcomes(welcomes: Sequence[MLSMessage], staged: StagedCommit) -> tuple[Invitation, ...]:
    """Whether these invite exactly the clients that the commit adds, those of each provider in one Welcome.

    Raises Refusal invalid_welcome.
    """
    invitations = []
    providers: set[str] = set()
    for invitation in match_welcomes(welcomes, staged, WELCOME):
        gaining = {name_of(member).provider for member in invitation.members}
        one = len(gaining) == 1
        check(ONE_PROVIDER, one, f"a Welcome is for clients of one provider, this one for those of {len(gaining)}")
        twice = ", ".join(sorted(gaining & providers))
        check(ONE_WELCOME, not twice, f"two Welcomes are for {twice}, where one is enough")
        providers |= gaining
        invitations.append(invitation)
    return tuple(invitations)


def invite(invitations: Sequence[Invitation], commit: ValidCommit, context: ServiceContext) -> tuple[Effect, ...]:
    """Keep the tree of the new epoch for the joiners until they have joined, and send them their Welcomes."""
    group = commit.staged.group
    passed = context.elapsed - context.now
    joiners = [
        Joiner(reference, group.epoch, uri_of(member), member.leaf_node.signature_key, not_after(key_package) + passed)
        for reference, (member, key_package) in added_by(commit.staged).items()
    ]
    context.store.groups.add_joiners(group.group_id, group.epoch, group.ratchet_tree(), joiners)
    asks = GroupFacts.of(commit.record).is_connection
    effects: tuple[Effect, ...] = ()
    for invitation in invitations:
        clients = [uri_of(member) for member in invitation.members]
        effects += deliver(group.group_id, clients, invitation.welcome, context, asks_consent=asks)
    return effects
