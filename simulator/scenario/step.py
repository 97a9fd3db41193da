"""What a step and an expectation are; the kinds of them live side by side in `steps/` and `expectations/`."""

from enum import Enum
from typing import Any, ClassVar

import msgspec

from simulator.dataclass import dataclass
from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError
from simulator.scenario.names import Kind, Names
from simulator.scenario.running.context import Context


class Unmet(SimulatorError):
    """What should have been is not so."""

    def __init__(self, expected: str, happened: str) -> None:
        super().__init__(f"expected {expected}; {happened}")
        self.expected = expected
        self.happened = happened


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that should have been and was not, and the line of the scenario file that wanted it."""

    line: int
    expected: str
    happened: str


class Failed(SimulatorError):
    """A step, or something expected after it, was not as it should be."""

    def __init__(self, mismatches: tuple[Mismatch, ...]) -> None:
        super().__init__("; ".join(f"expected {m.expected}, but {m.happened}" for m in mismatches))
        self.mismatches = mismatches


class Conduct(Enum):
    """How those behave who act in a step."""

    honest = "honest"
    unusual = "unusual"
    """They misbehave if they are to be refused; else it is only something that rarely happens."""
    hostile = "hostile"


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that happens. The struct's tag is its keyword in a scenario file, its docstring the explanation.

    `run` raises SimulatorError where the step did not work out, with the provider's refusal as it came.
    """

    shorthand: ClassVar[str | None] = None
    """The field that a step with a bare value means (`offline: bob.phone`)."""
    produces: ClassVar[Kind | None] = None
    """What `as` names: the kind of `run`'s result."""
    by_http: ClassVar[bool] = False
    """Whether the step is one HTTP request; then `run`'s result is the status of a success. Other steps may ask nobody,
    or several providers.
    """

    conduct: ClassVar[Conduct] = Conduct.honest

    needs: ClassVar[tuple[DraftFeature, ...]] = ()
    """The features without which it means nothing: in a draft that lacks one, it is unsupported."""
    settles: ClassVar[bool] = False
    """Whether it waits until nothing is under way, and so can't happen beside other steps."""
    spreads: ClassVar[bool] = False
    """Whether it asks providers and clients for nothing but what is there, too, where they are in several processes
    (`simulator.federation.processes`).
    """
    clients_suffice: ClassVar[bool] = False
    """Whether the same holds where only providers are in other processes, as where they are killed."""

    @property
    def kills(self) -> bool:
        """Whether it kills providers, each of which needs a process of its own for that."""
        return False

    @property
    def parts(self) -> tuple[Any, ...]:
        """The entries that happen in it, if it consists of such; what they expect is judged with the step's own."""
        return ()

    def needed(self) -> tuple[DraftFeature, ...]:
        """The features that it needs as it stands."""
        return self.needs

    def culprits(self, context: Context) -> tuple[str, ...]:
        """Who misbehaves in it, where somebody does: providers and clients, by their names in the scenario. Raises
        SimulatorError where that can't be known.
        """
        del context
        by = getattr(self, "by", None)
        return (by,) if isinstance(by, str) else ()

    @property
    def needs_network(self) -> bool:
        """Whether it means something only where a scenario has a `network`."""
        return False

    def check_names(self, names: Names) -> None:
        """Raise Misplaced for what is wrong with it where its names mean what they mean here."""

    def endpoint_in(self, names: Names) -> str | None:
        """The endpoint of the request that `as` names, where it names one."""
        return None

    async def run(self, context: Context) -> Any:
        """Do it; the result is what `as` names."""
        raise NotImplementedError


class Expectation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that must be so, after a step and the settling that follows it."""

    shorthand: ClassVar[str | None] = None
    needs: ClassVar[tuple[DraftFeature, ...]] = ()
    """As with a step."""
    needs_step: ClassVar[bool] = False
    """Whether it compares with the time before a step, and so can't stand alone."""
    spreads: ClassVar[bool] = False
    """As with a step."""
    clients_suffice: ClassVar[bool] = False
    """As with a step."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """The features that it needs as it stands."""
        return self.needs

    @property
    def needs_network(self) -> bool:
        """As with a step."""
        return False

    def before(self, context: Context) -> Any:
        """What must be remembered from before the step for `check` to compare with."""
        return None

    def check(self, context: Context, before: Any) -> None:
        """Raise Unmet if it is not so. `before` is None in an `expect` that stands alone."""
        raise NotImplementedError

    def value(self, context: Context) -> int:
        """What it comes to in a run so far: the number that it counts; else 1 where it is so, and 0 where not."""
        try:
            self.check(context, None)
        except Unmet:
            return 0
        return 1


def keyword(kind: type[msgspec.Struct]) -> str:
    """The word that selects a step or an expectation in a scenario file."""
    return str(kind.__struct_config__.tag)
