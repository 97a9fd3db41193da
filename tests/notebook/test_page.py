"""The example on the room's page does what it says."""

import textwrap
from typing import Any

import simulator.notebook


def test_the_example_runs() -> None:
    page = simulator.notebook.__doc__ or ""
    start, last = page.index("    from simulator"), page.index("    federation.stop()")
    names: dict[str, Any] = {}
    exec(textwrap.dedent(page[start : page.index("\n", last)]), names)
    assert not names["federation"].running
    codes = [each.code for each in names["federation"].trace.exchanges if each.refused]
    assert codes == ["wrong_recipient", "invalid_signature"]
