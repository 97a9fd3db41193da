"""Joining by Welcome: open it, get the ratchet tree of that epoch, become a member."""

from simulator.clients.client_state import ClientState
from simulator.dataclass import dataclass
from simulator.drafts.requests.answers import as_asked
from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.errors import InvalidWelcome, MLSError
from simulator.mls.group import Group
from simulator.mls.joining.join import open_welcome
from simulator.mls.joining.key_package_bundle import KeyPackageBundle
from simulator.mls.joining.rules import FOR_US
from simulator.mls.joining.welcome import Welcome
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.rule import OURS, rule
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.rules import check, refuse
from simulator.services.asker import AsInvited
from simulator.services.commands import FetchTree
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.names import group_provider, show_group
from simulator.services.refusal import Code, Refusal
from simulator.services.results import JoinerTree

LEADS_THERE = rule(
    InvalidWelcome, "", "wrong_group", "A Welcome leads to the group that it was delivered for.", source=OURS
)

AGAIN = Practice(
    "CLIENT-FETCHES-TREE-AGAIN",
    Kind.retried,
    "A joiner asks a few times for the tree before it takes a refusal, or a tree that does not fit, for the last word.",
)
ATTEMPTS = 3
"""How often the hub is asked before its refusal, or a tree that does not fit, is the last word: there is only this
one Welcome, and question or answer may have been spoilt on the way."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A Welcome with the ratchet tree of the epoch that it leads to, where that came with it."""

    welcome: Welcome
    ratchet_tree: RatchetTreeNodes | None = None


class Overtaken(Exception):
    """A Welcome leads to an epoch that the client is past: it has come into the group itself, by an external commit,
    while the Welcome was on its way.
    """

    def __init__(self, words: str, bundle: KeyPackageBundle) -> None:
        super().__init__(words)
        self.bundle = bundle
        """Of the KeyPackage by which it was invited: that leaf is no longer in the group."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Where a Welcome leads, and by which KeyPackage; `adopt` makes the client a member."""

    group: Group
    bundle: KeyPackageBundle

    def adopt(self, state: ClientState, uri: str) -> None:
        """Keep the group under its URI; the KeyPackage has done its work."""
        state.groups[uri] = self.group
        state.stock.used(self.bundle)


async def open_invitation(state: ClientState, uri: str, invitation: Invitation, *, asked: bool) -> Invited:
    """The group that a Welcome leads to; the client's state is not changed.

    The Welcome came for the group `uri`, and must lead there: who delivers it may not put one group in another's
    place. `asked` says whether the user was asked: anybody may fetch a connection KeyPackage, so nobody is joined by
    one without consent, and nobody is asked but to join a connection group, as the draft has it.

    Raises Overtaken for a Welcome to an epoch before the client's own, where nobody was asked; MLSError for one that
    is not for us or not sound; and what asking the hub raises.
    """
    welcome = invitation.welcome
    bundle = state.stock.find(secret.new_member for secret in welcome.secrets)
    if bundle is None:
        refuse(FOR_US, "the Welcome is for no KeyPackage of ours")
    mls = state.draft.mls
    mls.check_invitation(bundle.key_package, asked=asked)
    psks = PSKStore()
    for group in state.groups.values():
        psks = group.state.psks(psks)
    context = open_welcome(welcome, (bundle,), psks).group_info.group_context
    words = f"the Welcome leads to {show_group(context.group_id)}, but was delivered for {uri}"
    check(LEADS_THERE, context.group_id == uri.encode(), words)
    known = state.groups.get(uri)
    if not asked and known is not None and context.epoch < known.epoch:
        raise Overtaken(f"the Welcome is to epoch {context.epoch}, and we are in epoch {known.epoch}", bundle)
    if invitation.ratchet_tree is not None:
        invited = await _join(state, welcome, bundle, invitation.ratchet_tree)
    else:
        question = state.write(
            FetchTree(context.group_id, context.epoch),
            group_provider(context.group_id),
            AsInvited(bundle.reference),
        )
        invited = await _ask(state, uri, welcome, bundle, question)
    mls.check_joined(invited.group.public, state.user, asked=asked)
    return invited


async def _ask(state: ClientState, uri: str, welcome: Welcome, bundle: KeyPackageBundle, question: Outgoing) -> Invited:
    for _ in range(ATTEMPTS - 1):
        try:
            return await _join(state, welcome, bundle, await _fetch_tree(state, question))
        except (MLSError, Refusal) as error:
            if isinstance(error, Refusal) and error.code is Code.rate_limited:
                raise
            state.decided(Decision(AGAIN, str(error), question.operation, uri, question.recipient))
    return await _join(state, welcome, bundle, await _fetch_tree(state, question))


async def _fetch_tree(state: ClientState, question: Outgoing) -> RatchetTreeNodes:
    answer = await state.home.submit(question)
    return as_asked(answer, JoinerTree, f"{question.recipient} did not answer with a ratchet tree").ratchet_tree


async def _join(state: ClientState, welcome: Welcome, bundle: KeyPackageBundle, tree: RatchetTreeNodes) -> Invited:
    others = tuple(state.groups.values())
    joining = Group.joining(welcome, (bundle,), state.identity, tree, groups=others)
    group = await state.home.in_steps(joining)
    return Invited(group.with_components(state.draft.mls.components), bundle)
