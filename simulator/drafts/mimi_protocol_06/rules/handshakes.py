"""The form of handshakes, who may send them, and for which epoch: what is checked before MLS is asked ([P] 5.3)."""

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.messages.update import PROPOSALS, CommitBundle, HandshakeBundle
from simulator.drafts.mimi_protocol_06.refusals import forbidden
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, user_of
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import MemberSender, NewMemberCommitSender, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.safe_aad import safe_aad
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse
from simulator.services.hub.groups import check_epoch
from simulator.services.members import client_of
from simulator.services.names import BadName, parse_client
from simulator.services.refusal import Code, rule
from simulator.storage import GroupRecord

_SECTION = "PROTOCOL.md, The hub"

PUBLIC = rule("P6-4.2-FORM", Code.malformed, _SECTION, part="PUBLIC", essential="nobody but members can read it")
GROUP = rule("P6-4.2-FORM", Code.malformed, _SECTION, part="GROUP", essential="it says nothing of this room")
KIND = rule("P6-4.2-FORM", Code.malformed, _SECTION, part="KIND", essential="there is nothing to be queued")
PATH = rule("P6-4.2-FORM", Code.malformed, _SECTION, part="PATH", essential="nobody joins without a leaf")
NO_AAD = rule("P6-5-HANDSHAKE-AAD", Code.malformed, _SECTION)
ONE_SENDER = rule("P6-4.2-ONE-SENDER", Code.malformed, _SECTION)
MEMBERS = forbidden("P6-4.2-MEMBERS-PROPOSE")
SOMEBODY = forbidden("P6-4.2-ACTOR", part="LEAF")
SENDER = forbidden("P6-4.2-SENDER", part="MEMBER")
JOINER = forbidden("P6-4.2-SENDER", part="JOINER")
EARLIER_SENDER = forbidden("P6-4.2-SENDER", part="OTHER-EPOCH")
CURRENT = rule("P6-4.2-EPOCH", Code.wrong_epoch, _SECTION)
NO_COMMIT = rule("P6-4.2-REMOVED-USERS", Code.not_authorized, _SECTION, part="COMMIT")
ONLY_OWN_REMOVALS = rule("P6-4.2-REMOVED-USERS", Code.not_authorized, _SECTION, part="PROPOSAL")

NOTHING_BESIDE = safe_aad({})
"""The authenticated_data of every handshake: a SafeAAD without items."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """A bundle whose form is right: messages of one sender, all PublicMessages of the room."""

    provider: str
    """Who has brought it."""
    messages: tuple[MLSMessage, ...]
    parts: tuple[PublicMessage, ...]
    """What is in the messages."""
    commit: CommitBundle | None
    """What comes with a commit, which is the only message then."""

    @property
    def first(self) -> PublicMessage:
        """The first, or only, message."""
        return self.parts[0]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed; nothing by a commit."""
        contents = (part.content.content for part in self.parts)
        return tuple(content for content in contents if isinstance(content, PROPOSALS))


def read_bundle(bundle: HandshakeBundle, provider: str, group_id: bytes) -> Handshake:
    """What a bundle brings. Raises Refusal malformed, and not_authorized for proposals of nobody in the group."""
    messages = (bundle.proposal_or_commit, *(bundle.more_proposals or ()))
    parts = tuple(read_handshake(message, group_id) for message in messages)
    found = Handshake(provider, messages, parts, bundle.commit)
    for part in parts[1:]:
        check(KIND, isinstance(part.content.content, PROPOSALS), "a commit stands alone in its bundle")
        same = part.content.sender == found.first.content.sender
        check(ONE_SENDER, same, "the proposals of a bundle are of one sender")
    return found


def read_handshake(message: MLSMessage, group_id: bytes) -> PublicMessage:
    """A proposal of a member of this group, or a commit of a member or of a joiner. Raises Refusal."""
    public = message.body
    if not isinstance(public, PublicMessage):
        refuse(PUBLIC, f"a {type(public).__name__} is no handshake of a room: those are PublicMessages")
    content = public.content
    if content.group_id != group_id:
        refuse(GROUP, "the message is of another group than the path names")
    if not isinstance(content.content, (*PROPOSALS, Commit)):
        refuse(KIND, f"a PublicMessage with {type(content.content).__name__} is neither proposal nor commit")
    words = "the authenticated_data of a handshake is a SafeAAD without items, the octet 00"
    check(NO_AAD, content.authenticated_data == NOTHING_BESIDE, words)
    joins = isinstance(content.sender, NewMemberCommitSender) and isinstance(content.content, Commit)
    words = f"a {type(content.sender).__name__} has sent it: only members propose, and members or joiners commit"
    check(MEMBERS, joins or isinstance(content.sender, MemberSender), words)
    return public


def check_sender(handshake: Handshake, record: GroupRecord) -> Source:
    """Whether the client that made a handshake is of the provider that brings it, and whether it is of the current
    epoch. Raises Refusal: HTTP 403, and wrong_epoch.
    """
    content = handshake.first.content
    if isinstance(content.sender, NewMemberCommitSender):
        client = client_of(joining_leaf(handshake.first))
        own = _is_client_of(handshake.provider, client)
        check(JOINER, own, f"{handshake.provider} can't speak for {client}, which joins")
        check_epoch(handshake.first, record, CURRENT)
        return Source(handshake.provider, client)
    if content.epoch != record.public.epoch:
        known = handshake.provider in RoomFacts.of(record).providers
        check(EARLIER_SENDER, known, f"{handshake.provider} has, and had, no client in the room")
    for part in handshake.parts:
        check_epoch(part, record, CURRENT)
    leaf = content.sender.leaf_index if isinstance(content.sender, MemberSender) else 0
    member = record.public.member(leaf)
    check(SOMEBODY, member is not None, f"nobody is at leaf {leaf}, from which it is said to come")
    client = "nobody" if member is None else client_of(member.leaf_node)
    own = _is_client_of(handshake.provider, client)
    check(SENDER, own, f"{handshake.provider} can't speak for {client} at leaf {leaf}")
    return Source(handshake.provider, client)


def joining_leaf(commit: PublicMessage) -> LeafNode:
    """The leaf that an external commit brings. Raises Refusal malformed."""
    content = commit.content.content
    if not isinstance(content, Commit) or content.path is None:
        refuse(PATH, "an external commit brings a leaf by its path")
    return content.path.leaf_node


def check_still_there(handshake: Handshake, source: Source, state: RoomState) -> None:
    """Whether somebody whose removal or ban is accepted does no more than let its clients go ([P] 5.3).

    Raises Refusal not_authorized.
    """
    user = user_of(source.client or "")
    joins = isinstance(handshake.first.content.sender, NewMemberCommitSender)
    if joins or state.takes_part(user):  # whether a joiner may is the policy's
        return
    check(NO_COMMIT, handshake.commit is None, f"{user} has been removed or banned: its clients commit nothing")
    for proposal in handshake.proposals:
        own = isinstance(proposal, SelfRemove) or (
            isinstance(proposal, Remove) and user_of(state.clients.get(proposal.removed, "")) == user
        )
        words = f"{user} has been removed or banned: its clients propose nothing but that they be removed"
        check(ONLY_OWN_REMOVALS, own, words)


def _is_client_of(provider: str, client: str) -> bool:
    try:
        return parse_client(client).provider == provider
    except BadName:
        return False
