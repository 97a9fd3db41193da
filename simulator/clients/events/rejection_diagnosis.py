"""What a message that a member must not accept gives away about whoever delivered it."""

from simulator.clients.events.events import Equivocated, FellBehind, Rejected
from simulator.clients.events.history import History
from simulator.mls.commits.commit import Commit
from simulator.mls.errors import InvalidCommit, MLSError, WrongEpoch
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.rule import rule
from simulator.rules import check

ONE_END = rule(InvalidCommit, "14", "equivocation", "Of the Commits for one epoch all members are shown the same one.")


def diagnose(
    uri: str, message: MLSMessage, error: MLSError, history: History, now: int
) -> Rejected | FellBehind | Equivocated:
    """The event for a message of the group `uri` that was refused with `error`."""
    body = message.body
    if isinstance(error, WrongEpoch) and error.got > error.expected:
        return FellBehind(uri, error.expected, error.got)
    if isinstance(error, WrongEpoch) and isinstance(body, PublicMessage):
        committer = history.rival(body, now)
        second = f"a second commit for the same epoch, by {committer}"
        event = None if committer is None else equivocated(uri, error.got, second)
        if event is not None:
            return event
    return Rejected(uri, error.rule, str(error), error.rules)


def equivocated(uri: str, epoch: int, evidence: str) -> Equivocated | None:
    """The event for evidence of two ends of an epoch of the group `uri`; None where the client that has found it does
    not keep the rule.
    """
    try:
        check(ONE_END, False, evidence)
    except InvalidCommit as error:
        return Equivocated(uri, epoch, evidence, error.rules)
    return None


def doubtful(message: MLSMessage, error: MLSError, epoch: int) -> bool:
    """Whether the hub's idea of the group may be another than that of a member at `epoch`, who refused `message`.

    So it may where a commit of this epoch is refused: the hub, which can't check everything, may have accepted it.
    """
    body = message.body
    if isinstance(error, WrongEpoch):
        return error.got > error.expected
    return isinstance(body, PublicMessage) and isinstance(body.content.content, Commit) and body.content.epoch == epoch
