"""What application messages say."""

import cbor2

from simulator.drafts.mimi_protocol_06.fuzzing.contents import CONTENTS, Contents
from simulator.mutation.cases import Case
from tests.fuzzing.sample import labels, sampled


async def test_a_sample() -> None:
    said = labels(await sampled(Contents(), None, 300))
    assert said >= {
        "malformed_content; reported: malformed_content",
        "frank_missing; reported: taken",
        "read; reported: frank_invalid",
        "read; reported: taken",
    }


async def test_nothing_altered_is_read() -> None:
    target = Contents()
    shots = [target.shot(Case(name, cbor2.dumps(value, canonical=True))) for name, value in CONTENTS.items()]
    assert "read; reported: taken" in {await target.fire(shot) for shot in shots}
