"""What the bodies of a draft's endpoints mean, as trees: what `simulator.trace` needs to show and compare them."""

from simulator.codec import spans_until_error
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.opaque_bodies import OpaqueBodies
from simulator.drafts.requests.endpoint import HTTPEndpoint, Reply
from simulator.trace.span_tree import SpanTree, text_dissection
from simulator.trace.tree import Dissect, Dissection, Part, undissected


def dissector(draft: str) -> Dissect:
    """The decoder for a draft by its name; for one that is not known, a decoder that decodes nothing."""
    return Dissector(registry.named(draft)) if draft in registry.names() else undissected


class Dissector:
    """Decodes what a draft's endpoints take and give, down to the fields of MLS and of the extensions it knows."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._tree = SpanTree(spans_until_error, OpaqueBodies(draft.mls).struct_in)
        self._rows = {row.name: row for row in draft.all_endpoints}

    def __call__(self, endpoint: str, part: Part, data: bytes) -> Dissection | None:
        """See `Dissect`."""
        row = self._row(endpoint)
        if not data or row is None:
            return None
        struct = row.request if part == "request" else row.response
        if struct is None:
            return text_dissection(data) if part == "response" else None
        return self._tree.dissection(struct, struct.__name__, data)

    def _row(self, endpoint: str) -> HTTPEndpoint | None:
        """By its name, or by a path that it serves."""
        return self._rows.get(endpoint) or self._draft.endpoint(endpoint)[0]

    def verdict(
        self, endpoint: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> tuple[bool, str | None]:
        """Whether an answer is a refusal, and its error code, where that can be read."""
        refusals, reply = (self._row(endpoint) or self._draft).refusals, Reply(status, headers, body)
        if not refusals.is_refusal(reply):
            return False, None
        refusal = refusals.read(reply)
        return True, None if refusal is None else str(refusal.code)
