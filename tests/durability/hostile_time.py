"""Time as it must not be trusted: clocks that are wrong for a while, and answers that lie about when to come again."""

from random import Random

from simulator.federation import Session
from simulator.net.faults import ClockSkew, Injected, RequestMatch, Respond
from simulator.services.limits.policy import DAY, Policy

AHEAD = (60, 3000, 3 * 3600, DAY, 8 * DAY, 100 * DAY)
"""Seconds; as far behind, too. Longer than any pause, any expiry and any lifetime."""

RETRY_AFTER = (
    0,
    1,
    -3,
    7 * DAY + 1,
    2**31,
    10**30,
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Sun Nov  6 08:49:37 1994",
    "1.5",
    "soon",
    "",
)
"""What somebody in front of a provider says."""

LONGEST = 60
"""A clock stays wrong for at most so many failpoints."""

BETWEEN = (8, 100)
"""It goes wrong after so many failpoints on average; each time has its own number."""

AFTERMATH = Policy().key_refetch + 1
"""Seconds after which a clock that was wrong may hurt nobody who asks for something any more."""


class HostileTime:
    """Now and then puts one provider's clock wrong for some failpoints, or lets something answer in a provider's place.

    `apart` is after how many failpoints on average.
    """

    def __init__(self, session: Session, random: Random, apart: int | None = None) -> None:
        self.jumps = 0
        """How many clocks were put wrong so far."""
        self.lies = 0
        """How many answers lied so far."""
        self._session = session
        self._random = random
        self._apart = apart or random.randint(*BETWEEN)
        self._clocks: dict[str, tuple[Injected, int]] = {}
        self._liars: list[Injected] = []
        self._passed = 0
        self._in_doubt = False
        self._calm = False

    def go_on(self) -> None:
        """Be hostile again, after `right`."""
        self._calm = False

    def passed(self) -> None:
        """A provider has come to a failpoint."""
        self._passed += 1
        for name in [name for name, (_, end) in self._clocks.items() if end <= self._passed]:
            self._clocks.pop(name)[0].remove()
        if self._calm:
            return
        if self._random.randrange(self._apart) == 0:
            self.jump()
        elif self._random.randrange(self._apart) == 0:
            self._lie()

    def jump(self) -> None:
        """Put some provider's clock wrong for some failpoints."""
        self._in_doubt = True
        self.jumps += 1
        name = self._provider()
        if name in self._clocks:
            self._clocks.pop(name)[0].remove()
        seconds = self._random.choice(AHEAD) * self._random.choice((1, 1, -1))
        skew = self._session.inject(ClockSkew(provider=name, seconds=seconds))
        self._clocks[name] = skew, self._passed + self._random.randint(1, LONGEST)

    def right(self) -> None:
        """Put all clocks right, and let nobody lie, until `go_on`."""
        self._calm = True
        for skew, _ in self._clocks.values():
            skew.remove()
        self._clocks.clear()
        for liar in self._liars:
            self.lies += liar.hits
            liar.remove()
        self._liars.clear()

    def excuses(self) -> bool:
        """Whether a refusal may come from a clock or an answer that is wrong, or was a moment ago. If so, that is over
        now.
        """
        if not self._in_doubt:
            return False
        self.right()
        self._session.advance(AFTERMATH)
        self._in_doubt = False
        return True

    def _lie(self) -> None:
        self._in_doubt = True
        where = RequestMatch(recipient=self._provider(), times=self._random.randint(1, 2))
        status, said = self._random.choice((429, 502, 503)), self._random.choice(RETRY_AFTER)
        self._liars.append(self._session.inject(Respond(where=where, status=status, retry_after=said)))

    def _provider(self) -> str:
        return self._random.choice([provider.name for provider in self._session.providers])
