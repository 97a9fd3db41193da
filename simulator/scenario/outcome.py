"""How a step must end, and whether it did."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec

from simulator.errors import SimulatorError
from simulator.federation import Unsupported
from simulator.net import TLSRefused
from simulator.scenario.names import Checked, ErrorWord, ProviderRef
from simulator.scenario.running.answers import OtherAnswer
from simulator.scenario.running.context import Context, Skipped
from simulator.scenario.step import Failed, Unmet
from simulator.services.refusal import Code, Refusal

_NO_FAILURE = (Unmet, Failed, Skipped, Unsupported)
"""What says that a step did not happen, or says already what was not as expected."""


def _reason(text: str) -> None:
    """Raises SimulatorError."""
    if not text.strip():
        raise SimulatorError("say why it works out")


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """All that is given must hold; nothing given means success."""

    error: ErrorWord | None = None
    """The refusal's code."""
    http: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    """The answer's HTTP status; that of a success only after a step that is one HTTP request."""
    current_epoch: int | None = None
    """With `error: wrong_epoch`: the epoch that the provider says the group is at."""
    may_fail: bool | None = None
    """It may work out, or be refused, or get no answer: all the same."""
    tls: str | None = None
    """No connection came about because one side refused the handshake; the reason contains these words."""

    fails: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    """It fails though nobody refuses it: there is no answer, or one that must not be taken. The reason contains these
    words.
    """

    blocked: ProviderRef | None = None
    """It is refused, whatever the code, and nothing has changed at this provider."""
    succeeds: Annotated[str, Checked(_reason)] | None = None
    """It works out although it should not; the text says why, and goes into the report."""

    def __post_init__(self) -> None:
        given = {name for name, value in msgspec.structs.asdict(self).items() if value is not None}
        if self.may_fail and len(given) > 1:
            raise SimulatorError('"may_fail" says that any end will do: nothing else can be expected of it')
        if self.tls is not None and given & {"error", "http", "current_epoch"}:
            raise SimulatorError('"tls" says that there was no connection: then there is no answer either')
        if self.fails is not None and len(given) > 1:
            raise SimulatorError('"fails" says that nobody refused it: nothing else can be expected of it')
        if self.succeeds is not None and (given - {"succeeds", "http"} or (self.http or 200) >= 300):
            raise SimulatorError('"succeeds" says that it worked out: then nobody refused it')

    def __str__(self) -> str:
        given = [f"{name} {value}" for name, value in msgspec.structs.asdict(self).items() if value is not None]
        return ", ".join(given) or "success"

    async def check(self, action: Callable[[], Awaitable[Any]], context: Context) -> tuple[Any, str]:
        """Do it: its result, and the words of the failure where it failed just as it had to.

        Raises Unmet where it ended otherwise, and whatever else goes wrong as it is.
        """
        if self.may_fail:
            return await self._attempt(action)
        try:
            result = await action()
        except Refusal as refusal:
            http = context.status(refusal)
            words = str(refusal)
            if self._is(refusal.code, http, refusal.current_epoch):
                return None, words
            raise Unmet(str(self), words if str(http) in words else f"HTTP {http}: {words}") from refusal
        except OtherAnswer as other:
            if self._is_other(other):
                return None, str(other)
            raise Unmet(str(self), str(other)) from other
        except TLSRefused as refused:
            if self._is_so(refused) or (self.blocked and self == Outcome(blocked=self.blocked)):
                return None, str(refused)
            raise Unmet(str(self), str(refused)) from refused
        except _NO_FAILURE:
            raise
        except SimulatorError as error:
            if self._is_so(error):
                return None, str(error)
            raise
        if not self.success:
            raise Unmet(str(self), "it succeeded")
        if self.http not in (None, result):
            raise Unmet(str(self), f"HTTP {result}")
        return result, ""

    async def _attempt(self, action: Callable[[], Awaitable[Any]]) -> tuple[Any, str]:
        try:
            return await action(), ""
        except _NO_FAILURE:
            raise
        except SimulatorError as error:
            return None, str(error)

    @property
    def success(self) -> bool:
        """Whether it must work out."""
        refused = any(each is not None for each in (self.error, self.current_epoch, self.tls, self.fails, self.blocked))
        return not refused and (self.http or 200) < 300

    @property
    def attack(self) -> dict[str, str]:
        """What must become of an attack: `blocked` and the provider, or `succeeds` and why."""
        said = {"blocked": self.blocked, "succeeds": self.succeeds}
        return {word: value for word, value in said.items() if value is not None}

    def _is_so(self, error: SimulatorError) -> bool:
        """Whether what nobody refused has failed as it must."""
        if self.tls is not None:
            return isinstance(error, TLSRefused) and self.tls.lower() in error.reason.lower()
        return self.fails is not None and self.fails.lower() in str(error).lower()

    def _is_other(self, other: OtherAnswer) -> bool:
        """Whether an answer in no struct of the draft is one that had to come."""
        wanted = other.refused if self.http is None and self.blocked else self.http == other.http
        return wanted and self.error is None and self.current_epoch is None

    def _is(self, code: Code, http: int, current_epoch: int | None) -> bool:
        return (
            not self.success
            and self.tls is None
            and self.fails is None
            and self.error in (None, code)
            and self.http in (None, http)
            and self.current_epoch in (None, current_epoch)
        )
