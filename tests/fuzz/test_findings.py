"""Everything that fuzzing has found, as it was sent: none of it is found again.

To add one, copy its file from `.fuzz/` into `found/` under a name that says what it was.
"""

from pathlib import Path

import pytest

from tests.fuzz.campaign import LIMIT, at_most, target_of
from tests.fuzz.findings import load

FOUND = [load(path) for path in sorted((Path(__file__).parent / "found").glob("*.json"))]
PLACES = sorted({(finding.target, finding.environment) for finding in FOUND}, key=str)


@pytest.mark.parametrize(("target", "environment"), PLACES)
async def test_they_are_mended(target: str, environment: int | None) -> None:
    async with target_of(target, environment) as fresh:
        for finding in FOUND:
            if (finding.target, finding.environment) == (target, environment):
                with at_most(LIMIT):
                    await fresh.fire(finding.shot)
