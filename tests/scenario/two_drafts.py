"""A second draft for tests: the first one with another name, an endpoint called otherwise, and without features."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts import DRAFTS, registry
from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.features import DraftFeature
from simulator.drafts.requests.endpoint import Outgoing
from tests.own_drafts import only

FIRST = DRAFTS[0]
NOTIFY = replace(FIRST.named("deliver_message"), name="notify")


def _renamed(write: Callable[..., Outgoing]) -> Any:
    def written(*arguments: Any, **named: Any) -> Outgoing:
        made = write(*arguments, **named)
        return replace(made, endpoint=NOTIFY) if made.endpoint.name == "deliver_message" else made

    return written


SECOND = replace(
    FIRST,
    name="second",
    endpoints=tuple(NOTIFY if row.name == "deliver_message" else row for row in FIRST.endpoints),
    write=_renamed(FIRST.write),
    write_delivery=_renamed(FIRST.write_delivery),
    words={**{word: each for word, each in FIRST.words.items() if word != "join_info"}, "fan_out": Meaning("notify")},
    lacks={
        DraftFeature.delete_group: "a group ends with its last member",
        DraftFeature.key_packages_for_connections: "KeyPackages are of one sort",
        DraftFeature.shared_hosts: "a request does not say whose it is",
    },
)


def know_second(patches: pytest.MonkeyPatch) -> None:
    """Let the simulator speak it."""
    patches.setattr(registry, "DRAFTS", only(FIRST, SECOND))
