"""What comes of attacks, in small runs: each end for each reason."""

from simulator.scenario.comparison import End
from simulator.scenario.comparison.judging import worst
from tests.scenario.comparison.examples import BLOCKED, IMPOSSIBLE, SUCCEEDS, VISIBLE
from tests.scenario.comparison.runs import IN_A_TEAM, played
from tests.scenario.comparison.test_playing import FORWARDED, SENT
from tests.scenario.small_scenarios import TOPOLOGY


async def test_a_refusal_blocks_and_is_told_with_its_rule_and_answer() -> None:
    ((attack,), _) = await played(FORWARDED)
    assert (attack.end, attack.answers, attack.noticed_by) == (
        End.blocked,
        ("403 wrong_recipient",),
        ("c.example",),
    )
    assert attack.rules[0] == "T-SECURITY-RECIPIENT/OWN-NAME"


async def test_without_the_rule_the_cell_flips() -> None:
    ((attack,), _) = await played(FORWARDED, waived=["T-SECURITY-RECIPIENT"])
    assert (attack.end, attack.why) == (End.succeeds, "c.example takes it")


async def test_what_is_done_only_once_is_blocked_by_who_knows_it() -> None:
    ((attack,), _) = await played(f"{IN_A_TEAM}{SENT}  - replay: stolen\n")
    assert (attack.end, attack.rules) == (End.blocked, ("P-5-ONCE",))


async def test_a_message_that_is_withheld_is_missed_by_nobody() -> None:
    steps = f"{IN_A_TEAM}  - withhold: {{by: a.example, clients: bob.phone}}\n{SENT}"
    ((attack,), _) = await played(steps)
    assert attack.end is End.succeeds
    assert attack.why.startswith('bob.phone lacks "Hello" from mimi://a.example/d/alice/phone')


async def test_a_commit_that_is_withheld_is_noticed_by_what_follows() -> None:
    commit = "  - update_client: {by: carol.phone, group: team}\n"
    ((attack,), _) = await played(
        f"{IN_A_TEAM}  - withhold: {{by: a.example, clients: bob.phone, times: 1}}\n{commit}{SENT}"
    )
    assert (attack.end, attack.noticed_by) == (End.visible, ("bob.phone",))


async def test_a_member_that_nobody_is_can_be_seen() -> None:
    ((attack,), _) = await played(
        f"{IN_A_TEAM}  - ghost: bob.shadow\n  - external_join: {{by: bob.shadow, group: team}}\n"
    )
    assert (attack.end, attack.rules) == (End.visible, ())
    assert attack.why == (
        "bob.shadow is a member; alice.phone; bob.phone; carol.phone see the client among the members"
    )


async def test_an_answer_before_its_question_is_an_effect() -> None:
    steps = f"{IN_A_TEAM}  - reorder: {{by: a.example, to: b.example}}\n"
    steps += (
        "  - send: {by: alice.phone, group: team, text: Well?}\n  - send: {by: carol.phone, group: team, text: No!}\n"
    )
    ((attack,), _) = await played(steps)
    assert attack.end is End.succeeds
    assert 'bob.phone reads "No!" from mimi://c.example/d/carol/phone before "Well?"' in attack.why


async def test_beside_what_is_honest_only_harm_counts() -> None:
    opened = "      - half_handshakes: {to: b.example, count: 2}\n"
    steps = f"{IN_A_TEAM}  - together:\n{opened}      - send: {{by: alice.phone, group: team, text: Hello}}\n"
    quick = TOPOLOGY.replace("b.example: {", "b.example: {handshake_timeout: 1s, ")
    ((attack,), _) = await played(steps, quick)
    assert attack.end is End.blocked
    assert "the server did not wait for the other half" in attack.why


async def test_an_honest_request_that_does_not_get_through_tells_of_the_lie() -> None:
    steps = "  - present_certificate: {provider: b.example, certificate: expired}\n"
    steps += "  - connect: {from: alice.phone, to: bob}\n"
    ((attack,), _) = await played(steps)
    assert attack.end is End.blocked
    assert "certificate has expired" in attack.why


async def test_what_seems_to_succeed_after_a_step_that_could_not_be_done_says_nothing() -> None:
    impossible = "  - odd_tree: {by: alice.phone, group: team}\n"
    steps = f"{IN_A_TEAM}{impossible}  - withhold: {{by: a.example, clients: bob.phone}}\n{SENT}"
    attacks, _ = await played(
        steps, TOPOLOGY.replace("topology:", "topology:\n  draft: mimi-protocol-06\n  mutual_tls: true")
    )
    assert [each.end for each in attacks] == [End.unsupported, End.unsupported]
    assert attacks[1].why.startswith("this says nothing, because line")


def test_the_worst_is_the_first_of_those_that_end_worst() -> None:
    assert worst([IMPOSSIBLE, BLOCKED, VISIBLE, SUCCEEDS, SUCCEEDS]) is SUCCEEDS
    assert worst([]) is None
