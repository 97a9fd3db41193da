"""Welcomes against the Adds of their commit: each KeyPackage that comes is named by one of them, once."""

from collections.abc import Iterator, Sequence

from simulator.dataclass import dataclass
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.mls.joining.welcome import Welcome
from simulator.mls.tree.roster import Member
from simulator.rules import Rule, check, refuse
from simulator.services.members import uri_of


@dataclass(frozen=True, slots=True)
class WelcomeRules:
    """What a draft demands of Welcomes."""

    form: Rule
    """That each is a Welcome."""
    suite: Rule
    """That it is of the group's cipher suite."""
    added: Rule
    """That it names no KeyPackage but those that come, and none twice."""
    complete: Rule
    """That all of them are named."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One Welcome, and the new members that it is for."""

    welcome: MLSMessage
    members: tuple[Member, ...]


def match_welcomes(welcomes: Sequence[MLSMessage], staged: StagedCommit, rules: WelcomeRules) -> Iterator[Invitation]:
    """Each Welcome with the members that it invites, checked one by one; together they invite all whom the commit adds.

    Raises Refusal, also after the last.
    """
    waiting = {reference: member for reference, (member, _) in added_by(staged).items()}
    for message in welcomes:
        welcome = message.body
        if not isinstance(welcome, Welcome):
            refuse(rules.form, f"a {type(welcome).__name__} is no Welcome")
        check(
            rules.suite,
            welcome.cipher_suite == staged.group.suite.value,
            f"a Welcome is for cipher suite {welcome.cipher_suite}, which is not the group's",
        )
        members = []
        for secrets in welcome.secrets:
            member = waiting.pop(secrets.new_member, None)
            words = f"a Welcome names KeyPackage {secrets.new_member.hex()}, which this commit does not add, "
            check(rules.added, member is not None, words + "or which is named twice")
            if member is not None:
                members.append(member)
        yield Invitation(message, tuple(members))
    check(rules.complete, not waiting, "no Welcome invites " + ", ".join(uri_of(member) for member in waiting.values()))


def added_by(staged: StagedCommit) -> dict[bytes, tuple[Member, KeyPackage]]:
    """Who was added, by KeyPackageRef, in the order of the Adds."""
    return {
        key_package_ref(member.key_package): (member, member.key_package)
        for member in staged.added
        if member.key_package
    }
