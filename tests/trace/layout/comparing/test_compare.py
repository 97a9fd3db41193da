"""All of two layouts compared."""

from dataclasses import replace
from typing import Any

from simulator.trace.layout.comparing import compare
from tests.trace.layout.comparing.edited import edited, told
from tests.trace.layout.recorded_bodies import shipped


def test_the_same_layout_has_no_changes() -> None:
    assert compare(shipped(), edited(lambda values: None)) == ()
    assert compare(shipped(), replace(shipped(), draft="mine", simulator="99")) == ()


def test_several_changes_are_told_one_after_the_other() -> None:
    def edit(values: dict[str, Any]) -> None:
        values["wire"]["structs"]["UnknownClients"].append(["at", "uint64"])
        values["endpoints"]["ds_domain"][0] = "POST"
        values["checks"].append("mood")

    assert told(edit) == [
        "UnknownClients: field at (uint64) added after unknown_clients",
        "endpoint ds_domain: method GET -> POST",
        "check added after provider's signature: mood",
    ]
