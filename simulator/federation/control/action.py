"""What an action is, and the words that the fields of many actions share."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.federation.control.operator import Operator

ClientName = Annotated[
    str, msgspec.Meta(description="a client of ours: `alice.phone`, or `alice` if that is her only one; or its URI")
]
UserName = Annotated[
    str, msgspec.Meta(description="a user of the topology: `alice`, `alice@a.example`; or any user's URI")
]
GroupURI = Annotated[str, msgspec.Meta(description="the URI that `create` answered with: `mimi://a.example/g/...`")]
Since = Annotated[int, msgspec.Meta(ge=0, description="the `next` of the answer before; 0 for everything")]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an action answers with, as JSON."""


class Done(Answer, frozen=True, kw_only=True):
    """It worked; there is nothing more to say."""

    ok: bool = True


class Action(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that one can ask for. The docstring is the explanation, what `run` is said to return the answer.

    `run` raises SimulatorError where it does not work out, with a provider's refusal as it came.
    """

    name: ClassVar[str]
    """Its path without the slash."""
    example: ClassVar[dict[str, Any]]
    """Fields that could be sent."""
    needs: ClassVar[tuple[DraftFeature, ...]] = ()
    """What the draft has to have for it."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """What the draft has to have for just this."""
        return self.needs

    async def run(self, operator: Operator) -> Answer:
        """Do it."""
        raise NotImplementedError
