"""HTTP answers that are no success, as the errors that they are."""

from simulator.drafts.requests.endpoint import Refusals, Reply
from simulator.errors import SimulatorError
from simulator.net import HTTPReply
from simulator.scenario.running.context import Answered


class OtherAnswer(SimulatorError):
    """An answer that is no success and in no struct of the draft: only its status says something."""

    def __init__(self, http: int, text: str, *, refused: bool = False) -> None:
        super().__init__(text)
        self.http = http
        self.refused = refused
        """Whether that status says no."""


def check_answer(refusals: Refusals, http: HTTPReply) -> None:
    """Raises Answered for a refusal, and OtherAnswer for one that can't be read."""
    reply = Reply(http.status, http.headers, http.body)
    if not refusals.is_refusal(reply):
        return
    refusal = refusals.read(reply)
    if refusal is not None:
        raise Answered(refusal.code, refusal.rule, reply.status)
    raise OtherAnswer(reply.status, f"HTTP {reply.status}, in no struct of the draft", refused=True)
