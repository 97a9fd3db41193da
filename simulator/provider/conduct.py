"""How a provider behaves: as its services decide, but for the misconduct that it was told to."""

from collections.abc import Sequence

from simulator.net import HTTPReply, HTTPRequest
from simulator.services.effects import Effect
from simulator.services.site import Site
from simulator.storage import QueuedMessage


class Misconduct:
    """One way to misbehave; attacks are in `adversary/`. Each method gets what would be done, and says what is."""

    def effects(self, effects: Sequence[Effect], site: Site) -> Sequence[Effect]:
        """What is done once a request for one of its groups was accepted."""
        return effects

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """What another provider gets for an answer."""
        return reply

    def letters(self, client: str, letters: Sequence[QueuedMessage]) -> Sequence[QueuedMessage]:
        """What one of its own clients gets from its queue."""
        return letters


class Conduct:
    """One provider's misconduct at present, in the order in which it was told to it; none is honesty."""

    def __init__(self) -> None:
        self._misconduct: dict[Misconduct, None] = {}

    def begin(self, misconduct: Misconduct) -> None:
        """Misbehave so from now on."""
        self._misconduct[misconduct] = None

    def end(self, misconduct: Misconduct | None = None) -> None:
        """Stop doing so; without an argument, be honest again."""
        if misconduct is None:
            self._misconduct.clear()
        else:
            self._misconduct.pop(misconduct, None)

    def effects(self, effects: Sequence[Effect], site: Site) -> Sequence[Effect]:
        """What is really done."""
        for each in self._misconduct:
            effects = each.effects(effects, site)
        return effects

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """What is really answered."""
        for each in self._misconduct:
            reply = each.reply(request, reply)
        return reply

    def letters(self, client: str, letters: Sequence[QueuedMessage]) -> tuple[QueuedMessage, ...]:
        """What is really handed over."""
        for each in self._misconduct:
            letters = each.letters(client, letters)
        return tuple(letters)
