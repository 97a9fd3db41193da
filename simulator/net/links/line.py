"""One direction of a link at work: when a message arrives that is sent now."""

from collections import Counter
from hashlib import sha256
from random import Random

from simulator.dataclass import dataclass
from simulator.net.clock import NANOSECONDS
from simulator.net.links.link import Link

SEGMENT = 1460
"""Octets of a TCP segment: Ethernet's 1500 without the headers of IPv4 and TCP."""
FIRST_TIMEOUT, LONGEST_TIMEOUT = 1 * NANOSECONDS, 60 * NANOSECONDS
"""Until TCP sends a segment again (RFC 6298 2.1 and 2.4; 2.5)."""
MOST_RETRANSMISSIONS = 15
"""Of one segment, as Linux has it (tcp_retries2): by then nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer on its way."""

    key: tuple[str, ...]
    """What tells it from others: equal messages are sent at different times."""
    octets: int


class Line:
    """One direction of a link: octets leave one after the other. What is drawn at random depends on the seed, on the
    message and on how often it was sent, and so not on what goes beside it.
    """

    def __init__(self, link: Link, seed: int) -> None:
        self._link = link
        self._seed = seed
        self._free = 0
        self._sent: Counter[tuple[str, ...]] = Counter()

    def arrival(self, now: int, message: Message) -> int:
        """When a message has arrived that begins to be sent `now`, or once those before have left."""
        self._free = max(now, self._free) + self._link.sending(message.octets)
        self._sent[message.key] += 1
        draws = self._draws(message.key, self._sent[message.key])
        jitter = int(draws.random() * (self._link.jitter + 1))
        return self._free + self._link.latency + jitter + self._retransmitting(message.octets, draws)

    def _draws(self, key: tuple[str, ...], turn: int) -> Random:
        digest = sha256(repr((self._seed, turn, key)).encode()).digest()
        return Random(int.from_bytes(digest))  # noqa: S311 (the same in every run with one seed)

    def _retransmitting(self, octets: int, draws: Random) -> int:
        """The time that losses cost: that of the segment which takes longest."""
        if not self._link.loss:
            return 0
        return max(self._retransmissions(draws) for _ in range(max(1, -(-octets // SEGMENT))))

    def _retransmissions(self, draws: Random) -> int:
        waited, timeout = 0, FIRST_TIMEOUT
        for _ in range(MOST_RETRANSMISSIONS):
            if draws.random() >= self._link.loss:
                break
            waited += timeout
            timeout = min(2 * timeout, LONGEST_TIMEOUT)
        return waited
