"""The last steps of making a Commit, the same for members and joiners: sign, hash, derive, tag (RFC 9420 12.4.1)."""

from dataclasses import field, replace

from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit
from simulator.mls.commits.epoch_change import EpochDraft
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import AuthenticatedContent, FramedContent, Sender, WireFormat
from simulator.mls.framing.transcript import confirmed_transcript_hash
from simulator.mls.key_schedule.key_schedule import EpochSecrets, joiner_secret
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.public_group import PublicGroup


@dataclass(frozen=True, slots=True)
class SealedCommit:
    """A signed and tagged Commit, and the epoch that it starts."""

    content: AuthenticatedContent
    public: PublicGroup
    secrets: EpochSecrets
    joiner_secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EntropyInputs:
    """What goes into the next epoch's secrets (RFC 9420 8)."""

    init_secret: bytes = field(repr=False)
    commit_secret: bytes = field(repr=False)
    psk_secret: bytes = field(repr=False)


def seal_commit(
    public: PublicGroup,
    draft: EpochDraft,
    commit: Commit,
    sender: Sender,
    signature_private_key: bytes,
    inputs: EntropyInputs,
    *,
    reinit: ReInit | None = None,
    wire_format: WireFormat = WireFormat.mls_public_message,
    authenticated_data: bytes = b"",
) -> SealedCommit:
    """Frame and sign `commit`, then derive the next epoch and tag the Commit with it."""
    suite = public.suite
    framed = FramedContent(public.group_id, public.epoch, sender, authenticated_data, commit)
    signature = sign_content(suite, signature_private_key, wire_format, framed, public.context)
    untagged = AuthenticatedContent(wire_format, framed, signature, b"")
    confirmed_hash = confirmed_transcript_hash(suite, public.interim_transcript_hash, untagged)
    context = replace(draft.context, confirmed_transcript_hash=confirmed_hash)
    joiner = joiner_secret(suite, inputs.init_secret, inputs.commit_secret, context)
    secrets = EpochSecrets.of_joiner(suite, joiner, inputs.psk_secret, context)
    tag = secrets.confirmation_tag(confirmed_hash)
    return SealedCommit(
        replace(untagged, confirmation_tag=tag),
        public.next_epoch(draft, reinit, confirmed_hash, tag),
        secrets,
        joiner,
    )
