"""What an issuer has issued."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_tokens_count_in_their_window() -> None:
    await passes(
        ASKED
        + "    expect: [{issued: {by: b.example, count: 4}}, {issued: {by: b.example, to: c.example, count: 0}}]\n"
        + "  - advance: 1h\n    expect: {issued: {by: b.example, count: 0}}\n",
        PAYING,
    )


async def test_another_number_is_said() -> None:
    mismatch = await fails(ASKED + "    expect: {issued: {by: b.example, to: a.example, count: 1}}\n", PAYING)
    assert (mismatch.expected, mismatch.happened) == ("1 tokens issued by b.example to a.example", "there were 4")


async def test_who_issues_nothing_has_issued_nothing() -> None:
    await passes(ASKED + "    expect: {issued: {by: a.example, count: 0}}\n", PAYING)
