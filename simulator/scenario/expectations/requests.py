"""How much traffic there was."""

from typing import Annotated, ClassVar, Literal

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.expectations.counted import Number
from simulator.scenario.names import EndpointRef, ErrorWord, ProviderRef, StepRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import Exchange


class Requests(Expectation, frozen=True, kw_only=True, tag="requests"):
    """So many HTTPS requests were made: during the step that this stands under or the one that `during` names, else
    since the beginning. Only those count that have all the properties given.
    """

    spreads: ClassVar[bool] = True

    endpoint: EndpointRef | None = None
    from_: ProviderRef | None = msgspec.field(name="from", default=None)
    to: ProviderRef | None = None
    http: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    """The answer's status."""
    error: ErrorWord | None = None
    """The refusal's code."""
    answered: bool | None = None
    """Whether there was an answer at all."""
    success: bool | None = None
    """Whether there was one that is no refusal, whatever its status."""
    headers: dict[str, str] = {}
    """Headers of the answer, each with words that are in its value; an empty text where any value will do."""
    lacks: tuple[str, ...] = ()
    """Headers that the answer does not have."""
    http_version: Literal["1.1", "2"] | None = None
    count: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    during: StepRef | None = None

    def __post_init__(self) -> None:
        if self.count is None and self.at_least is None and self.at_most is None:
            raise SimulatorError('say how many: "count", or "at_least" or "at_most"')

    def before(self, context: Context) -> int:
        """How many events there had been."""
        return len(context.session.recorder.exchanges)

    def check(self, context: Context, before: int | None) -> None:
        """Count what the recorder saw. Raises Unsupported where an external provider's requests might be missing."""
        unseen = [each for each in context.session.external_providers if self.from_ in (None, each.name)]
        number = self._number(context, before)
        least = self.count if self.count is not None else self.at_least or 0
        most = self.count if self.count is not None else self.at_most
        if unseen and number < least:
            unseen[0].refuse("what it asks others")
        if number < least or (most is not None and number > most):
            raise Unmet(f"{self._wanted()}{self._what()}", f"there were {number}")

    def value(self, context: Context) -> int:
        """How many there were in the whole run, or during the step that is named."""
        return self._number(context, None)

    def _number(self, context: Context, before: int | None) -> int:
        seen = context.exchanges(self.endpoint, self.from_, self.to)
        if self.during is not None:
            seen = tuple(exchange for exchange in seen if exchange.step == context.label(self.during))
        elif before is not None:
            earlier = context.session.recorder.exchanges[:before]
            seen = tuple(exchange for exchange in seen if exchange not in earlier)
        return sum(self._is(exchange, context) for exchange in seen)

    def _is(self, exchange: Exchange, context: Context) -> bool:
        return (
            self.http in (None, exchange.status)
            and self.http_version in (None, exchange.http_version)
            and self.answered in (None, exchange.status is not None)
            and self.success in (None, _succeeded(exchange))
            and (self.error is None or self.error == exchange.code)
            and all(_has(exchange, *header) for header in self.headers.items())
            and not any(_has(exchange, name, "") for name in self.lacks)
        )

    def _wanted(self) -> str:
        bounds = [("", self.count), ("at least ", self.at_least), ("at most ", self.at_most)]
        said = [(word, number) for word, number in bounds if number is not None]
        said = said[:1] if self.count is not None else said
        noun = "request" if said[-1][1] == 1 else "requests"
        return " and ".join(f"{word}{number}" for word, number in said) + f" {noun}"

    def _what(self) -> str:
        parts = [
            (" at ", self.endpoint),
            (" from ", self.from_),
            (" to ", self.to),
            (" with HTTP ", self.http and str(self.http)),
            (" with ", self.error),
            (" with ", ", ".join(f"{name}: {words}".rstrip(": ") for name, words in self.headers.items())),
            (" without ", " and ".join(self.lacks)),
            (" by HTTP/", self.http_version),
            (" during ", self.during),
        ]
        answered = {None: "", True: " that were answered", False: " without an answer"}[self.answered]
        ended = {None: "", True: " with success", False: " without success"}[self.success]
        return "".join(word + name for word, name in parts if name) + answered + ended


def _has(exchange: Exchange, name: str, words: str) -> bool:
    return any(key.lower() == name.lower() and words in value for key, value in exchange.response_headers)


def _succeeded(exchange: Exchange) -> bool:
    return exchange.status is not None and not exchange.refused
