"""What is for other drafts than the one that is wanted says why."""

import pytest

from simulator.drafts import registry
from simulator.scenario import Result, load_text, run_scenario
from simulator.scenario.loading.other_drafts import of_other_drafts
from simulator.scenario.loading.pipeline import LoadOptions
from tests.scenario.small_scenarios import Silent

WANTED = registry.named("mimi-protocol-06")
BOTH = "mimi-transport-00 and mimi-transport-01"
HEAD = "name: x\ntopology: {providers: {a.example: {users: {alice: [phone]}}}}\n"
FOR_OTHERS = HEAD + "drafts: [mimi-transport-01, mimi-transport-00]\nsteps: []\n"
BECAUSE = FOR_OTHERS + "other_drafts: it is about what they have not\n"
ABOUT_AN_ENDPOINT = HEAD + "steps:\n  - advance: 1h\n    expect: {requests: {endpoint: verification_key, count: 0}}\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BECAUSE, "it is about what they have not"),
        (FOR_OTHERS, "the file is for mimi-transport-01 and mimi-transport-00 only"),
        (
            ABOUT_AN_ENDPOINT,
            f'line 5: mimi-protocol-06 has no endpoint "verification_key", which is one of {BOTH}',
        ),
        (HEAD + "matrix: {draft: [mimi-transport-01]}\nsteps: []\n", "the file is for mimi-transport-01"),
    ],
    ids=["said", "listed", "endpoint", "matrix"],
)
def test_the_reason(text: str, why: str) -> None:
    found = of_other_drafts(text, "x.yaml", LoadOptions(draft=WANTED))
    assert found is not None
    assert found.why == why
    assert found.content.name == "x"


def test_a_part_is_for_no_draft() -> None:
    assert of_other_drafts("part: of something\n", "x.yaml", LoadOptions(draft=WANTED)) is None


async def test_it_is_not_run_and_its_result_says_why() -> None:
    (scenario,) = load_text(BECAUSE, "x", draft=WANTED)
    assert scenario.id == "x"
    result = await run_scenario(scenario, None, Silent())
    assert (result.result, result.reason) == (Result.unsupported, "it is about what they have not")
    assert result.exchanges == 0
    (own,) = load_text(BECAUSE, "x", draft=registry.named("mimi-transport-01"))
    assert own.unsupported == ""


def test_what_is_lacking_is_no_reason_to_leave_it_out_until_the_file_says_so() -> None:
    text = HEAD.replace("topology: {", "topology: {mutual_tls: false, ") + "steps: []\n"
    (scenario,) = load_text(text, "x", draft=WANTED)
    assert scenario.unsupported == ""
    (scenario,) = load_text(text + "other_drafts: it is about TLS without certificates\n", "x", draft=WANTED)
    assert scenario.unsupported == "it is about TLS without certificates"
