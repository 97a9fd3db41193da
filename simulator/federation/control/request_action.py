"""What the two answers to a connection request have in common."""

from typing import Any, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.federation.control.action import Action, ClientName, GroupURI, UserName
from simulator.federation.control.group_action import GROUP


class RequestAction(Action, frozen=True, kw_only=True):
    """One answer of a client to a request that `requests` lists: by its `group`, or by the user that it is `from`."""

    example: ClassVar[dict[str, Any]] = {"by": "bob", "group": GROUP}
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)

    by: ClientName
    group: GroupURI | None = None
    from_: UserName | None = msgspec.field(name="from", default=None)

    def __post_init__(self) -> None:
        """Raises ValueError."""
        if (self.group is None) == (self.from_ is None):
            raise ValueError("which request is answered is said by `group` or by `from`, one of them")
