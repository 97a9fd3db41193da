"""How a client's groups came to be where they are: what it takes to recognise a second story about the same epoch."""

from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit
from simulator.mls.errors import MLSError
from simulator.mls.framing.framing import MemberSender, PublicMessage
from simulator.mls.public_group import PublicGroup

KEPT = 4
"""For how many past epochs of a group."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """An epoch that is over: its public side, and the transcript that the commit which ended it led to."""

    group: PublicGroup
    transcript: bytes


class History:
    """The last epochs of each group, without any secret."""

    def __init__(self) -> None:
        self._ended: dict[bytes, tuple[_Ended, ...]] = {}

    def note(self, before: PublicGroup, after: PublicGroup) -> None:
        """The epoch `before` ended, by a commit that the client followed or made, and `after` began."""
        ended = _Ended(before, after.context.confirmed_transcript_hash)
        self._ended[before.group_id] = (*self._ended.get(before.group_id, ()), ended)[-KEPT:]

    def ended(self, group_id: bytes) -> tuple[PublicGroup, ...]:
        """The last epochs of a group that are over, as they were when they ended; oldest first."""
        return tuple(each.group for each in self._ended.get(group_id, ()))

    def rival(self, message: PublicMessage, now: int) -> str | None:
        """The client that signed `message`, if it is a valid commit other than the one that ended its epoch.

        Only one commit may end an epoch, and the hub chooses it. A member that is shown a second
        one knows that the hub has shown it to others as the first.
        """
        for ended in self._ended.get(message.content.group_id, ()):
            if ended.group.epoch == message.content.epoch:
                return _other_committer(ended, message, now)
        return None


def _other_committer(ended: _Ended, message: PublicMessage, now: int) -> str | None:
    if not isinstance(message.content.content, Commit):
        return None
    try:
        staged = ended.group.stage_commit(message, now)
    except MLSError:
        return None  # anybody could have made that up
    if staged.group.context.confirmed_transcript_hash == ended.transcript:
        return None
    before = ended.group if isinstance(message.content.sender, MemberSender) else staged.group
    committer = before.member(staged.committer)
    return "" if committer is None else committer.identity.decode(errors="replace")
