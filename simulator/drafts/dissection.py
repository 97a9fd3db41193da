"""What the bodies of a draft's endpoints mean, as trees: what `simulator.trace` needs to show and compare them."""

from simulator.codec import spans_until_error
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.opaque_bodies import OpaqueBodies
from simulator.drafts.verdicts import Verdicts
from simulator.trace.span_tree import SpanTree, text_dissection
from simulator.trace.tree import Dissect, Dissection, Part, undissected


def dissector(draft: str) -> Dissect:
    """The decoder for a draft by its name; for one that is not known, a decoder that decodes nothing."""
    return Dissector(registry.named(draft)) if draft in registry.names() else undissected


class Dissector(Verdicts):
    """Judges answers, and decodes what a draft's endpoints take and give, down to the fields of MLS and of the
    extensions it knows.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._tree = SpanTree(spans_until_error, OpaqueBodies(draft.mls).struct_in)

    def __call__(self, endpoint: str, part: Part, data: bytes) -> Dissection | None:
        """See `Dissect`."""
        row = self.row(endpoint)
        if not data or row is None:
            return None
        struct = row.request if part == "request" else row.response
        if struct is None:
            return text_dissection(data) if part == "response" else None
        return self._tree.dissection(struct, struct.__name__, data)
