"""An attacking provider misbehaves only as told: all else that it sends and answers is what an honest one would."""

from collections import Counter

import pytest

from simulator.scenario import Result
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, culprit, play

BEFORE = (
    TEAM
    + """
  - create_group: carol
    as: hers
  - connect: {from: carol, to: bob}
  - add_users: {by: carol, group: hers, users: [alice, bob]}
  - send: {by: alice.phone, group: team, text: For members only.}
    as: secret
  - capture: {endpoint: deliver_message, from: a.example, to: c.example, during: secret}
    as: stolen
"""
)

AFTER = """
  - note: From here on it is compared.
    expect: {consistent: {}}
  - send: {by: [bob, carol], group: team, text: one}
  - send: {by: carol, group: hers, text: first}
  - send: {by: carol, group: hers, text: second}
  - update_client: {by: carol, group: team}
  - publish_key_packages: {by: carol, count: 1}
  - request_connection: {from: alice.laptop, to: carol}
  - remove_users: {by: carol, group: hers, users: alice}
  - external_join: {by: alice.laptop, group: team}
  - leave: {by: carol, group: team}
"""

BEGUN_AND_ENDED = """
  - withhold: {by: c.example, clients: carol}
  - withhold: {by: c.example, providers: [a.example, b.example]}
  - reorder: {by: c.example, to: b.example}
  - lie_in_discovery: {by: c.example, ds_host: ds.a.example}
  - lie_about_key: {by: c.example, key_of: a.example}
  - answer: {by: c.example, endpoint: deliver_message, status: 500}
  - behave: c.example
"""

REFUSED = """
  - forward: {request: stolen, by: c.example, to: b.example}
    expect: {error: wrong_recipient}
  - tamper: {request: stolen, set: {recipient: b.example}}
    as: changed
  - forward: {request: changed, by: c.example, to: b.example}
    expect: {error: invalid_signature}
  - replay: stolen
  - spoof:
      by: c.example
      to: b.example
      endpoint: connection_key_packages
      fields: {requester: "mimi://a.example/u/alice", target: "mimi://b.example/u/bob"}
    expect: {error: not_authorized}
  - request: {by: c.example, to: b.example, endpoint: group_operation, body: x}
    expect: {error: malformed}
  - probe_tls: b.example
    expect: {tls: version}
"""

Exchanges = list[tuple[str, str, str, bytes, int | None, bytes]]


async def story(attack: str) -> Exchanges:
    """What providers say to each other after an attack, all of it in the order in which it began."""
    recorder = Recorder()
    result = await play(BEFORE + attack + AFTER, recorder=recorder)
    assert result.result is Result.passed, culprit(result)
    first = next(number for number, step in enumerate(result.steps, 1) if step.name == "expect")
    return [
        (e.sender, e.recipient, e.endpoint, e.request, e.status, e.response)
        for e in recorder.exchanges
        if e.step_number > first
    ]


_kept: Exchanges = []


async def without_attack() -> Exchanges:
    """The same, of which one run is enough."""
    if not _kept:
        _kept.extend(await story(""))
    return _kept


@pytest.mark.parametrize("attack", [BEGUN_AND_ENDED, REFUSED], ids=["begun and ended", "refused"])
async def test_what_is_over_leaves_nothing_behind(attack: str) -> None:
    honest = await without_attack()
    assert len(honest) > 15
    assert Counter(await story(attack)) == Counter(honest)


async def test_what_is_withheld_is_all_that_is_missing() -> None:
    attack = "  - withhold: {by: c.example, providers: b.example, times: 1}\n"
    honest, attacked = Counter(await without_attack()), Counter(await story(attack))
    ((sender, to, endpoint, *_),) = (honest - attacked).elements()
    assert (sender, to, endpoint) == ("c.example", "ds.b.example", "deliver_message")
    assert not attacked - honest


async def test_what_is_reordered_is_all_that_is_out_of_order() -> None:
    honest, attacked = await without_attack(), await story("  - reorder: {by: c.example, to: b.example}\n")
    assert Counter(attacked) <= Counter(honest)
    for pair in {each[:2] for each in honest} - {("c.example", "ds.b.example")}:
        assert [each for each in attacked if each[:2] == pair] == [each for each in honest if each[:2] == pair]
    (theirs, ours) = ([each for each in run if each[:2] == ("c.example", "ds.b.example")] for run in (attacked, honest))
    assert theirs != ours
