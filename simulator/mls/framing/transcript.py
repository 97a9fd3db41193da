"""The running hashes over all Commits of a group (RFC 9420 8.2)."""

from simulator.codec import encode, opaque, struct
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.framing.framing import AuthenticatedContent, FramedContent, WireFormat


# RFC 9420 8.2
# struct {
#     WireFormat wire_format;
#     FramedContent content; /* with content_type == commit */
#     opaque signature<V>;
# } ConfirmedTranscriptHashInput;
@struct
class ConfirmedTranscriptHashInput:
    wire_format: WireFormat
    content: FramedContent
    signature: opaque


# RFC 9420 8.2
# struct {
#     MAC confirmation_tag;
# } InterimTranscriptHashInput;
@struct
class InterimTranscriptHashInput:
    confirmation_tag: opaque


def confirmed_transcript_hash(suite: CipherSuite, interim_before: bytes, commit: AuthenticatedContent) -> bytes:
    """The confirmed transcript hash of the epoch that `commit` starts (RFC 9420 8.2)."""
    covered = ConfirmedTranscriptHashInput(commit.wire_format, commit.content, commit.signature)
    return suite.hash(interim_before + encode(covered))


def interim_transcript_hash(suite: CipherSuite, confirmed: bytes, confirmation_tag: bytes) -> bytes:
    """The interim transcript hash of an epoch, from its confirmed one and its tag (RFC 9420 8.2)."""
    return suite.hash(confirmed + encode(InterimTranscriptHashInput(confirmation_tag)))
