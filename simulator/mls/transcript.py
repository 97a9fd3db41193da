"""The running hashes over all Commits of a group (RFC 9420 8.2)."""

from simulator.codec import opaque, struct
from simulator.mls.framing import FramedContent, WireFormat


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
