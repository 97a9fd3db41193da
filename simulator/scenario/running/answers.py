"""HTTP answers that are no success, as the errors that they are."""

from simulator.drafts.draft import Draft
from simulator.drafts.endpoint import BadAnswer, Reply
from simulator.errors import SimulatorError
from simulator.net import HTTPReply
from simulator.scenario.running.context import Answered
from simulator.services.refusal import Refusal


class OtherAnswer(SimulatorError):
    """An answer that is no success and in no struct of the draft: only its status says something."""

    def __init__(self, http: int, text: str) -> None:
        super().__init__(text)
        self.http = http


def refused(draft: Draft, reply: HTTPReply) -> Answered | OtherAnswer:
    """What an answer that says no says; every endpoint says no in the same struct."""
    reader = next(row for row in draft.endpoints if row.response is not None)
    try:
        reader.read(Reply(reply.status, reply.headers, reply.body))
    except Refusal as refusal:
        return Answered(refusal.code, refusal.rule, reply.status)
    except BadAnswer:
        pass
    return OtherAnswer(reply.status, f"HTTP {reply.status}, in no struct of the draft")
