"""Whose turn it is to send on an HTTP/2 connection: hypercorn's tree of priorities, without priorities."""

from priority.priority import DeadlockError


class RoundRobin:
    """Streams take turns. Priorities are ignored, as RFC 9113 5.3.2 allows: a tree of them costs whatever the peer
    wants it to cost. Has the methods of `priority.PriorityTree` that hypercorn uses.
    """

    def __init__(self) -> None:
        self._ready: dict[int, None] = {}
        self._blocked: set[int] = set()

    def __next__(self) -> int:
        """The stream that has waited longest; it goes to the end. Raises DeadlockError where none can send."""
        if not self._ready:
            raise DeadlockError("no stream has anything that it may send")
        stream_id = next(iter(self._ready))
        self._ready[stream_id] = self._ready.pop(stream_id)
        return stream_id

    def insert_stream(self, stream_id: int) -> None:
        """One more, which has nothing to send yet."""
        self._blocked.add(stream_id)

    def remove_stream(self, stream_id: int) -> None:
        """It is over."""
        self._blocked.discard(stream_id)
        self._ready.pop(stream_id, None)

    def block(self, stream_id: int) -> None:
        """It has nothing to send, or may not."""
        if stream_id in self._ready:
            del self._ready[stream_id]
            self._blocked.add(stream_id)

    def unblock(self, stream_id: int) -> None:
        """It may have something to send. Nothing for a stream that is over."""
        if stream_id in self._blocked:
            self._blocked.discard(stream_id)
            self._ready[stream_id] = None
