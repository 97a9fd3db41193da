"""Whether two questions were answered alike, so that nobody can tell one case from the other."""

from typing import ClassVar

from simulator.scenario.names import StepRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import Exchange


class SameAnswers(Expectation, frozen=True, tag="same_answers"):
    """The answers to the requests of this step are, byte for byte, those of another one: status, headers and body."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str | None] = "during"
    needs_step: ClassVar[bool] = True

    during: StepRef
    """The other step."""

    def before(self, context: Context) -> int:
        """How many requests there had been."""
        return len(context.session.recorder.exchanges)

    def check(self, context: Context, before: int | None) -> None:
        """Compare what the recorder saw."""
        exchanges = context.session.recorder.exchanges
        here = [_answer(each) for each in exchanges[before:]]
        there = [_answer(each) for each in exchanges if each.step == context.label(self.during)]
        if not there:
            raise Unmet(f"the answers that came during {self.during}", "none came there")
        if len(here) != len(there):
            raise Unmet(f"as many answers as during {self.during}, {len(there)}", f"there were {len(here)}")
        for one, other in zip(here, there, strict=True):
            if one != other:
                raise Unmet(f"the answers that came during {self.during}: {_shown(other)}", f"there was {_shown(one)}")


_Answer = tuple[int | None, tuple[tuple[str, str], ...], bytes]


def _answer(exchange: Exchange) -> _Answer:
    """Without the time, which is told in every answer."""
    headers = ((name.lower(), value) for name, value in exchange.response_headers)
    return exchange.status, tuple(each for each in headers if each[0] != "date"), exchange.response


def _shown(answer: _Answer) -> str:
    status, _, body = answer
    return f"HTTP {status} with {len(body)} bytes ({body[:16].hex()})"
