"""Welcomes to a sound group that break a rule (RFC 9420 12.4.3.1): only whoever is invited can tell."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.crafting import flipped
from simulator.clients.adversary.flaws import spoiler
from simulator.clients.adversary.pathless_commit import PathlessCommit, commit_without_path
from simulator.clients.client_state import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.add_users import fetch_key_packages
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.errors import Misuse
from simulator.mls.crypto.suite import CIPHER_SUITES, CipherSuite
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.identity import Identity
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.welcome_builder import Invitation
from simulator.mls.key_schedule.key_schedule import EpochSecrets
from simulator.mls.proposals.proposals import Add
from simulator.services import commands
from simulator.services.members import client_of


@dataclass(frozen=True, slots=True)
class Letter:
    """What a Welcome is encrypted by, and what the GroupInfo in it says; the rest is as it should be."""

    welcome_suite: CipherSuite
    group_suite: CipherSuite
    confirmation_tag: Callable[[bytes], bytes] = lambda tag: tag


@dataclass(frozen=True, slots=True)
class OddWelcome:
    """All clients of the users (URIs) are added by a sound commit, and invited by Welcomes with a flaw, one of
    `FLAWS`.
    """

    group: str
    users: tuple[str, ...]
    flaw: str

    async def prepare(self, state: ClientState) -> Prepared:
        """As an honest add_users, but for the Welcomes.

        Raises what that raises, and Misuse for an unknown flaw, or where the group's cipher suite has no other
        beside it that the flaw could confuse it with.
        """
        spoil = spoiler(FLAWS, self.flaw, "Welcome")
        group, mls = state.group(self.group), state.draft.mls
        letter = spoil(Letter(group.public.suite, group.public.suite))
        kind = mls.kind_of(own_leaf(group))
        key_packages = await fetch_key_packages(state, self.group, self.users, kind=kind)
        coming = tuple(client_of(key_package.leaf_node) for key_package in key_packages)
        proposals = (*map(Add, key_packages), *mls.roster_change(group.public, adds=coming))
        commit = commit_without_path(state, group, proposals)
        command = commands.AddUsers(commit.update, _welcomes(letter, commit, state))
        return Prepared(self.group, state.write_as_member(command, group), commit.next)


def welcome_of_another_suite(letter: Letter) -> Letter:
    """The Welcome is of another cipher suite than the KeyPackage that it is for; so is the group in it."""
    other = _sibling(letter.group_suite)
    return replace(letter, welcome_suite=other, group_suite=other)


def group_of_another_suite(letter: Letter) -> Letter:
    """The GroupInfo in the Welcome is of another cipher suite than the Welcome."""
    return replace(letter, group_suite=_sibling(letter.group_suite))


def wrong_tag_in_welcome(letter: Letter) -> Letter:
    """The confirmation tag of the GroupInfo in the Welcome is not made with the secrets of the epoch."""
    return replace(letter, confirmation_tag=flipped)


FLAWS: Mapping[str, Callable[[Letter], Letter]] = {
    spoil.__name__: spoil for spoil in (welcome_of_another_suite, group_of_another_suite, wrong_tag_in_welcome)
}
"""What can be wrong with a Welcome, by name; the docstring is the meaning."""


def _sibling(suite: CipherSuite) -> CipherSuite:
    """One that differs only in how messages are encrypted, so that leaves, tree and signatures fit both."""
    for other in CIPHER_SUITES:
        alike = (other.kem, other.kdf, other.signature) == (suite.kem, suite.kdf, suite.signature)
        if other is not suite and alike:
            return other
    raise Misuse(f"no other cipher suite has the keys and hashes of {suite.name}")


def _welcomes(letter: Letter, commit: PathlessCommit, state: ClientState) -> tuple[MLSMessage, ...]:
    info = _group_info(letter, commit, commit.next.identity)
    invitation = Invitation(letter.welcome_suite, commit.joiner_secret, commit.psk_secret, (), None)
    welcomes = invitation.welcomes(commit.added, info, state.draft.mls.welcome_for, state.rand)
    return tuple(map(mls_message, welcomes))


def _group_info(letter: Letter, commit: PathlessCommit, signer: Identity) -> GroupInfo:
    """As whoever joins would work out its secrets from this very GroupInfo."""
    suite = letter.group_suite
    context = replace(commit.group_info.group_context, cipher_suite=suite.value)
    secrets = EpochSecrets.of_joiner(suite, commit.joiner_secret, commit.psk_secret, context)
    tag = letter.confirmation_tag(secrets.confirmation_tag(context.confirmed_transcript_hash))
    unsigned = replace(commit.group_info, group_context=context, confirmation_tag=tag)
    return replace(unsigned, signature=signer.sign(suite, "GroupInfoTBS", group_info_tbs(unsigned)))
