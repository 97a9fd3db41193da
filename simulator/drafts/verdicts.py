"""What the answers of a draft's endpoints come to: whether one is a refusal, and of which code."""

from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import HTTPEndpoint, Reply


class Verdicts:
    """Judges answers by the draft's table of endpoints."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._rows = {row.name: row for row in draft.all_endpoints}

    def row(self, endpoint: str) -> HTTPEndpoint | None:
        """The endpoint of this name, or of a path that it serves."""
        return self._rows.get(endpoint) or self._draft.endpoint(endpoint)[0]

    def verdict(
        self, endpoint: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> tuple[bool, str | None]:
        """Whether an answer is a refusal, and its error code, where that can be read."""
        refusals, reply = (self.row(endpoint) or self._draft).refusals, Reply(status, headers, body)
        if not refusals.is_refusal(reply):
            return False, None
        refusal = refusals.read(reply)
        return True, None if refusal is None else str(refusal.code)
